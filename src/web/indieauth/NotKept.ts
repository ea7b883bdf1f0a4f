/** Responses to programs must not be cached (RFC 6749 §5.1). */
export const notKept = { headers: { "cache-control": "no-store", pragma: "no-cache" } }
