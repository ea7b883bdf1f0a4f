/** A stretch of a file: from `start` to `end`, exclusive, in bytes. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

const single = /^bytes=(?:(?<first>\d{1,15})-(?<last>\d{1,15})?|-(?<suffix>\d{1,15}))$/

/**
 * The stretch that a `Range` header asks for (RFC 9110 §14.1.2): `none` where the whole is to be sent, since there is no
 * such header, it is not understood, or it names several stretches, which a server need not do; `unsatisfiable` where it
 * begins behind the end.
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
