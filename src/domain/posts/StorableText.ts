const carriageReturn = 0x0d
const lineFeed = 0x0a

// Both copy byte by byte: to replace a million signs one by one takes a second.

const textOf = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)

/** Text as it can be stored, indexed and sent: halves of surrogate pairs become U+FFFD, NUL is dropped. */
export const storableText = (text: string): string => {
  if (!/[\p{Surrogate}\0]/u.test(text)) return text
  // Half a pair has no bytes: encoding puts U+FFFD in its place.
  const bytes = new TextEncoder().encode(text)
  let end = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte !== 0) bytes[end++] = byte
  }
  return textOf(bytes.subarray(0, end))
}

/** Line breaks as they are stored: browsers send them as CR LF. Expects text that can be stored. */
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
