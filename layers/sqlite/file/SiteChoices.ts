import { Effect, Option, Schema } from "effect"
import { initialValues, readSection, type SiteValues } from "../../../src/domain/site/SiteValues.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import { Settings } from "../../../src/settings/Config.js"
import * as SingleConnection from "../pool/SingleConnection.js"
import * as ThreadDriver from "../pool/ThreadDriver.js"

const Row = Schema.Struct({ section: Schema.String, value: Schema.parseJson(Schema.Unknown) })

/**
 * What the owner has set in the browser about the site and its author, read from the file in any state: nothing if there
 * is no file, or if it has no such table yet. Changes nothing.
 */
export const siteChoices: Effect.Effect<
  Pick<SiteValues, "site" | "you">,
  DatabaseFailure | DatabaseOpenFailed,
  Settings
> = Effect.gen(function* () {
  const settings = yield* Settings
  const exists = yield* Effect.option(SingleConnection.mustExist(settings.databasePath))
  if (Option.isNone(exists)) return initialValues
  const options = SingleConnection.optionsOf(settings, settings.databasePath, "reader")
  const { query } = yield* SingleConnection.open(ThreadDriver.open, options)
  const tables = yield* query(
    Schema.Struct({ name: Schema.String }),
    "SELECT name FROM sqlite_schema WHERE name = 'site_settings'"
  )
  if (tables.length === 0) return initialValues
  const rows = yield* query(Row, "SELECT section, value FROM site_settings WHERE section IN ('site', 'you')")
  const valueOf = (name: string) => rows.find(({ section }) => section === name)?.value
  return { site: readSection("site", valueOf("site")), you: readSection("you", valueOf("you")) }
}).pipe(Effect.scoped)
