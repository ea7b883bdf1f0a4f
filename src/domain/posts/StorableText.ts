const carriageReturn = 0x0d
const lineFeed = 0x0a

// Works on bytes, because replacing a million characters one by one takes a second.

const textOf = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)

/** Makes text valid for storage, index and transport: lone surrogates become U+FFFD, NUL is removed. */
export const storableText = (text: string): string => {
  if (text.isWellFormed() && !text.includes("\0")) return text
  // Encoding replaces a lone surrogate by U+FFFD.
  const bytes = new TextEncoder().encode(text)
  let end = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte !== 0) bytes[end++] = byte
  }
  return textOf(bytes.subarray(0, end))
}

/** Converts CR LF, which browsers send, to LF. Expects the result of `storableText`. */
export const withLineFeeds = (text: string): string => {
  if (!text.includes("\r")) return text
  const bytes = new TextEncoder().encode(text)
  let end = 0
  let before = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === carriageReturn) bytes[end++] = lineFeed
    else if (byte !== lineFeed || before !== carriageReturn) bytes[end++] = byte
    before = byte
  }
  return textOf(bytes.subarray(0, end))
}
