/** Position of a request in the trace of another program. */
export interface TraceParent {
  /** 32 hexadecimal digits, not all zero. */
  readonly traceId: string
  /** 16 hexadecimal digits, not all zero. */
  readonly spanId: string
  /** Whether the program that began the trace records it. */
  readonly sampled: boolean
}

const form =
  /^(?<version>[0-9a-f]{2})-(?<traceId>[0-9a-f]{32})-(?<spanId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?<rest>-.*)?$/

const zero = /^0+$/

/**
 * Parses a `traceparent` header (W3C Trace Context §3.2) strictly: lower case only, no zero ids, never version ff,
 * nothing after version 00, later versions as far as they are compatible. `undefined` if it is not valid; then a new
 * trace begins. Effect's own parser accepts zero ids, rejects later versions, and accepts any text in `b3`.
 */
export const parseTraceParent = (header: string | undefined): TraceParent | undefined => {
  const { flags = "", rest, spanId = "", traceId = "", version = "" } = form.exec(header ?? "")?.groups ?? {}
  if (version === "" || version === "ff" || (version === "00" && rest !== undefined)) return undefined
  if (zero.test(traceId) || zero.test(spanId)) return undefined
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
}
