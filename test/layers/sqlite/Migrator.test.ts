import { spawn } from "node:child_process"
import { once } from "node:events"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Fiber, Layer, TestClock } from "effect"
import { build } from "esbuild"
import { CapturedLogs, layerCapture, layerSilent } from "../../../layers/memory/Logger.js"
import type { Migration } from "../../../layers/sql/schema/Migration.js"
import { migrateWith } from "../../../layers/sql/schema/Migrator.js"
import { layerThread, layerWorker } from "../../../layers/sqlite/pool/SqlPool.js"
import { migrate } from "../../../layers/sqlite/schema/Migrator.js"
import { migrations } from "../../../layers/sqlite/schema/migrations.js"
import type { Logger } from "../../../src/services/Logger.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { version } from "../../../src/version.js"
import { databasePath, foreignLock, fromOutside, writable } from "../../fixtures/Database.js"

const root = fileURLToPath(new URL("../../..", import.meta.url))

const steps: ReadonlyArray<Migration> = [
  { id: 1, name: "one", statements: ["CREATE TABLE one (a INTEGER)", "INSERT INTO one VALUES (1)"] },
  { id: 2, name: "two", statements: ["ALTER TABLE one ADD COLUMN b TEXT", "UPDATE one SET b = 'x'"] }
]

const applied = Effect.flatMap(SqlPool, (pool) =>
  pool.read((sql) => sql`SELECT id, name, length(checksum) AS bits, applied_at, applied_by FROM migrations ORDER BY id`)
)

const tables = (path: string) =>
  fromOutside(path, (database) => database.prepare("SELECT name FROM sqlite_schema ORDER BY name").pluck().all())

for (const [name, make] of Object.entries({ layerThread, layerWorker })) {
  describe(`Migrator: ${name}`, () => {
    const test = (
      title: string,
      body: (path: string) => Effect.Effect<unknown, unknown, SqlPool | Logger | CapturedLogs>
    ) =>
      it.scoped(title, () =>
        Effect.gen(function* () {
          const path = yield* databasePath
          return yield* Effect.provide(body(path), make({ path }).pipe(Layer.provideMerge(layerCapture)))
        })
      )

    test("applies missing migrations once, and records them", () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(1_700_000_000_000)
        yield* migrateWith(steps.slice(0, 1))
        const account = { bits: 64, applied_at: 1_700_000_000_000, applied_by: version }
        expect(yield* applied).toEqual([{ id: 1, name: "one", ...account }])
        yield* migrateWith(steps).pipe(Effect.zipRight(migrateWith(steps)))
        expect(yield* applied).toEqual([
          { id: 1, name: "one", ...account },
          { id: 2, name: "two", ...account }
        ])
        const pool = yield* SqlPool
        expect(yield* pool.read((sql) => sql`SELECT * FROM one`)).toEqual([{ a: 1, b: "x" }])
      }))

    test("applies the program's own migrations", (path) =>
      Effect.gen(function* () {
        yield* migrate
        expect(yield* applied).toHaveLength(migrations.length)
        expect(yield* tables(path)).toEqual(expect.arrayContaining(["posts", "sessions", "access_tokens"]))
      }))

    test("a failed step changes nothing, and earlier steps stay", (path) =>
      Effect.gen(function* () {
        const broken = {
          id: 3,
          name: "three",
          statements: ["CREATE TABLE three (a)", "INSERT INTO nowhere VALUES (1)"]
        }
        const failure = yield* Effect.flip(migrateWith([...steps, broken]))
        expect(failure).toMatchObject({
          _tag: "MigrationFailed",
          id: 3,
          name: "three",
          detail: "no such table: nowhere"
        })
        expect(yield* tables(path)).toEqual(["migrations", "one"])
        expect(yield* applied).toHaveLength(2)
        expect(yield* writable(path)).toBe(true)
      }))

    test("refuses an edited history and the history of a newer program", (path) =>
      Effect.gen(function* () {
        yield* migrateWith(steps)
        const before = yield* tables(path)
        const third = { id: 3, name: "three", statements: ["CREATE TABLE three (a)"] }
        const refuse = (known: ReadonlyArray<Migration>) => Effect.flip(migrateWith(known))
        const edited = { id: 1, name: "one", statements: ["CREATE TABLE one (a INTEGER, b TEXT)"] }
        expect(yield* refuse([edited, ...steps.slice(1), third])).toMatchObject({ _tag: "MigrationChanged", id: 1 })
        expect(yield* refuse([...steps.slice(1), third])).toMatchObject({ _tag: "MigrationChanged", id: 1 })
        expect(yield* refuse(steps.slice(0, 1))).toMatchObject({
          _tag: "SchemaTooNew",
          found: 2,
          foundName: "two",
          known: 1,
          writtenBy: version
        })
        expect(yield* tables(path)).toEqual(before)
      }))

    test("reports what it applied", () =>
      Effect.gen(function* () {
        yield* migrateWith(steps).pipe(Effect.zipRight(migrateWith(steps)))
        const logs = yield* CapturedLogs
        expect((yield* logs.events).map(({ fields, message }) => [message, fields.migration])).toEqual([
          ["Migration applied", 1],
          ["Migration applied", 2]
        ])
      }))

    it.scopedLive("waits for another process that holds the lock", () =>
      Effect.gen(function* () {
        const path = yield* databasePath
        yield* Effect.gen(function* () {
          const release = yield* foreignLock(path)
          const pool = yield* SqlPool
          const migrating = yield* Effect.fork(migrateWith(steps))
          expect((yield* Effect.flip(pool.ping("writer")))._tag).toBe("DatabaseLocked")
          yield* release
          yield* Fiber.join(migrating)
          expect(yield* applied).toHaveLength(2)
        }).pipe(Effect.provide(make({ path, busyTimeout: "50 millis" })))
      }).pipe(Effect.provide(layerSilent))
    )
  })
}

