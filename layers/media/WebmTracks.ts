/** Kinds of tracks that the beginning of a WebM file shows. */
export interface WebmTracks {
  readonly hasVideo: boolean
  readonly hasAudio: boolean
}

/** Elements (RFC 8794, RFC 9559) by id, markers included. */
const element = {
  segment: 0x18538067,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackType: 0x83,
  cluster: 0x1f43b675
} as const

interface Element {
  readonly id: number
  readonly content: number
  /** At most the end of the available bytes. */
  readonly end: number
}

/** Reads a variable-length number; the marker is part of an id, but not of a size. All ones mean an unknown size. */
const readNumber = (bytes: Uint8Array, at: number, isId: boolean): { value: number; next: number } | undefined => {
  const first = bytes[at]
  if (first === undefined || first === 0) return undefined
  const length = Math.clz32(first) - 23
  if (length > (isId ? 4 : 8) || at + length > bytes.length) return undefined
  let value = isId ? first : first & (0xff >> length)
  let isUnknown = !isId && value === 0xff >> length
  for (const byte of bytes.subarray(at + 1, at + length)) {
    value = value * 256 + byte
    isUnknown &&= byte === 0xff
  }
  return { value: isUnknown ? Number.POSITIVE_INFINITY : value, next: at + length }
}

const elementsIn = function* (bytes: Uint8Array, start: number, end: number): Generator<Element> {
  for (let at = start; at < end; ) {
    const id = readNumber(bytes, at, true)
    const size = id === undefined ? undefined : readNumber(bytes, id.next, false)
    if (id === undefined || size === undefined) return
    const found = { id: id.value, content: size.next, end: Math.min(size.next + size.value, end) }
    yield found
    at = found.end
  }
}

const typesIn = (bytes: Uint8Array, { content, end }: Element): ReadonlyArray<number> =>
  [...elementsIn(bytes, content, end)]
    .filter(({ id }) => id === element.trackEntry)
    .flatMap((entry) => [...elementsIn(bytes, entry.content, entry.end)])
    .filter(({ id }) => id === element.trackType)
    .map((type) => bytes[type.end - 1] ?? 0)

/** Reads the tracks of a WebM file; `undefined` if its beginning does not show them. */
export const webmTracks = (head: Uint8Array): WebmTracks | undefined => {
  for (const segment of elementsIn(head, 0, head.length)) {
    if (segment.id !== element.segment) continue
    for (const part of elementsIn(head, segment.content, segment.end)) {
      if (part.id === element.cluster) return undefined
      if (part.id !== element.tracks) continue
      const types = typesIn(head, part)
      return { hasVideo: types.includes(1), hasAudio: types.includes(2) }
    }
  }
  return undefined
}
