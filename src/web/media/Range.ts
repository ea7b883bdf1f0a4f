/** A range of bytes from `start` to `end`, exclusive. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

const single = /^bytes=(?:(?<first>\d{1,15})-(?<last>\d{1,15})?|-(?<suffix>\d{1,15}))$/

/**
 * The range in a `Range` header (RFC 9110 §14.1.2): `none` if the whole file is to be sent, because the header is
 * missing or not valid, or has several ranges, which a server may ignore; `unsatisfiable` if it begins after the end.
 */
export const byteRange = (header: string | undefined, length: number): ByteRange | "none" | "unsatisfiable" => {
  const { first, last, suffix } = single.exec(header?.replace(/\s+/g, "").toLowerCase() ?? "")?.groups ?? {}
  if (suffix !== undefined) {
    return Number(suffix) === 0 || length === 0
      ? "unsatisfiable"
      : { start: Math.max(0, length - Number(suffix)), end: length }
  }
  if (first === undefined) return "none"
  const start = Number(first)
  const end = last === undefined ? length : Math.min(length, Number(last) + 1)
  if (last !== undefined && Number(last) < start) return "none"
  return start >= length ? "unsatisfiable" : { start, end }
}
