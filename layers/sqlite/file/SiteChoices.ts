import { Effect, Option, Schema } from "effect"
import { initialValues, readSection, type SiteValues } from "../../../src/domain/site/SiteValues.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import { Settings } from "../../../src/settings/Config.js"
import * as SingleConnection from "../pool/SingleConnection.js"
import * as ThreadDriver from "../pool/ThreadDriver.js"

const Row = Schema.Struct({ section: Schema.String, value: Schema.parseJson(Schema.Unknown) })

/**
 * Reads the settings of the browser from a database file in any state. Empty if there is no file or no such table.
 * Changes nothing.
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
