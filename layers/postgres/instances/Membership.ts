import { createHash } from "node:crypto"
import { Clock, Effect, Schema, type Scope } from "effect"
import type { Client } from "pg"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { SettingsValues } from "../../../src/settings/Config.js"
import { type NamedValues, sharedSettings } from "../../../src/settings/SharedSettings.js"
import { version } from "../../../src/version.js"
import { decodeRows } from "../../sql/rows/Rows.js"
import { type ConnectionOptions, open, toOpenFailed } from "../pool/Connecting.js"

/** First part of the advisory locks of instances: "Star". The second part is the id of an instance. */
const lockClass = 1_400_136_050

/** Second part of the lock of the instance that leads. */
const leadersLock = 0

/**
 * How soon the server notices that the machine of an instance is gone: after five seconds without a packet, and three
 * probes without an answer (https://www.postgresql.org/docs/current/runtime-config-connection.html).
 */
const keepAlive =
  "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; SET statement_timeout = 3000"

/** How long a statement may take before the connection counts as lost. */
const patience = "4 seconds"

/** An instance as the others see it. */
export interface Member {
  readonly id: number
  readonly name: string
  readonly version: string
  readonly siteUrl: string
  /** Hashes of its settings. */
  readonly settings: NamedValues
  readonly leads: boolean
}

/** Decodes rows of `selectMembers`. */
export const membersFrom = decodeRows(
  Schema.Struct({
    id: Schema.Int,
    name: Schema.String,
    version: Schema.String,
    siteUrl: Schema.String,
    settings: Schema.parseJson(Schema.Record({ key: Schema.String, value: Schema.String })),
    leads: Schema.transform(Schema.Int, Schema.Boolean, {
      strict: true,
      decode: (flag) => flag === 1,
      encode: (leads) => (leads ? 1 : 0)
    })
  })
)

/** All instances whose connection is open: each holds the lock of its id. Everybody may see the locks of others. */
export const selectMembers = `
  SELECT instance.id, instance.name, instance.version, instance.site_url AS "siteUrl", instance.settings,
    EXISTS (SELECT 1 FROM pg_locks AS lead WHERE lead.locktype = 'advisory' AND lead.database = held.database
      AND lead.classid = ${lockClass} AND lead.objid = ${leadersLock} AND lead.objsubid = 2
      AND lead.granted AND lead.pid = held.pid) AS leads
  FROM shared_instances AS instance JOIN pg_locks AS held ON held.locktype = 'advisory'
    AND held.classid = ${lockClass} AND held.objid::bigint = instance.id AND held.objsubid = 2 AND held.granted
    AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  ORDER BY instance.id`

/** The first 32 bits of a SHA-256: enough to see a difference, and too few to find out a secret. */
const brief = (site: string, text: string): string =>
  createHash("sha256").update(`${site}\0${text}`).digest("hex").slice(0, 8)

/** Hashes of the settings that all instances share. */
export const settingsHashes = (settings: SettingsValues): NamedValues =>
  Object.fromEntries(
    Object.entries(sharedSettings(settings)).map(([name, value]) => [name, brief(settings.siteUrl, `${name}=${value}`)])
  )

/** This instance among the others, as long as its connection is open. */
export interface Membership {
  readonly id: number
  /** Tries to become the leader; stays it until the connection ends. */
  readonly takeLead: Effect.Effect<boolean, DatabaseOpenFailed>
  /** All instances, this one included, and the clock of the database in epoch milliseconds. */
  readonly members: Effect.Effect<
    { readonly members: ReadonlyArray<Member>; readonly clock: number },
    DatabaseOpenFailed
  >
  /** Removes what instances left that are gone. */
  readonly tidy: Effect.Effect<void, DatabaseOpenFailed>
  /** Fails when the connection is lost. */
  readonly lost: Effect.Effect<never, DatabaseOpenFailed>
}

/** Opens a connection for this instance, which is a member until the scope ends. */
export const enter = (
  options: Omit<ConnectionOptions, "role" | "create">,
  name: string,
  settings: SettingsValues
): Effect.Effect<Membership, DatabaseOpenFailed, Scope.Scope> =>
  Effect.gen(function* () {
    const failed = (error: unknown) => toOpenFailed(options.address, error)
    const { client, lost, socket } = yield* Effect.acquireRelease(
      open({ ...options, role: "writer", create: false, purpose: "instance" }),
      ({ client, socket }) =>
        Effect.promise(async () => {
          // A polite end waits for a server that may be gone.
          const gone = setTimeout(() => socket.destroy(), 1_000)
          await client.end().catch(() => {})
          clearTimeout(gone)
        })
    )
    const query = (text: string, values: ReadonlyArray<unknown> = []) =>
      Effect.tryPromise({ try: () => rowsOf(client, text, values), catch: failed }).pipe(
        Effect.timeoutFail({
          duration: patience,
          onTimeout: () => {
            socket.destroy()
            return failed(new Error("timeout"))
          }
        })
      )

    yield* query(keepAlive)
    const [row] = yield* query(
      `SELECT id, pg_advisory_lock(${lockClass}, id::int) FROM nextval(pg_get_serial_sequence('shared_instances', 'id')) AS id`
    )
    const id = Number(row?.id)
    yield* query(
      "INSERT INTO shared_instances (id, name, version, site_url, settings, joined_at) VALUES ($1, $2, $3, $4, $5, $6)",
      [
        id,
        name,
        version,
        settings.siteUrl,
        JSON.stringify(settingsHashes(settings)),
        Math.floor(yield* Clock.currentTimeMillis)
      ]
    )
    return {
      id,
      takeLead: Effect.map(
        query(`SELECT pg_try_advisory_lock(${lockClass}, ${leadersLock}) AS taken`),
        ([row]) => row?.taken === 1
      ),
      members: Effect.gen(function* () {
        const [now] = yield* query("SELECT floor(extract(epoch FROM clock_timestamp()) * 1000) AS clock")
        const members = yield* Effect.mapError(membersFrom(yield* query(selectMembers)), failed)
        return { members, clock: Number(now?.clock) }
      }),
      tidy: Effect.asVoid(
        query(
          `DELETE FROM shared_instances WHERE id < $1 AND id NOT IN (SELECT objid::bigint FROM pg_locks
          WHERE locktype = 'advisory' AND classid = ${lockClass} AND objsubid = 2)`,
          [id]
        )
      ),
      lost: Effect.async((resume) => {
        const end = () => resume(Effect.fail(failed(new Error("terminated"))))
        if (lost() !== undefined) return end()
        client.once("end", end)
        client.once("error", end)
        return Effect.sync(() => {
          client.off("end", end)
          client.off("error", end)
        })
      })
    }
  })

const rowsOf = async (
  client: Client,
  text: string,
  values: ReadonlyArray<unknown>
): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> => {
  const { rows } = await client.query(text, values.length === 0 ? undefined : [...values])
  return rows ?? []
}
