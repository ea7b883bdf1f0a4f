import { expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { describe } from "vitest"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as Memory from "../../../layers/memory/SiteSettings.js"
import * as Sql from "../../../layers/sql/stores/SiteSettings.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { SiteSettings } from "../../../src/services/SiteSettings.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { conforms } from "./SiteSettings.js"

const sql = (kind: "thread" | "worker") =>
  Sql.layer.pipe(Layer.provideMerge(TestDatabase.database(kind)), Layer.provide(MemoryLogger.layerSilent))

conforms("in memory", Memory.layer)
conforms("in SQL, in thread", sql("thread"))
conforms("in SQL, on workers", sql("worker"))

const store = (section: string, value: string) =>
  Effect.flatMap(SqlPool, (pool) =>
    pool.write((sql) => sql`INSERT INTO site_settings ${sql.insert({ section, revision: 7, value, changed_at: 0 })}`)
  )

const changes = Effect.flatMap(SqlPool, (pool) =>
  pool.read((sql) => sql<{ readonly count: number }>`SELECT count FROM content_revision`)
).pipe(Effect.map(([row]) => row?.count ?? 0))

describe("stored settings", () => {
  const test = <A, E>(title: string, effect: Effect.Effect<A, E, SiteSettings | SqlPool>) =>
    it.effect(title, () => Effect.provide(effect, sql("thread")))

  test(
    "are seen when another process has changed them",
    Effect.gen(function* () {
      const settings = yield* SiteSettings
      yield* settings.current
      yield* store("site", '{"name":"Elsewhere"}')
      expect((yield* settings.current).values.site.name).toBe("Elsewhere")
    })
  )

  test(
    "count as a change of the content, as the photo does",
    Effect.gen(function* () {
      const settings = yield* SiteSettings
      const before = yield* changes
      yield* settings.change("site", 0, { name: "A", tagline: "", language: "", timeZone: "" })
      const after = yield* changes
      expect(after).toBeGreaterThan(before)
      yield* Effect.flatMap(SqlPool, (pool) =>
        pool.write(
          (sql) => sql`INSERT INTO site_photo (id, version, original, square, size, icon, crop, changed_at)
            VALUES (1, 'v', x'00', x'00', 512, x'00', '{}', 0)`
        )
      )
      expect(yield* changes).toBeGreaterThan(after)
    })
  )

  test(
    "of a newer version are read as far as possible, and keep their unknown fields",
    Effect.gen(function* () {
      const settings = yield* SiteSettings
      yield* store("look", '{"preset":"dawn","width":"wide","stars":3}')
      yield* store("menu", '{"items":[{"label":"A","href":"/a"},{"label":"B","href":"javascript:x"},7]}')
      yield* store("unknown", "{}")
      const { values } = yield* settings.current
      expect(values.look).toMatchObject({ preset: "paper", width: "wide" })
      expect(values.menu.items).toEqual([{ label: "A", href: "/a" }])
      yield* settings.change("look", 7, { ...values.look, scheme: "dark" })
      const rows = yield* Effect.flatMap(SqlPool, (pool) =>
        pool.read((sql) => sql<{ readonly value: string }>`SELECT value FROM site_settings WHERE section = 'look'`)
      )
      expect(JSON.parse(rows[0]?.value ?? "")).toMatchObject({ stars: 3, scheme: "dark", preset: "paper" })
    })
  )
})
