import { createHash } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdir, open, readdir, rename, stat } from "node:fs/promises"
import { dirname, join, resolve, sep } from "node:path"
import { Transform } from "node:stream"
import { pipeline } from "node:stream/promises"
import { Effect } from "effect"
import { ExportNotWritten, ExportSourceUnreadable, ExportTargetTaken } from "../../src/errors/failure/Portability.js"
import { syncDirectory } from "../files/DurableFile.js"
import { codeOf, troubleOf } from "../files/FileTrouble.js"
import { realPathOf } from "../files/RealPath.js"

/** For the owner alone: private posts are in it. */
const fileMode = 0o600
const directoryMode = 0o700

/** What the file system had against the export at this path. */
export const notWritten =
  (path: string) =>
  (error: unknown): ExportNotWritten =>
    new ExportNotWritten({ path, ...troubleOf(error) })

/** Where it leads, or what it says, where that cannot be followed. */
const settled = (path: string): Promise<string> => realPathOf(path).catch(() => path)

/** Fails where something lies at the target, or where it would become a part of the site's own data. */
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

/** Writes files below a directory, making each folder once. Rejects with the system's error. */
export const writerBelow = (root: string): ((path: string, text: string) => Promise<void>) => {
  const made = new Map<string, Promise<unknown>>()
  const folder = (name: string) => {
    const known = made.get(name) ?? mkdir(join(root, name), { recursive: true, mode: directoryMode })
    made.set(name, known)
    return known
  }
  return async (path, text) => {
    await folder(dirname(path))
    const file = await open(join(root, path), "wx", fileMode)
    try {
      await file.writeFile(text)
    } finally {
      await file.close()
    }
  }
}

/** A folder below a directory. Rejects with the system's error. */
export const makeFolder = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: directoryMode })
}

/**
 * Copies a file and tells its size and hash; `undefined` where there is none. Rejects with `ExportSourceUnreadable` or,
 * of the copy, with the system's error.
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

/** Gives a finished directory its name, in one step. Rejects with `ExportTargetTaken` when something came there meanwhile. */
export const placeDirectory = async (from: string, to: string): Promise<void> => {
  await syncDirectory(from)
  try {
    // An empty directory is replaced, anything else is refused.
    await rename(from, to)
  } catch (error) {
    if (codeOf(error) === "ENOTEMPTY" || codeOf(error) === "EEXIST") {
      throw new ExportTargetTaken({ path: to, reason: "not_empty" })
    }
    throw error
  }
  await syncDirectory(dirname(to))
}
