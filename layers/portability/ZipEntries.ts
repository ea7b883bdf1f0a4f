import { once } from "node:events"
import { PassThrough, type Readable } from "node:stream"
import { setImmediate as nextTurn } from "node:timers/promises"
import { promisify } from "node:util"
import { deflateRaw } from "node:zlib"
import crc32 from "buffer-crc32"
import { Effect, type Scope } from "effect"
import { dataDescriptor, directoryRecord, endRecord, localHeader, type ZipEntry } from "./ZipRecords.js"

/** A zip file that is being written. Files are added one after another. */
export interface Zip {
  /** The bytes of the file. Fails with the error that was passed to `fail`. */
  readonly output: Readable
  /** Compresses a text and writes it. Waits until the stream accepts more. */
  readonly addText: (path: string, content: Uint8Array) => Effect.Effect<void>
  /**
   * Writes a file of this many bytes uncompressed, and fails if it cannot be read or has another length. Waits until
   * the stream accepts more, so that only a few chunks are in memory.
   */
  readonly addFile: (path: string, content: AsyncIterable<Uint8Array>, bytes: number) => Effect.Effect<void, unknown>
  /** Writes the directory of the zip file, which ends the output. */
  readonly end: Effect.Effect<void>
  /** Ends the output without a directory: the file is recognizably incomplete. */
  readonly fail: (error: unknown) => Effect.Effect<void>
}

const deflated = promisify(deflateRaw)

/** Records of the directory that are written in one turn of the event loop. */
const atOnce = 500

class Writer {
  readonly output = new PassThrough()
  readonly #records: Array<Buffer> = []
  #offset = 0

  constructor(readonly modified: Date) {}

  async addText(path: string, content: Uint8Array, signal: AbortSignal): Promise<void> {
    const compressed = await deflated(content)
    const entry = this.#entry(path, { isCompressed: true, isStreamed: false, bytes: content.length })
    const known = {
      ...entry,
      crc32: crc32.unsigned(Buffer.from(content.buffer, content.byteOffset, content.byteLength)),
      stored: compressed.length
    }
    await this.#write(Buffer.concat([localHeader(known), compressed]), signal)
    this.#records.push(directoryRecord(known))
  }

  async addFile(path: string, content: AsyncIterable<Uint8Array>, bytes: number, signal: AbortSignal): Promise<void> {
    const entry = this.#entry(path, { isCompressed: false, isStreamed: true, bytes })
    await this.#write(localHeader(entry), signal)
    let sum = 0
    let written = 0
    for await (const piece of content) {
      const part = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
      sum = crc32.unsigned(part, sum)
      written += part.length
      await this.#write(part, signal)
    }
    if (written !== bytes) throw new Error(`the file has ${written} bytes instead of ${bytes}`)
    const known = { ...entry, crc32: sum }
    await this.#write(dataDescriptor(known), signal)
    this.#records.push(directoryRecord(known))
  }

  async end(signal: AbortSignal): Promise<void> {
    const start = this.#offset
    for (let place = 0; place < this.#records.length; place += atOnce) {
      await this.#write(Buffer.concat(this.#records.slice(place, place + atOnce)), signal)
      await nextTurn()
    }
    this.output.end(endRecord(this.#records.length, start, this.#offset - start))
  }

  #entry(path: string, known: Pick<ZipEntry, "bytes" | "isCompressed" | "isStreamed">): ZipEntry {
    return {
      path: Buffer.from(path),
      modified: this.modified,
      offset: this.#offset,
      crc32: 0,
      stored: known.bytes,
      ...known
    }
  }

  async #write(bytes: Buffer, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    this.#offset += bytes.length
    if (!this.output.write(bytes)) await once(this.output, "drain", { signal })
  }
}

/** Makes a zip file whose files have this time of modification. The scope closes it. */
export const zip = (modified: Date): Effect.Effect<Zip, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const writer = new Writer(modified)
      const { output } = writer
      return {
        output,
        // A text cannot fail to be read.
        addText: (path, content) => Effect.promise((signal) => writer.addText(path, content, signal)),
        addFile: (path, content, bytes) =>
          Effect.tryPromise({
            try: (signal) => writer.addFile(path, content, bytes, signal),
            catch: (error) => error
          }),
        end: Effect.promise((signal) => writer.end(signal)),
        fail: (error) =>
          Effect.sync(() => {
            output.destroy(error instanceof Error ? error : new Error(String(error)))
          })
      } satisfies Zip
    }),
    ({ output }) => Effect.sync(() => output.destroy())
  )
