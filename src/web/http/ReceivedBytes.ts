import { Effect } from "effect"
import { BodyMalformed } from "../../errors/Request.js"

/** Capacity of the first copy. */
const least = 4_096

/**
 * Bytes that arrive in chunks, in one buffer of at most twice their number. Kept as they arrive, chunks of a byte would take two
 * hundred times their size, and every chunk the 64 KiB into which it was read.
 */
export class ReceivedBytes {
  private buffer: Uint8Array = new Uint8Array(0)
  private count = 0

  /** `expected` is the length that the client has announced: the buffer does not grow beyond it without need. */
  constructor(private readonly expected = Number.POSITIVE_INFINITY) {}

  /** Number of bytes. */
  get length(): number {
    return this.count
  }

  /** Number of bytes that are held in memory. */
  get capacity(): number {
    return this.buffer.length
  }

  /** Adds a copy of a chunk. */
  add(chunk: Uint8Array): void {
    const length = this.count + chunk.length
    if (length > this.buffer.length) {
      const next = new Uint8Array(Math.max(length, Math.min(Math.max(2 * length, least), this.expected)))
      next.set(this.buffer.subarray(0, this.count))
      this.buffer = next
    }
    this.buffer.set(chunk, this.count)
    this.count = length
  }

  /** Discards everything. */
  clear(): void {
    this.buffer = new Uint8Array(0)
    this.count = 0
  }

  /** All bytes; shares its memory with this buffer. */
  get bytes(): Uint8Array {
    return this.buffer.subarray(0, this.count)
  }

  /** The text. Invalid UTF-8 is refused, not repaired. */
  get text(): Effect.Effect<string, BodyMalformed> {
    return textOf(this.bytes)
  }
}

/** Decodes bytes. Invalid UTF-8 is refused, not repaired. */
export const textOf = (bytes: Uint8Array): Effect.Effect<string, BodyMalformed> =>
  Effect.try({
    try: () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    catch: () => new BodyMalformed({ reason: "utf8" })
  })
