import { Effect, Layer } from "effect"
import { type Finding, fail, ok, warn } from "../../src/domain/archive/Finding.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../src/errors/Opening.js"
import { Logger } from "../../src/services/Logger.js"
import { SqlPool as SqlPoolService } from "../../src/services/SqlPool.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import type { DatabaseAddress } from "../../src/settings/DatabaseAddress.js"
import { checksum } from "../sql/schema/Migrator.js"
import { shown } from "./pool/Address.js"
import { connectionOptions } from "./pool/SettingsOptions.js"
import * as SqlPool from "./pool/SqlPool.js"
import { migrations } from "./schema/migrations.js"
import * as SearchTrigrams from "./search/SearchTrigrams.js"

/** Connections of a server beside its readers: the writer, the revision of the content, and one that cancels. */
const beside = 3

const ofFailure = ({ info }: DatabaseFailure | DatabaseOpenFailed): Finding =>
  fail("database.open", info.operator?.details ?? info.message, `starpunk explain ${info.code}`)

const write = () => Effect.void

/** What the pool would log is a finding. */
const silent: Logger["Type"] = {
  named: () => ({
    debug: write,
    info: write,
    warning: write,
    error: write,
    critical: write,
    unsafeInfo: write,
    unsafeInfos: () => () => {}
  }),
  stats: Effect.succeed({ written: 0, dropped: 0, buffered: 0 }),
  flush: Effect.void
}

interface Facts {
  readonly version: string
  readonly connections: number
  readonly used: number
  readonly writers: number
  readonly newest: number | null
}

const ofSchema = (applied: ReadonlyArray<{ readonly id: number; readonly checksum: string }>): Finding => {
  const known = migrations.at(-1)?.id ?? 0
  const latest = applied.at(-1)?.id ?? 0
  if (latest > known) {
    return fail(
      "database.schema",
      `The schema is of a newer version of StarPunk (${latest}, known is ${known})`,
      "npm ci"
    )
  }
  const isOurs = applied.every(({ checksum: found, id }, place) => {
    const migration = migrations[place]
    return migration?.id === id && checksum(migration) === found
  })
  if (!isOurs) {
    return fail(
      "database.schema",
      "The schema was changed by another program",
      "starpunk explain startup.migration_changed"
    )
  }
  return applied.length < migrations.length
    ? warn(
        "database.schema",
        `The schema is at ${latest} of ${known}: the next start of the server updates it`,
        "starpunk serve"
      )
    : ok("database.schema", `The schema is current (${known})`)
}

const look = (address: DatabaseAddress, { database: { readers } }: SettingsValues) =>
  Effect.flatMap(SqlPoolService, (pool) =>
    pool.read((sql) =>
      Effect.gen(function* () {
        const [table] = yield* sql<{ readonly exists: number }>`SELECT to_regclass('migrations') IS NOT NULL AS exists`
        const opened = ok("database.open", `The database ${shown(address)} can be opened`)
        if (table?.exists !== 1) {
          const empty = warn(
            "database.schema",
            "The database is empty: the server creates a site in it",
            "starpunk serve"
          )
          return { newest: 0, findings: [opened, empty] }
        }
        const applied = yield* sql<{ readonly id: number; readonly checksum: string }>`
          SELECT id, checksum FROM migrations ORDER BY id`
        const [facts] = yield* sql<Facts>`
          SELECT current_setting('server_version') AS version,
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS connections,
            (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
            (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
              AND application_name = 'starpunk writer' AND pid <> pg_backend_pid()) - 1 AS writers,
            (SELECT max(updated_at) FROM posts) AS newest`
        const { isInstalled } = yield* SearchTrigrams.state(sql)
        const isWhole = isInstalled && (yield* SearchTrigrams.hasAllLetters(sql))
        const needed = readers + beside
        const left = (facts?.connections ?? 0) - (facts?.used ?? 0)
        return {
          newest: facts?.newest ?? 0,
          findings: [
            opened,
            ok("database.server", `PostgreSQL ${facts?.version} is supported`),
            ofSchema(applied),
            left < needed
              ? warn(
                  "database.connections",
                  `PostgreSQL has ${Math.max(0, left)} free connections, and a server of StarPunk takes ${needed}: raise max_connections`,
                  "psql -c 'SELECT application_name, count(*) FROM pg_stat_activity GROUP BY 1'"
                )
              : ok(
                  "database.connections",
                  `PostgreSQL has ${left} free connections; a server of StarPunk takes ${needed}`
                ),
            (facts?.writers ?? 0) > 1
              ? warn(
                  "database.sharing",
                  `${facts?.writers} servers of StarPunk use this database: stop all but one`,
                  "psql -c 'SELECT * FROM pg_stat_activity'"
                )
              : ok("database.sharing", "At most one server of StarPunk uses this database"),
            !isInstalled
              ? warn(
                  "search.index",
                  "The extension pg_trgm is missing: search uses the slower fallback",
                  "psql -c 'CREATE EXTENSION pg_trgm'"
                )
              : isWhole
                ? ok("search.index", "Search can use the extension pg_trgm")
                : warn(
                    "search.index",
                    "The database has the locale C: words with letters outside of ASCII are found slowly. Move the site to a database with LC_CTYPE C.UTF-8",
                    "createdb --template template0 --lc-ctype C.UTF-8 NAME"
                  )
          ]
        }
      })
    )
  )

/** Checks a database on a server, changes nothing, and returns the newest time stored in it. */
export const examine = (
  address: DatabaseAddress,
  settings: SettingsValues
): Effect.Effect<{ readonly newest: number; readonly findings: ReadonlyArray<Finding> }> =>
  Effect.flatMap(connectionOptions(address, settings), ({ authority }) =>
    Effect.provide(
      look(address, settings),
      SqlPool.layer({ address, authority, readers: 1 }).pipe(Layer.provide(Layer.succeed(Logger, silent)))
    )
  ).pipe(Effect.catchAll((failure) => Effect.succeed({ newest: 0, findings: [ofFailure(failure)] })))
