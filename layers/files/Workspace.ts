import { mkdtemp, readdir, rm, stat, utimes } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { Clock, Effect, Schedule, type Scope } from "effect"

/** A workspace that nobody has touched for this long was left behind by a process that was killed. */
const abandonedAfterMillis = 15 * 60 * 1000

/** Whoever works in one touches it this often, also while nothing is written: reading an archive again may take long. */
const touchEvery = "1 minute"

const marker = ".starpunk-partial-"

/** When something in it was last written, in epoch milliseconds. */
const lastWritten = async (directory: string): Promise<number> => {
  const paths = [directory, ...(await readdir(directory)).map((name) => join(directory, name))]
  const times = await Promise.all(paths.map(async (path) => (await stat(path)).mtimeMs))
  return Math.max(...times)
}

/**
 * Removes what killed processes have left behind in a directory, whatever their targets were called: never what somebody
 * may still be working on.
 */
const sweep = async (directory: string, now: number): Promise<void> => {
  for (const name of await readdir(directory)) {
    if (!name.startsWith(".") || !name.includes(marker)) continue
    const path = join(directory, name)
    if (now - (await lastWritten(path)) > abandonedAfterMillis) await rm(path, { recursive: true, force: true })
  }
}

const removed = (directory: string) =>
  Effect.ignore(Effect.tryPromise(() => rm(directory, { recursive: true, force: true })))

const touched = (directory: string) =>
  Effect.flatMap(Clock.currentTimeMillis, (now) =>
    Effect.ignore(Effect.tryPromise(() => utimes(directory, now / 1000, now / 1000)))
  )

/**
 * A directory beside the target, on its file system, that only this user may look into; gone with the scope, whatever
 * happened. Rejections of the file system are the error.
 */
export const beside = (target: string): Effect.Effect<string, unknown, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.flatMap(Clock.currentTimeMillis, (now) =>
      Effect.tryPromise({
        try: async () => {
          await sweep(dirname(target), now).catch(() => {})
          return mkdtemp(join(dirname(target), `.${basename(target)}${marker}`))
        },
        catch: (error) => error
      })
    ),
    removed
  ).pipe(Effect.tap((directory) => Effect.forkScoped(Effect.schedule(touched(directory), Schedule.spaced(touchEvery)))))

/** The same where the system keeps what is needed for a moment (`TMPDIR`). */
export const temporary: Effect.Effect<string, unknown, Scope.Scope> = Effect.acquireRelease(
  Effect.tryPromise({ try: () => mkdtemp(join(tmpdir(), "starpunk-")), catch: (error) => error }),
  removed
)
