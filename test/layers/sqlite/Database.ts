import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import Database from "better-sqlite3"
import { Effect } from "effect"

const root = fileURLToPath(new URL("../../..", import.meta.url))

/** A directory of the test's own, gone with it. */
export const directory = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "starpunk-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

/** Where a database may be made. */
export const databasePath = Effect.map(directory, (path) => join(path, "starpunk.db"))

/** What somebody else's connection sees, beside the pool. */
export const fromOutside = <A>(path: string, use: (database: Database.Database) => A): Effect.Effect<A> =>
  Effect.acquireUseRelease(
    Effect.sync(() => new Database(path, { timeout: 0 })),
    (database) => Effect.sync(() => use(database)),
    (database) => Effect.sync(() => database.close())
  )

/** Whether nobody holds the write lock. */
export const writable = (path: string): Effect.Effect<boolean> =>
  fromOutside(path, (database) => {
    try {
      database.exec("BEGIN IMMEDIATE; ROLLBACK")
      return true
    } catch {
      return false
    }
  })

const holdLock = `
  const database = new (require("better-sqlite3"))(process.argv[1])
  database.exec(process.argv[2])
  console.log("locked")
  process.stdin.on("data", () => process.exit(0)).on("end", () => process.exit(0))
`

const ended = (child: ChildProcess) =>
  Effect.promise(async () => {
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
  })

/** Another process that holds a lock on the file until the effect it answers with is run, or the scope ends. */
export const foreignLock = (path: string, begin = "BEGIN IMMEDIATE") =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const child = spawn(process.execPath, ["-e", holdLock, path, begin], {
        cwd: root,
        stdio: ["pipe", "pipe", "inherit"]
      })
      await once(child.stdout, "data")
      return child
    }),
    (child) =>
      Effect.zipRight(
        Effect.sync(() => child.kill("SIGKILL")),
        ended(child)
      )
  ).pipe(
    Effect.map((child) =>
      Effect.zipRight(
        Effect.sync(() => child.stdin.write("go\n")),
        ended(child)
      )
    )
  )
