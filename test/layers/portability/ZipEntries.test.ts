import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { type Entry, fromRandomAccessReader, RandomAccessReader } from "yauzl"
import { zip } from "../../../layers/portability/ZipEntries.js"
import { dataDescriptor, directoryRecord, endRecord, localHeader } from "../../../layers/portability/ZipRecords.js"
import { filesOf } from "../../fixtures/ZipFiles.js"

const modified = new Date(Date.UTC(2026, 10, 30, 10, 20, 30))

/** Writes a zip file while it is read. */
const written = (add: (file: Effect.Effect.Success<ReturnType<typeof zip>>) => Effect.Effect<void, unknown>) =>
  Effect.gen(function* () {
    const file = yield* zip(modified)
    const reading = buffer(file.output)
    yield* add(file)
    yield* file.end
    return yield* Effect.promise(() => reading)
  }).pipe(Effect.scoped)

async function* pieces(...texts: ReadonlyArray<string>) {
  for (const text of texts) yield Buffer.from(text)
}

it.effect("writes texts and files that another program reads, with their lengths, checksums and names", () =>
  Effect.gen(function* () {
    const long = "long ".repeat(100_000)
    const bytes = yield* written(({ addFile, addText }) =>
      Effect.gen(function* () {
        yield* addText("a/é “text”.md", Buffer.from(long))
        yield* addText("empty.md", Buffer.from(""))
        yield* addFile("media/photo.jpg", pieces("one", "", "two"), 6)
        yield* addFile("media/empty", pieces(), 0)
      })
    )
    expect(bytes.length).toBeLessThan(5_000)
    const files = yield* Effect.promise(() => filesOf(bytes))
    expect([...files].map(([path, content]) => [path, content.toString()])).toEqual([
      ["a/é “text”.md", long],
      ["empty.md", ""],
      ["media/photo.jpg", "onetwo"],
      ["media/empty", ""]
    ])
  })
)

it.effect("writes the directory of many files in pieces, each in its own turn of the event loop", () =>
  Effect.gen(function* () {
    const names = Array.from({ length: 2_000 }, (_, place) => `posts/${place}.md`)
    const directory: Array<number> = []
    const bytes = yield* written((file) =>
      Effect.gen(function* () {
        for (const name of names) yield* file.addFile(name, pieces(), 0)
        file.output.on("data", (piece: Buffer) => directory.push(piece.length))
      })
    )
    expect(Math.max(...directory)).toBeLessThan(60_000)
    expect([...(yield* Effect.promise(() => filesOf(bytes))).keys()]).toEqual(names)
  })
)

it.effect("fails for a file whose length has changed", () =>
  Effect.forEach([5, 7], (bytes) =>
    Effect.gen(function* () {
      const file = yield* zip(modified)
      file.output.resume()
      expect(yield* Effect.flip(file.addFile("media/a", pieces("onetwo"), bytes))).toBeInstanceOf(Error)
    }).pipe(Effect.scoped)
  )
)

/** The directory of an archive whose contents are not there, at a place far behind its start. */
class Directory extends RandomAccessReader {
  constructor(
    readonly start: number,
    readonly bytes: Buffer
  ) {
    super()
  }

  override _readStreamForRange(start: number, end: number) {
    return Readable.from([this.bytes.subarray(start - this.start, end - this.start)])
  }
}

const entriesOf = (start: number, bytes: Buffer) =>
  new Promise<ReadonlyArray<Entry>>((resolve, reject) =>
    // The program looks for the end of the archive in its last 64 KiB.
    fromRandomAccessReader(
      new Directory(start - 65_536, Buffer.concat([Buffer.alloc(65_536), bytes])),
      start + bytes.length,
      { lazyEntries: true },
      (error, file) => {
        if (error !== null) return reject(error)
        const entries: Array<Entry> = []
        file.on("error", reject)
        file.on("end", () => resolve(entries))
        file.on("entry", (entry: Entry) => {
          entries.push(entry)
          file.readEntry()
        })
        file.readEntry()
      }
    )
  )

it("writes lengths and positions beyond 4 GB and more than 65,535 files as another program reads them", async () => {
  const film = {
    path: Buffer.from("media/film.mp4"),
    modified,
    isCompressed: false,
    isStreamed: true,
    offset: 5_000_000_000,
    crc32: 0xdeadbeef,
    bytes: 6_000_000_000,
    stored: 6_000_000_000
  }
  const small = { ...film, bytes: 1, stored: 1, offset: 3 }
  const records = Buffer.concat([directoryRecord(film), directoryRecord({ ...small, path: Buffer.from("posts/1") })])
  const start = 12_000_000_000
  const entries = await entriesOf(start, Buffer.concat([records, endRecord(2, start, records.length)]))
  expect(entries).toHaveLength(2)
  expect(entries[0]).toMatchObject({
    fileName: "media/film.mp4",
    uncompressedSize: film.bytes,
    compressedSize: film.stored,
    relativeOffsetOfLocalHeader: film.offset,
    crc32: film.crc32
  })
  expect(entries[0]?.getLastModDate()).toEqual(modified)
  expect(entries.at(-1)).toMatchObject({ fileName: "posts/1", uncompressedSize: 1, relativeOffsetOfLocalHeader: 3 })
  const many = endRecord(70_000, 7_000_000, 7_000_000)
  expect([many.readBigUInt64LE(32), many.subarray(-22).readUInt16LE(10)]).toEqual([70_000n, 0xffff])
  // Before and after the content of a streamed file, its lengths have the same width.
  expect(localHeader(film).length - localHeader(small).length).toBe(20)
  expect(dataDescriptor(film).readBigUInt64LE(8)).toBe(6_000_000_000n)
  expect(dataDescriptor(small).readUInt32LE(8)).toBe(1)
})
