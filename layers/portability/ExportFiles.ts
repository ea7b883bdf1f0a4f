import { createHash } from "node:crypto"
import { createReadStream, createWriteStream, writeFileSync } from "node:fs"
import { mkdir, readdir, rename, stat } from "node:fs/promises"
import { dirname, join, resolve, sep } from "node:path"
import { Transform } from "node:stream"
import { pipeline } from "node:stream/promises"
import { Effect } from "effect"
import { ExportNotWritten, ExportSourceUnreadable, ExportTargetTaken } from "../../src/errors/Export.js"
import { syncDirectory } from "../files/DurableFile.js"
import { codeOf } from "../files/ErrorCode.js"
import { troubleOf } from "../files/FileTrouble.js"
import { realPathOf } from "../files/RealPath.js"

/** For the owner only, because it contains private posts. */
const fileMode = 0o600
const directoryMode = 0o700

/** Converts an error of the file system. */
export const notWritten =
  (path: string) =>
  (error: unknown): ExportNotWritten =>
    new ExportNotWritten({ path, ...troubleOf(error) })

/** The real path, or the path itself if it cannot be resolved. */
const settled = (path: string): Promise<string> => realPathOf(path).catch(() => path)

/** Fails if there is something at the target, or if it is inside of the site's own data. */
export const targetIsFree = (
  path: string,
  dataPath: string
): Effect.Effect<void, ExportTargetTaken | ExportNotWritten> =>
  Effect.gen(function* () {
    const taken = (reason: ExportTargetTaken["reason"]) => new ExportTargetTaken({ path, reason })
    const found = yield* Effect.tryPromise({ try: () => readdir(path), catch: (error) => error }).pipe(
      Effect.catchAll((error): Effect.Effect<ReadonlyArray<string>, ExportTargetTaken | ExportNotWritten> => {
        if (codeOf(error) === "ENOENT") return Effect.succeed([])
        return codeOf(error) === "ENOTDIR" ? taken("a_file") : notWritten(path)(error)
      })
    )
    if (found.length > 0) return yield* taken("not_empty")
    const [target, data] = yield* Effect.promise(() => Promise.all([settled(path), settled(resolve(dataPath))]))
    if (`${target}${sep}`.startsWith(`${data}${sep}`)) return yield* taken("data_directory")
  })

/**
 * Makes a function that writes files below a directory and creates each folder once. Rejects with the system's error.
 */
export const writerBelow = (root: string): ((path: string, content: string | Uint8Array) => Promise<void>) => {
  const made = new Map<string, Promise<unknown>>()
  const folder = (name: string) => {
    const known = made.get(name) ?? mkdir(join(root, name), { recursive: true, mode: directoryMode })
    made.set(name, known)
    return known
  }
  return async (path, content) => {
    await folder(dirname(path))
    // Synchronous, because opening, writing and closing a small file cost less than handing them to other threads.
    writeFileSync(join(root, path), content, { flag: "wx", mode: fileMode })
  }
}

/** Creates a folder. Rejects with the system's error. */
export const makeFolder = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: directoryMode })
}

/**
 * Copies a file and returns its size and hash; `undefined` if it is missing. Rejects with `ExportSourceUnreadable` or,
 * for the copy, with the system's error.
 */
export const copyHashed = async (
  from: string,
  to: string
): Promise<{ readonly bytes: number; readonly sha256: string } | undefined> => {
  const unreadable = (error: unknown) => new ExportSourceUnreadable({ path: from, detail: troubleOf(error).detail })
  const there = await stat(from).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined
    throw unreadable(error)
  })
  if (there === undefined) return undefined
  const hash = createHash("sha256")
  let bytes = 0
  let readError: unknown
  const source = createReadStream(from).once("error", (error) => {
    readError = error
  })
  const seen = new Transform({
    transform: (chunk: Buffer, _, done) => {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    }
  })
  try {
    await pipeline(source, seen, createWriteStream(to, { flags: "wx", mode: fileMode }))
  } catch (error) {
    throw readError === undefined ? error : unreadable(readError)
  }
  return { bytes, sha256: hash.digest("hex") }
}

/**
 * Moves a finished directory to its name, atomically. Rejects with `ExportTargetTaken` if the name was taken meanwhile.
 */
export const placeDirectory = async (from: string, to: string): Promise<void> => {
  await syncDirectory(from)
  try {
    // A rename replaces an empty directory and fails for others.
    await rename(from, to)
  } catch (error) {
    if (codeOf(error) === "ENOTEMPTY" || codeOf(error) === "EEXIST") {
      throw new ExportTargetTaken({ path: to, reason: "not_empty" })
    }
    throw error
  }
  await syncDirectory(dirname(to))
}
