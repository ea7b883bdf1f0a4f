import { Effect, Layer } from "effect"
import { type Finding, fail, ok, warn } from "../../src/domain/archive/Finding.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../src/errors/Opening.js"
import { Logger } from "../../src/services/Logger.js"
import { SqlPool as SqlPoolService } from "../../src/services/SqlPool.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import type { DatabaseAddress } from "../../src/settings/DatabaseAddress.js"
import { differingSettings } from "../../src/settings/SharedSettings.js"
import { checksum, isOfNextRelease } from "../sql/schema/Migrator.js"
import { type Member, membersFrom, selectMembers } from "./instances/Membership.js"
import { shown } from "./pool/Address.js"
import { connectionOptions } from "./pool/SettingsOptions.js"
import * as SqlPool from "./pool/SqlPool.js"
import { migrations } from "./schema/migrations.js"
import * as SearchTrigrams from "./search/SearchTrigrams.js"

/** Connections of a server beside its readers: the writer, the revision of the content, the instance, and one that cancels. */
const beside = 4

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
  readonly newest: number | null
}

const ofSchema = (
  applied: ReadonlyArray<{ readonly id: number; readonly checksum: string; readonly applied_by: string }>
): Finding => {
  const known = migrations.at(-1)?.id ?? 0
  const latest = applied.at(-1)?.id ?? 0
  const unknown = applied.filter(({ id }) => id > known)
  if (unknown.length > 0) {
    if (unknown.every(({ applied_by }) => isOfNextRelease(applied_by))) {
      return warn(
        "database.schema",
        `The schema is of the next version of StarPunk (${latest}, known is ${known}): update this one as well`,
        "npm ci"
      )
    }
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

const ofInstances = (members: ReadonlyArray<Member>): Finding => {
  const [first, ...others] = members
  if (first === undefined) return ok("database.sharing", "No server of StarPunk uses this database right now")
  const names = members.map(({ leads, name }) => (leads ? `${name} (leads)` : name)).join(", ")
  const differing = new Set(others.flatMap((other) => differingSettings(first.settings, other.settings)))
  return differing.size > 0
    ? warn(
        "database.sharing",
        `The instances ${names} have different settings: ${[...differing].join(", ")}`,
        "starpunk config show"
      )
    : ok(
        "database.sharing",
        others.length === 0
          ? `One server of StarPunk uses this database: ${first.name}`
          : `${members.length} instances use this database, with the same settings: ${names}`
      )
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
        const applied = yield* sql<{ readonly id: number; readonly checksum: string; readonly applied_by: string }>`
          SELECT id, checksum, applied_by FROM migrations ORDER BY id`
        const [facts] = yield* sql<Facts>`
          SELECT current_setting('server_version') AS version,
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS connections,
            (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
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
            ofInstances(applied.length < migrations.length ? [] : yield* membersFrom(yield* sql.unsafe(selectMembers))),
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
