import { mkdtemp, readdir, rm, stat, utimes } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { Clock, Effect, Schedule, type Scope } from "effect"

/** Age after which an untouched workspace counts as left behind by a killed process. */
const abandonedAfterMillis = 15 * 60 * 1000

/** Interval in which a workspace in use is touched, because verifying an archive may take long without writing. */
const touchEvery = "1 minute"

const marker = ".starpunk-partial-"

/** Time of the last write in a directory, in epoch milliseconds. */
const lastWritten = async (directory: string): Promise<number> => {
  const paths = [directory, ...(await readdir(directory)).map((name) => join(directory, name))]
  const times = await Promise.all(paths.map(async (path) => (await stat(path)).mtimeMs))
  return Math.max(...times)
}

/** Removes workspaces of killed processes in a directory, for any target, but none that may be in use. */
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
 * A private directory beside the target, on its file system, removed with the scope. Fails with the file system's
 * error.
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

/** Like `beside`, but in the system's temporary directory (`TMPDIR`). */
export const temporary: Effect.Effect<string, unknown, Scope.Scope> = Effect.acquireRelease(
  Effect.tryPromise({ try: () => mkdtemp(join(tmpdir(), "starpunk-")), catch: (error) => error }),
  removed
)
