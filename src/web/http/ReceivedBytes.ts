import { Effect } from "effect"
import { BodyMalformed } from "../../errors/Request.js"

/** Capacity of the first copy, in bytes. */
const least = 4_096

/** Bytes of a segment, and of what is kept without one. */
const segmentBytes = 65_536

/** Number of unused segments that are kept for the next bodies: 8 MiB. */
const mostUnused = 128

/**
 * Segments that no body uses, kept for reuse. Otherwise large bodies of many clients would stay in memory as garbage
 * until the next collection.
 */
const unused: Array<Uint8Array> = []

const nextSegment = (): Uint8Array => unused.pop() ?? new Uint8Array(segmentBytes)

/**
 * Copies bytes that arrive in chunks. Without copying, chunks of a byte would take two hundred times their size, and
 * every chunk would keep the 64 KiB buffer into which it was read. Small bodies have one buffer of at most twice their
 * size, large ones have segments.
 */
export class ReceivedBytes {
  private buffer: Uint8Array = new Uint8Array(0)
  private segments: Array<Uint8Array> = []
  private count = 0

  /** Number of bytes. */
  get length(): number {
    return this.count
  }

  /** Number of bytes that are held in memory. */
  get capacity(): number {
    return this.buffer.length + this.segments.length * segmentBytes
  }

  /** Adds a copy of a chunk. */
  add(chunk: Uint8Array): void {
    const length = this.count + chunk.length
    if (length <= segmentBytes) this.addSmall(chunk, length)
    else this.addLarge(chunk)
    this.count = length
  }

  /** Discards everything. */
  clear(): void {
    this.release()
    this.buffer = new Uint8Array(0)
    this.count = 0
  }

  /** All bytes in pieces of at most 64 KiB, which share their memory with this buffer. */
  *pieces(): Generator<Uint8Array> {
    if (this.segments.length === 0) {
      for (let from = 0; from < this.count; from += segmentBytes) {
        yield this.buffer.subarray(from, Math.min(from + segmentBytes, this.count))
      }
    }
    for (const [place, segment] of this.segments.entries()) {
      yield segment.subarray(0, Math.min(segmentBytes, this.count - place * segmentBytes))
    }
  }

  /** All bytes in one buffer; may share their memory with this one. */
  get bytes(): Uint8Array {
    if (this.segments.length > 0) {
      const whole = new Uint8Array(this.count)
      for (const [place, segment] of this.segments.entries()) {
        const from = place * segmentBytes
        whole.set(segment.subarray(0, Math.min(segmentBytes, this.count - from)), from)
      }
      this.release()
      this.buffer = whole
    }
    return this.buffer.subarray(0, this.count)
  }

  private addSmall(chunk: Uint8Array, length: number): void {
    if (length > this.buffer.length) {
      const next = new Uint8Array(Math.min(Math.max(2 * length, least), segmentBytes))
      next.set(this.buffer.subarray(0, this.count))
      this.buffer = next
    }
    this.buffer.set(chunk, this.count)
  }

  private addLarge(chunk: Uint8Array): void {
    if (this.segments.length === 0) {
      const start = this.buffer.subarray(0, this.count)
      this.buffer = new Uint8Array(0)
      this.count = 0
      this.addToSegments(start)
      this.count = start.length
    }
    this.addToSegments(chunk)
  }

  private addToSegments(chunk: Uint8Array): void {
    let from = 0
    while (from < chunk.length) {
      const at = this.count + from
      const place = at % segmentBytes
      if (at === this.segments.length * segmentBytes) this.segments.push(nextSegment())
      const part = chunk.subarray(from, from + segmentBytes - place)
      this.segments.at(-1)?.set(part, place)
      from += part.length
    }
  }

  private release(): void {
    for (const segment of this.segments) if (unused.length < mostUnused) unused.push(segment)
    this.segments = []
  }

  /** The text. Invalid UTF-8 is refused, not repaired. A long one is decoded in pieces, and other fibers run meanwhile. */
  get text(): Effect.Effect<string, BodyMalformed> {
    if (this.segments.length === 0) return textOf(this.buffer.subarray(0, this.count))
    return Effect.suspend(() => textOfPieces(this.pieces()))
  }
}

/** Decodes bytes. Invalid UTF-8 is refused, not repaired. */
export const textOf = (bytes: Uint8Array): Effect.Effect<string, BodyMalformed> =>
  Effect.try({
    try: () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    catch: () => new BodyMalformed({ reason: "utf8" })
  })

const textOfPieces = Effect.fnUntraced(function* (pieces: Iterable<Uint8Array>) {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  const decoded = (piece?: Uint8Array) =>
    Effect.try({
      try: () => (piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true })),
      catch: () => new BodyMalformed({ reason: "utf8" })
    })
  const texts: Array<string> = []
  for (const piece of pieces) {
    texts.push(yield* decoded(piece))
    yield* Effect.yieldNow()
  }
  texts.push(yield* decoded())
  return texts.join("")
})
