import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { layer } from "../../../layers/postgres/pool/SqlPool.js"
import { migrations } from "../../../layers/postgres/schema/migrations.js"
import type { Migration } from "../../../layers/sql/schema/Migration.js"
import { isOfNextRelease, migrateWith } from "../../../layers/sql/schema/Migrator.js"
import { version } from "../../../src/version.js"
import * as Postgres from "../../fixtures/Postgres.js"

/** The first migration that has to leave servers of the release before it running. */
const firstBeside = 27

/** What takes something away from a program that does not know the migration, or asks something new of it. */
const contracting =
  /\bDROP (?!INDEX)|\bRENAME\b|\bALTER COLUMN \S+ (?:SET DATA )?TYPE\b|\bSET NOT NULL\b|\bADD CONSTRAINT\b|\bADD CHECK\b/i

const isAdding = ({ contracts, statements }: Migration): boolean =>
  contracts !== undefined ||
  statements.every((statement) => {
    const asksMore =
      /\bADD COLUMN\b/i.test(statement) && /\bNOT NULL\b/i.test(statement) && !/\bDEFAULT\b/i.test(statement)
    const isUnique = /^CREATE UNIQUE INDEX/i.test(statement)
    return !contracting.test(statement) && !asksMore && !isUnique
  })

describe("migrations from 27 on", () => {
  const later = migrations.filter(({ id }) => id >= firstBeside)

  it.each(later)("$id ($name) only adds, or says since when what it takes away is unused", (migration) => {
    expect(isAdding(migration)).toBe(true)
  })

  it.each([
    "ALTER TABLE posts DROP COLUMN name",
    "ALTER TABLE posts RENAME COLUMN name TO title",
    "ALTER TABLE posts ADD COLUMN mood TEXT NOT NULL",
    "ALTER TABLE posts ALTER COLUMN name SET NOT NULL",
    "CREATE UNIQUE INDEX posts_name ON posts (name)"
  ])("%s is noticed", (statement) => {
    expect(isAdding({ id: 99, name: "x", statements: [statement] })).toBe(false)
  })
})

it.each([
  ["2.1.0", "2.0.3", true],
  ["2.0.0-alpha.2", "2.0.0-alpha.1", true],
  ["2.2.0", "2.0.3", false],
  ["3.0.0", "2.9.0", false],
  ["later", "2.0.0", false]
])("a migration of %s and a program of %s: %s", (appliedBy, own, goesOn) => {
  expect(isOfNextRelease(appliedBy, own)).toBe(goesOn)
})

describe.skipIf(Postgres.whyNot !== undefined)("over PostgreSQL", () => {
  const known: ReadonlyArray<Migration> = [{ id: 1, name: "one", statements: ["CREATE TABLE one (a BIGINT)"] }]
  const next = { id: 2, name: "two", statements: ["ALTER TABLE one ADD COLUMN b BIGINT"] }

  const migrated = (appliedBy: string) =>
    Effect.gen(function* () {
      const address = yield* Postgres.address("empty")
      yield* Effect.gen(function* () {
        yield* migrateWith([...known, next])
        yield* Postgres.fromOutside(address, `UPDATE migrations SET applied_by = '${appliedBy}' WHERE id = 2`)
        yield* migrateWith(known)
      }).pipe(Effect.provide(layer({ address }).pipe(Layer.provideMerge(layerSilent))))
    })

  it.scopedLive("a program goes on beside one of the next release", () => migrated(version))

  it.scopedLive("a program refuses the schema of a later release", () =>
    Effect.map(Effect.flip(migrated("99.0.0")), (failure) =>
      expect(failure).toMatchObject({ _tag: "SchemaTooNew", found: 2, known: 1 })
    )
  )
})
