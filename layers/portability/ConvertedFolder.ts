import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Effect } from "effect"
import type { ConvertedFile } from "../../src/domain/archive/exports/ConvertedPost.js"
import { type ImportFileFailure, ImportFileRefused, ImportWorkspaceFailed } from "../../src/errors/ImportFile.js"
import { codeOf } from "../files/ErrorCode.js"
import { troubleOf } from "../files/FileTrouble.js"
import { chunksOf } from "./TextChunks.js"

/** Most posts of one export. */
export const mostPosts = 100_000

const failureOf = (error: unknown): ImportFileFailure =>
  error instanceof ImportFileRefused ? error : new ImportWorkspaceFailed(troubleOf(error))

/** A parser that takes a file in chunks. */
interface Reader {
  readonly write: (chunk: Uint8Array) => void
}

/** Passes a file to a reader in chunks, and yields to other fibers between them; awaits `after` after each. */
export const readThrough = (
  path: string,
  reader: Reader,
  after: (done: number) => Promise<void> = async () => {}
): Effect.Effect<void, ImportFileFailure> =>
  Effect.gen(function* () {
    const chunks = chunksOf(path)
    yield* Effect.addFinalizer(() => Effect.promise(() => chunks.return()))
    let done = 0
    const step = Effect.tryPromise({
      try: async () => {
        const { done: isEnded, value } = await chunks.next()
        if (isEnded === true) return false
        reader.write(value)
        done += value.length
        await after(done)
        return true
      },
      catch: failureOf
    })
    // A promise may be settled in the same turn, in which nothing else would run.
    while (yield* step) yield* Effect.yieldNow()
  }).pipe(Effect.scoped)

/** Writes converted posts below a folder, and lists entries that are not posts. */
export class ConvertedFolder {
  readonly passed: Array<{ readonly file: string; readonly why: string }> = []
  readonly #folders = new Set<string>()
  readonly #names = new Set<string>()
  #written = 0

  constructor(readonly root: string) {}

  /** Writes posts. An entry with the id of an earlier one is the same post, and is written once. */
  async add(files: ReadonlyArray<ConvertedFile>): Promise<void> {
    for (const { path, text } of files) {
      if (this.#names.has(path)) continue
      this.#names.add(path)
      this.#written += 1
      if (this.#written > mostPosts)
        throw new ImportFileRefused({ reason: "too_many", detail: `more than ${mostPosts}` })
      const folder = dirname(join(this.root, path))
      if (!this.#folders.has(folder)) {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        this.#folders.add(folder)
      }
      await writeFile(join(this.root, path), text, { flag: "wx", mode: 0o600 }).catch((error: unknown) => {
        if (codeOf(error) !== "EEXIST") throw error
      })
    }
  }

  /** Records an entry that is not a post. */
  pass(file: string, why: string): void {
    if (this.passed.length < mostPosts) this.passed.push({ file, why })
  }
}
