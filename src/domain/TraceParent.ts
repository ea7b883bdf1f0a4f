/** Where a request stands in a trace that somebody else began. */
export interface TraceParent {
  /** 32 hexadecimal digits, not all zero. */
  readonly traceId: string
  /** 16 hexadecimal digits, not all zero. */
  readonly spanId: string
  /** Whether whoever began the trace records it. */
  readonly sampled: boolean
}

const form =
  /^(?<version>[0-9a-f]{2})-(?<traceId>[0-9a-f]{32})-(?<spanId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?<rest>-.*)?$/

const zero = /^0+$/

/**
 * Reads a `traceparent` (W3C Trace Context §3.2) to the letter: lower case only, no zero ids, version ff never, version 00
 * without anything behind it, later ones as far as they are like it. Nothing where it is not right: then the trace begins
 * here. Effect's own reader takes zero ids, drops later versions, and believes anything at all in `b3`.
 */
export const parseTraceParent = (header: string | undefined): TraceParent | undefined => {
  const { flags = "", rest, spanId = "", traceId = "", version = "" } = form.exec(header ?? "")?.groups ?? {}
  if (version === "" || version === "ff" || (version === "00" && rest !== undefined)) return undefined
  if (zero.test(traceId) || zero.test(spanId)) return undefined
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
}
