import { createWriteStream } from "node:fs"
import { mkdir } from "node:fs/promises"
import { dirname, join } from "node:path"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import crc32 from "buffer-crc32"
import { Effect, type Scope } from "effect"
import { type Entry, type Options, open, type ZipFile } from "yauzl"
import { ImportFileRefused, ImportWorkspaceFailed } from "../../src/errors/ImportFile.js"
import type { OnProgress } from "../../src/services/Backup.js"
import { codeOf } from "../files/ErrorCode.js"
import { troubleOf } from "../files/FileTrouble.js"
import { ensureRoom } from "./Room.js"
import { readDirectory, type ZipLimits, type ZippedFile } from "./ZipDirectory.js"

const options: Options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true }

const damaged = (detail: string) => new ImportFileRefused({ reason: "damaged", detail })

const opened = (path: string): Effect.Effect<ZipFile, ImportFileRefused, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.async<ZipFile, ImportFileRefused>((resume) =>
      open(path, options, (error, zip) =>
        resume(error === null ? Effect.succeed(zip) : Effect.fail(damaged(error.message)))
      )
    ),
    (zip) => Effect.sync(() => zip.close())
  )

const contentOf = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => (error === null ? resolve(stream) : reject(error)))
  )

/** Passes chunks on, and fails if their checksum is wrong. */
async function* checked(content: AsyncIterable<Buffer>, { crc32: expected }: Entry) {
  let sum = 0
  for await (const chunk of content) {
    sum = crc32.unsigned(chunk, sum)
    yield chunk
  }
  if (sum !== expected) throw new Error("checksum")
}

const fileCodes = /^E[A-Z]+$/

/** A failure of the disk, or of the zip file. */
const failureOf = (path: string, error: unknown) => {
  const code = codeOf(error)
  // A file with the name of another one's folder, or the same name on a file system that ignores case.
  if (code === "EEXIST" || code === "ENOTDIR" || code === "EISDIR") {
    return new ImportFileRefused({ reason: "duplicate", detail: path })
  }
  if (code === "ENAMETOOLONG" || code === "EILSEQ") return new ImportFileRefused({ reason: "name", detail: path })
  return fileCodes.test(code) ? new ImportWorkspaceFailed(troubleOf(error)) : damaged(path)
}

const extracted = (zip: ZipFile, { entry, path }: ZippedFile, target: string, made: Set<string>) =>
  Effect.tryPromise({
    try: async (signal) => {
      const file = join(target, path)
      const folder = dirname(file)
      if (!made.has(folder)) {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        made.add(folder)
      }
      const content = await contentOf(zip, entry)
      await pipeline(checked(content, entry), createWriteStream(file, { flags: "wx", mode: 0o600 }), { signal })
    },
    catch: (error) => failureOf(path, error)
  })

/**
 * Unpacks a zip file from outside into a new folder. Names must be safe, sizes bounded, and paths unique; otherwise
 * nothing is unpacked. An entry that unpacks to more bytes than its directory says, or to others, is refused while it
 * is written.
 */
export const unpackZip = (
  path: string,
  target: string,
  limits: ZipLimits,
  onProgress: OnProgress
): Effect.Effect<void, ImportFileRefused | ImportWorkspaceFailed> =>
  Effect.gen(function* () {
    const zip = yield* opened(path)
    const { bytes, files } = yield* Effect.tryPromise({
      try: () => readDirectory(zip, limits),
      catch: (error) => (error instanceof ImportFileRefused ? error : damaged(String(error)))
    })
    if (files.length === 0) return yield* new ImportFileRefused({ reason: "empty", detail: "" })
    yield* ensureRoom(target, bytes)
    const made = new Set<string>()
    let done = 0
    for (const file of files) {
      onProgress({ step: "Unpacking", done, total: bytes })
      yield* extracted(zip, file, target, made)
      done += file.entry.uncompressedSize
    }
  }).pipe(Effect.scoped)
