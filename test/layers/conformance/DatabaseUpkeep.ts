import { rename, stat } from "node:fs/promises"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect, type Layer } from "effect"
import { layerTest } from "../../../layers/memory/Settings.js"
import { DatabaseUpkeep } from "../../../src/services/DatabaseUpkeep.js"
import type { Settings } from "../../../src/settings/Config.js"
import { site } from "../backup/Site.js"

/** Contract of DatabaseUpkeep. Texts and commands of findings are tested in `test/program/Doctor.test.ts`. */
export const conforms = (name: string, implementation: Layer.Layer<DatabaseUpkeep, never, Settings>) => {
  const upkept = Effect.map(site, (here) => {
    const settings = layerTest({ dataPath: here.dataPath, databasePath: here.databasePath })
    const provided = Effect.provide(implementation)
    const use = <A, E>(work: (upkeep: DatabaseUpkeep["Type"]) => Effect.Effect<A, E>) =>
      Effect.flatMap(DatabaseUpkeep, work).pipe(provided, Effect.provide(settings))
    return { ...here, use }
  })

  const change = (path: string, sql: string) =>
    Effect.sync(() => {
      const database = new Database(path)
      database.unsafeMode()
      database.exec(sql)
      database.close()
    })

  describe(`DatabaseUpkeep: ${name}`, () => {
    it.scopedLive("finds nothing failed in an intact database, and changes nothing in it", () =>
      Effect.gen(function* () {
        const { databasePath, use } = yield* upkept
        const before = yield* Effect.promise(() => stat(databasePath))
        const findings = yield* use(({ check }) => check)
        expect(findings.filter(({ severity }) => severity === "fail")).toEqual([])
        expect(findings.map(({ code }) => code)).toEqual(
          expect.arrayContaining(["database.integrity", "database.references", "database.schema", "search.index"])
        )
        expect((yield* Effect.promise(() => stat(databasePath))).mtimeMs).toBe(before.mtimeMs)
      })
    )

    it.scopedLive("reports damage as a finding with the command that fixes it, not as a failure", () =>
      Effect.gen(function* () {
        const { databasePath, use } = yield* upkept
        yield* change(databasePath, "PRAGMA foreign_keys = OFF; INSERT INTO post_tags VALUES (99, 'a', 'a', 0, 1)")
        const found = (yield* use(({ check }) => check)).find(({ code }) => code === "database.references")
        expect(found).toMatchObject({ severity: "fail", fix: "starpunk restore FILE" })
      })
    )

    it.scopedLive("optimizes while another program has the database open", () =>
      Effect.gen(function* () {
        const { databasePath, use } = yield* upkept
        const open = new Database(databasePath)
        open.pragma("journal_mode = WAL")
        open.exec("CREATE TABLE big (x); INSERT INTO big VALUES (randomblob(200000))")
        open.pragma("wal_checkpoint(TRUNCATE)")
        open.exec("DROP TABLE big")
        const optimized = yield* use(({ optimize }) => optimize({ vacuum: true }))
        open.close()
        expect(optimized.after.database).toBeLessThan(optimized.before.database)
        expect(optimized).toMatchObject({ after: { log: 0 }, logEmptied: true })
      })
    )

    it.scopedLive("reports a reader that goes on reading, and leaves its log", () =>
      Effect.gen(function* () {
        const { databasePath, post, use } = yield* upkept
        const reader = new Database(databasePath)
        reader.pragma("journal_mode = WAL")
        reader.exec("BEGIN; SELECT count(*) FROM posts")
        yield* post("later")
        const { logEmptied } = yield* use(({ optimize }) => optimize())
        reader.exec("COMMIT")
        reader.close()
        expect(logEmptied).toBe(false)
      })
    )

    it.scopedLive("creates no database", () =>
      Effect.gen(function* () {
        const { databasePath, use } = yield* upkept
        yield* Effect.promise(() => rename(databasePath, `${databasePath}.away`))
        for (const work of [use(({ check }) => check), use(({ optimize }) => optimize())]) {
          expect((yield* Effect.flip<unknown, { readonly _tag: string }, never>(work))._tag).toBe("DatabaseMissing")
        }
        yield* Effect.flip(Effect.tryPromise(() => stat(databasePath)))
      })
    )
  })
}
