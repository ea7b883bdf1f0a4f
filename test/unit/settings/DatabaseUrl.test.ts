import { describe, expect, it } from "@effect/vitest"
import { Context, Effect, Either, Layer, Redacted } from "effect"
import { layerFrom } from "../../../layers/memory/Settings.js"
import { SettingsReport } from "../../../src/settings/Config.js"
import {
  parseDatabaseAddress,
  showDatabaseAddress,
  writeDatabaseAddress
} from "../../../src/settings/DatabaseAddress.js"

const start = (environment: Readonly<Record<string, string>>) =>
  Effect.scoped(Effect.either(Layer.build(layerFrom(environment))))

const problemsOf = (environment: Readonly<Record<string, string>>) =>
  Effect.map(start(environment), (outcome) => (Either.isLeft(outcome) ? outcome.left.problems : []))

const url = "postgres://ada:hun%2Fter%402@db.example/blog"

describe("STARPUNK_DATABASE_URL", () => {
  it.each([
    url,
    "postgres://ada@localhost/blog",
    "postgres://ada@localhost/blog?sslmode=verify-full",
    "postgres://ada:a%25@[2001:db8::1]:6432/my%20blog",
    "postgres://ada@localhost/blog?host=/run/postgresql"
  ])("%s is written as it was read", (text) => {
    const address = Either.getOrThrow(parseDatabaseAddress(text))
    expect(writeDatabaseAddress(address, Redacted.value)).toBe(text)
    expect(showDatabaseAddress(address)).not.toContain("hun")
  })

  it.effect("is shown without its password, and never in a problem", () =>
    Effect.gen(function* () {
      const outcome = Either.getOrThrow(yield* start({ STARPUNK_DATABASE_URL: url }))
      const shown = Context.get(outcome, SettingsReport).entries.find(({ name }) => name === "STARPUNK_DATABASE_URL")
      expect(shown?.value).toBe("postgres://ada:…@db.example/blog")
      const problems = yield* problemsOf({ STARPUNK_DATABASE_URL: `${url}?sslmode=require` })
      expect(problems).toMatchObject([{ name: "STARPUNK_DATABASE_URL" }])
      expect(problems[0]?.suggestion).toContain("sslmode=require is refused")
      expect(JSON.stringify(problems)).not.toMatch(/hun|ter%40/)
    })
  )

  it.effect("refuses what only a SQLite file has, and reports settings without effect", () =>
    Effect.gen(function* () {
      const problems = yield* problemsOf({
        STARPUNK_DATABASE_URL: url,
        STARPUNK_SEARCH_ENGINE: "fts5",
        STARPUNK_BACKUP_DIRECTORY: "/backups"
      })
      expect(problems.map(({ name }) => name)).toEqual(["STARPUNK_SEARCH_ENGINE", "STARPUNK_BACKUP_DIRECTORY"])
      const outcome = Either.getOrThrow(
        yield* start({
          STARPUNK_DATABASE_URL: "postgres://ada@localhost/blog",
          STARPUNK_DATABASE_CA: "ca.pem",
          STARPUNK_DB_SYNCHRONOUS: "normal"
        })
      )
      const { warnings } = Context.get(outcome, SettingsReport)
      expect(warnings.map(({ name }) => name).toSorted()).toEqual(["STARPUNK_DATABASE_CA", "STARPUNK_DB_SYNCHRONOUS"])
    })
  )
})
