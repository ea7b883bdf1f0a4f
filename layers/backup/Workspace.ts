import { mkdtemp, readdir, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { Clock, Effect, type Scope } from "effect"

/** A workspace that nobody has written to for this long was left behind by a process that was killed. */
const abandonedAfterMillis = 15 * 60 * 1000

const marker = ".partial-"

/** When something in it was last written, in epoch milliseconds. */
const lastWritten = async (directory: string): Promise<number> => {
  const paths = [directory, ...(await readdir(directory)).map((name) => join(directory, name))]
  const times = await Promise.all(paths.map(async (path) => (await stat(path)).mtimeMs))
  return Math.max(...times)
}

/** Removes what killed processes have left behind beside a target: never what somebody may still be working on. */
const sweep = async (target: string, now: number): Promise<void> => {
  const prefix = `.${basename(target)}${marker}`
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(prefix)) continue
    const path = join(dirname(target), name)
    if (now - (await lastWritten(path)) > abandonedAfterMillis) await rm(path, { recursive: true, force: true })
  }
}

const removed = (directory: string) =>
  Effect.ignore(Effect.tryPromise(() => rm(directory, { recursive: true, force: true })))

/**
 * A directory beside the target, on its file system, that only this user may look into; gone with the scope, whatever
 * happened. Rejections of the file system are the error.
 */
export const beside = (target: string): Effect.Effect<string, unknown, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.flatMap(Clock.currentTimeMillis, (now) =>
      Effect.tryPromise({
        try: async () => {
          await sweep(target, now).catch(() => {})
          return mkdtemp(join(dirname(target), `.${basename(target)}${marker}`))
        },
        catch: (error) => error
      })
    ),
    removed
  )

/** The same where the system keeps what is needed for a moment (`TMPDIR`). */
export const temporary: Effect.Effect<string, unknown, Scope.Scope> = Effect.acquireRelease(
  Effect.tryPromise({ try: () => mkdtemp(join(tmpdir(), "starpunk-")), catch: (error) => error }),
  removed
)
