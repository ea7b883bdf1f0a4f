import { Effect, Layer, Schema } from "effect"
import { initialValues, readSection, type SiteValues } from "../../src/domain/site/SiteValues.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../src/errors/Opening.js"
import type { Logger } from "../../src/services/Logger.js"
import { SqlPool as SqlPoolService } from "../../src/services/SqlPool.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import type { DatabaseAddress } from "../../src/settings/DatabaseAddress.js"
import type { Commits } from "../sql/pool/Commits.js"
import { decodeRows } from "../sql/rows/Rows.js"
import { Migrations } from "../sql/schema/Migrations.js"
import * as Instances from "./instances/Instances.js"
import { connectionOptions } from "./pool/SettingsOptions.js"
import * as SqlPool from "./pool/SqlPool.js"
import * as Revision from "./revision/ContentRevision.js"
import { migrations } from "./schema/migrations.js"

export { layer as search } from "./search/SearchEngine.js"

/** The pool over the server at an address, with the limits of the settings. */
export const pool = (
  address: DatabaseAddress,
  settings: SettingsValues
): Layer.Layer<SqlPoolService | Commits | Migrations, DatabaseOpenFailed, Logger> =>
  Layer.unwrapEffect(
    Effect.map(connectionOptions(address, settings), ({ authority }) => {
      const { acquireTimeout, busyTimeout, readers, writeTimeout } = settings.database
      return SqlPool.layer({ address, authority, readers, acquireTimeout, writeTimeout, busyTimeout })
    })
  ).pipe(Layer.merge(Layer.succeed(Migrations, migrations)))

const Row = Schema.Struct({ section: Schema.String, value: Schema.parseJson(Schema.Unknown) })

/** Reads the settings of the browser from a database in any state. */
export const siteChoices: Effect.Effect<
  Pick<SiteValues, "site" | "you">,
  DatabaseFailure,
  SqlPoolService
> = Effect.flatMap(SqlPoolService, (pool) =>
  pool.read((sql) =>
    Effect.gen(function* () {
      const [table] = yield* sql<{ readonly exists: number }>`
          SELECT to_regclass('site_settings') IS NOT NULL AS exists`
      if (table?.exists !== 1) return initialValues
      const rows = yield* sql`SELECT section, value FROM site_settings WHERE section IN ('site', 'you')`
      const sections = yield* decodeRows(Row)(rows)
      const valueOf = (name: string) => sections.find(({ section }) => section === name)?.value
      return { site: readSection("site", valueOf("site")), you: readSection("you", valueOf("you")) }
    })
  )
)

/** This instance among those of the site. */
export const instances = (address: DatabaseAddress, settings: SettingsValues) =>
  Layer.unwrapEffect(Effect.map(connectionOptions(address, settings), (options) => Instances.layer(options, settings)))

/** The revision of the content, read from the server at an address. */
export const revision = (address: DatabaseAddress, settings: SettingsValues) =>
  Layer.unwrapEffect(Effect.map(connectionOptions(address, settings), Revision.layer))