/** Migrates a new file as `serve` does; returns the applied migrations. */
const starter = `
  import { Effect, Layer } from "effect"
  import { CapturedLogs, layerCapture } from "./layers/memory/Logger.js"
  import { migrate } from "./layers/sqlite/schema/Migrator.js"
  import { layerThread } from "./layers/sqlite/pool/SqlPool.js"

  const program = Effect.zipRight(migrate, Effect.flatMap(CapturedLogs, (logs) => logs.events))
  const pool = layerThread({ path: process.argv[2] })
  process.stdin.once("data", () =>
    Effect.runPromise(Effect.provide(program, Layer.provideMerge(pool, layerCapture))).then(
      (events) => { console.log(events.length); process.exit(0) },
      (error) => { console.error(error); process.exit(1) }
    )
  )
  console.log("ready")
`

describe("Migrator: several processes", () => {
  it.scopedLive("several migrators started at once on a new file apply each migration once", () =>
    Effect.gen(function* () {
      const path = yield* databasePath
      // Inside the project's folder, so that the driver is found.
      const program = join(root, ".cache", `migrate-${process.pid}.mjs`)
      yield* Effect.acquireRelease(
        Effect.promise(() =>
          build({
            stdin: { contents: starter, resolveDir: root, loader: "ts" },
            outfile: program,
            bundle: true,
            format: "esm",
            platform: "node",
            external: ["better-sqlite3"],
            logLevel: "error"
          })
        ),
        () => Effect.sync(() => rmSync(program, { force: true }))
      )
      const children = [1, 2, 3, 4].map(() =>
        spawn(process.execPath, [program, path], { stdio: ["pipe", "pipe", "inherit"] })
      )
      yield* Effect.addFinalizer(() => Effect.sync(() => children.forEach((child) => void child.kill("SIGKILL"))))
      const results = yield* Effect.promise(async () => {
        await Promise.all(children.map((child) => once(child.stdout, "data")))
        return Promise.all(
          children.map(async (child) => {
            let said = ""
            child.stdout.on("data", (chunk) => {
              said += chunk
            })
            child.stdin.write("go\n")
            const [code] = await once(child, "close")
            return { code, applied: Number(said) }
          })
        )
      })
      expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 0])
      expect(results.reduce((sum, { applied }) => sum + applied, 0)).toBe(migrations.length)
      expect(yield* fromOutside(path, (database) => database.pragma("integrity_check", { simple: true }))).toBe("ok")
    })
  )
})
