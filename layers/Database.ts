import { Effect, Layer, Option } from "effect"
import type { DatabaseOpenFailed } from "../src/errors/Opening.js"
import type { Logger } from "../src/services/Logger.js"
import type { SqlPool as SqlPoolService } from "../src/services/SqlPool.js"
import { Settings, type SettingsValues } from "../src/settings/Config.js"
import type { DatabaseAddress } from "../src/settings/DatabaseAddress.js"
import * as DataDirectory from "./DataDirectory.js"
import * as Attempts from "./limits/Attempts.js"
import type { MoveTarget } from "./portability/DatabaseMove.js"
import * as LoginSteps from "./process/LoginSteps.js"
import { Migrations } from "./sql/schema/Migrations.js"
import { type MigrateFailure, migrateWith } from "./sql/schema/Migrator.js"
import * as SharedAttempts from "./sql/stores/SharedAttempts.js"
import * as SharedForms from "./sql/stores/SharedForms.js"
import * as SharedLoginSteps from "./sql/stores/SharedLoginSteps.js"
import * as FileUpkeep from "./sqlite/file/FileUpkeep.js"
import * as SiteChoices from "./sqlite/file/SiteChoices.js"
import * as SqlPool from "./sqlite/pool/SqlPool.js"
import * as Revision from "./sqlite/revision/ContentRevision.js"
import * as DatabaseVersion from "./sqlite/revision/DatabaseVersion.js"
import { migrations } from "./sqlite/schema/migrations.js"
import * as Search from "./sqlite/search/SearchEngine.js"

/** PostgreSQL, loaded only by sites that use it. */
const postgres = Effect.promise(() => import("./postgres/Database.js"))

type Postgres = Effect.Effect.Success<typeof postgres>

/** The layer of the engine that the settings choose: a SQLite file, or a PostgreSQL server. */
const chosen = <A, E, R, E2, R2>(
  onFile: Layer.Layer<A, E, R>,
  onServer: (engine: Postgres, address: DatabaseAddress, settings: SettingsValues) => Layer.Layer<A, E2, R2>
): Layer.Layer<A, E | E2, R | R2 | Settings> =>
  Layer.unwrapEffect(
    Effect.flatMap(
      Settings,
      (settings): Effect.Effect<Layer.Layer<A, E | E2, R | R2>> =>
        Option.match(settings.database.address, {
          onNone: () => Effect.succeed(onFile),
          onSome: (address) => Effect.map(postgres, (engine) => onServer(engine, address, settings))
        })
    )
  )

const ofSqlite = Layer.succeed(Migrations, migrations)

const onServer = (engine: Postgres, address: DatabaseAddress, settings: SettingsValues) =>
  engine.pool(address, settings).pipe(Layer.provide(DataDirectory.layerWithoutDatabase))

/** The pool of a server, and the maintenance of its file. */
export const pool = chosen(
  FileUpkeep.layer.pipe(Layer.provideMerge(Layer.merge(SqlPool.layer, ofSqlite)), Layer.provide(DataDirectory.layer)),
  onServer
)

/** The pool of a short command, with the current schema. */
export const poolInThread = Layer.effectDiscard(Effect.flatMap(Migrations, migrateWith)).pipe(
  Layer.provideMerge(
    chosen(Layer.merge(SqlPool.layerInThread, ofSqlite).pipe(Layer.provide(DataDirectory.layer)), onServer)
  )
)

/** The pool of a command that reads while it writes, with the current schema. */
export const poolOnWorkers = Layer.effectDiscard(Effect.flatMap(Migrations, migrateWith)).pipe(
  Layer.provideMerge(chosen(Layer.merge(SqlPool.layer, ofSqlite).pipe(Layer.provide(DataDirectory.layer)), onServer))
)

/** An empty database with the current schema at an address or path, for `starpunk db move`. */
export const target = (
  place: MoveTarget,
  settings: SettingsValues
): Layer.Layer<SqlPoolService, DatabaseOpenFailed | MigrateFailure, Logger> =>
  Layer.effectDiscard(Effect.flatMap(Migrations, migrateWith)).pipe(
    Layer.provideMerge(
      place._tag === "File"
        ? Layer.merge(SqlPool.layerThread({ path: place.path, readers: 1 }), ofSqlite)
        : Layer.unwrapEffect(Effect.map(postgres, (engine) => engine.pool(place.address, settings)))
    )
  )

/** Search. */
export const search = chosen(Search.layer, (engine) => engine.search)

/** Settings of the browser, from a database in any state. */
export const siteChoices = (log: Layer.Layer<Logger>) =>
  Effect.flatMap(Settings, (settings) =>
    Option.match(settings.database.address, {
      onNone: () => SiteChoices.siteChoices,
      onSome: (address) =>
        Effect.flatMap(postgres, (engine) =>
          Effect.provide(engine.siteChoices, engine.pool(address, settings).pipe(Layer.provide(log)))
        )
    })
  )

/** The version of a file, for what is kept in memory until a commit. That of a server is not known at once. */
export const version = chosen(DatabaseVersion.layer, () => Layer.empty)

/** The instances of the site, which can be several on a server. */
export const instances = chosen(Layer.empty, (engine, address, settings) => engine.instances(address, settings))

/** Counts of attempts, steps of logins and saved forms: in memory for one process, and shared by the instances on a server. */
export const attempts = chosen(Attempts.layer, () => SharedAttempts.layer.pipe(Layer.provide(Attempts.layer)))
export const loginSteps = chosen(LoginSteps.layer, () => SharedLoginSteps.layer)
export const forms = chosen(Layer.empty, () => SharedForms.layer)

/** The revision of the content. */
export const revision = chosen(Revision.layer, (engine, address, settings) => engine.revision(address, settings))
