import { Socket } from "node:net"
import { Effect, Redacted } from "effect"
import { Client, type ClientConfig } from "pg"
import { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { PoolName } from "../../../src/services/SqlPool.js"
import type { DatabaseAddress } from "../../../src/settings/DatabaseAddress.js"
import { codeOf } from "../../files/ErrorCode.js"
import { shown } from "./Address.js"

/** Options of a connection. */
export interface ConnectionOptions {
  readonly address: DatabaseAddress
  /** Certificates of authorities in PEM, for a server whose certificate is signed by none that Node knows. */
  readonly authority?: string | undefined
  /** A reader can never write, with any statement. */
  readonly role: PoolName
  /** Whether the database may be new, and is checked to be ours or empty. */
  readonly create: boolean
  /** How long a statement waits for a lock. */
  readonly busyTimeoutMillis: number
  /** What it is for, in the view `pg_stat_activity`; the role when absent. */
  readonly purpose?: string
}

/** An open connection, and its socket, which can be cut off at any time. */
export interface Connected {
  readonly client: Client
  readonly socket: Socket
  /** The history that the server writes, of a writer's connection; unknown where the server does not tell. */
  readonly timeline: string | undefined
  /** Why the connection is lost, also if that was before anybody listened. */
  readonly lost: () => string | undefined
}

/** How long connecting may take. Milliseconds. */
const connectMillis = 5_000

/** How long a statement may run, and how long a transaction may do nothing, before the server ends it. Milliseconds. */
export const statementMillis = 30_000
const idleInTransactionMillis = 5_000

/** The oldest supported version. */
const oldestVersion = 14

const oids = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, numeric: 1700, float4: 700, float8: 701 }

const asNumber = (text: string) => Number(text)
const asFlag = (text: string) => (text === "t" ? 1 : 0)
const asBytes = (text: string) => Buffer.from(text.slice(2), "hex")
const asText = (text: string) => text

/** Values as SQLite has them: every number is a number, a truth value is 0 or 1, and everything else is a text. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [oids.bool]: asFlag,
  [oids.bytea]: asBytes,
  ...Object.fromEntries(
    [oids.int8, oids.int2, oids.int4, oids.numeric, oids.float4, oids.float8].map((oid) => [oid, asNumber])
  )
}

const types = { getTypeParser: (oid: number) => parsers[oid] ?? asText }

const configOf = (options: ConnectionOptions, socket: Socket): ClientConfig => {
  const { address, authority, busyTimeoutMillis, role } = options
  return {
    host: address.host,
    port: address.port,
    user: address.user,
    database: address.database,
    // A function, so that neither the environment nor a file of the user is asked for another password.
    password: () => Redacted.value(address.password),
    ssl: address.isEncrypted
      ? { rejectUnauthorized: true, ...(authority === undefined ? {} : { ca: authority }) }
      : false,
    application_name: `starpunk ${options.purpose ?? role}`,
    connectionTimeoutMillis: connectMillis,
    keepAlive: true,
    lock_timeout: Math.max(1, busyTimeoutMillis),
    statement_timeout: statementMillis,
    idle_in_transaction_session_timeout: idleInTransactionMillis,
    options: role === "reader" ? "-c default_transaction_read_only=on" : "",
    stream: () => socket,
    types: types as NonNullable<ClientConfig["types"]>
  }
}

type OpenReason = DatabaseOpenFailed["reason"]

const reasonByState: Readonly<Record<string, OpenReason>> = {
  "28P01": "unauthenticated",
  "28000": "unauthenticated",
  "3D000": "database_missing",
  "42501": "schema_not_permitted",
  "53300": "too_many_connections",
  "57P03": "recovering"
}

const reasonOf = (error: unknown): OpenReason => {
  const code = codeOf(error)
  const message = error instanceof Error ? error.message : String(error)
  const known = reasonByState[code]
  if (known !== undefined) return known
  if (/unsupported startup parameter/.test(message)) return "pooler"
  if (/^SASL|password/i.test(message)) return "unauthenticated"
  if (/^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO|HOSTNAME)/.test(code)) return "tls"
  if (/SSL|TLS|certificate/.test(message)) return "tls"
  if (/^(08|57P|E[A-Z]+$)/.test(code) || /timeout|terminated/.test(message)) return "unreachable"
  return "unknown"
}

/** Classifies an error of opening a connection. */
export const toOpenFailed = (address: DatabaseAddress, error: unknown): DatabaseOpenFailed =>
  error instanceof DatabaseOpenFailed
    ? error
    : new DatabaseOpenFailed({
        reason: reasonOf(error),
        path: shown(address),
        detail: error instanceof Error && error.message !== "" ? error.message : codeOf(error) || String(error)
      })

/** What a new connection says about its server, and what is in its schema. */
interface Server {
  readonly version: number
  readonly versionText: string
  readonly encoding: string
  readonly recovering: number
  readonly statementMillis: string
  readonly schema: string | null
  readonly mayCreate: number | null
  readonly ours: number
  readonly others: number
}

const describe = `SELECT current_setting('server_version_num')::int AS version,
  current_setting('server_version') AS "versionText", current_setting('server_encoding') AS encoding,
  pg_is_in_recovery() AS recovering,
  (SELECT setting FROM pg_settings WHERE name = 'statement_timeout') AS "statementMillis", current_schema() AS schema,
  has_schema_privilege(current_schema(), 'CREATE') AS "mayCreate",
  (SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('migrations')
    AND attname IN ('checksum', 'applied_by')) AS ours,
  (SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace) AS others`

/** Why a server or its database cannot be used. */
const objection = (server: Server, create: boolean): readonly [OpenReason, string] | undefined => {
  if (Math.floor(server.version / 10_000) < oldestVersion) return ["server_version", `PostgreSQL ${server.versionText}`]
  if (server.encoding !== "UTF8") return ["encoding", `its encoding is ${server.encoding}`]
  if (server.recovering === 1) return ["recovering", "the server is a standby, or recovers from a crash"]
  if (server.statementMillis !== String(statementMillis)) return ["pooler", "the settings of a new connection are lost"]
  if (server.schema === null) return ["schema_not_permitted", "no schema of the search path exists"]
  if (!create || server.ours === 2) return undefined
  if (server.others > 0) return ["foreign_database", `schema ${server.schema} has ${server.others} tables of others`]
  if (server.mayCreate !== 1) return ["schema_not_permitted", `no tables may be created in schema ${server.schema}`]
  return undefined
}

/** Never lower than what the server is set to: a commit is on its disk, and on that of a synchronous standby. */
const durable =
  "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local')"

/** Another after each promotion of a standby. https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-TIMELINES */
const timelineOf = (client: Client): Promise<string | undefined> =>
  client.query<{ readonly timeline: string }>("SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8) AS timeline").then(
    ({ rows }) => rows[0]?.timeline,
    () => undefined
  )

const connect = async (options: ConnectionOptions, signal: AbortSignal): Promise<Connected> => {
  const socket = new Socket()
  const client = new Client(configOf(options, socket))
  let lost: string | undefined
  // Without a listener, an error of an idle connection would end the process.
  client.on("error", ({ message }) => {
    lost ??= message
  })
  client.on("end", () => {
    lost ??= "the server closed the connection"
  })
  const giveUp = () => socket.destroy()
  signal.addEventListener("abort", giveUp)
  try {
    await client.connect()
    const { rows } = await client.query<Server>(describe)
    const [server] = rows
    const refusal = server === undefined ? undefined : objection(server, options.create)
    if (refusal !== undefined) {
      const [reason, detail] = refusal
      throw new DatabaseOpenFailed({ reason, path: shown(options.address), detail })
    }
    if (options.role === "reader") return { client, socket, timeline: undefined, lost: () => lost }
    await client.query(durable)
    return { client, socket, timeline: await timelineOf(client), lost: () => lost }
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    signal.removeEventListener("abort", giveUp)
  }
}

/** Opens a connection and checks its server; interruption leaves none open. */
export const open = (options: ConnectionOptions): Effect.Effect<Connected, DatabaseOpenFailed> =>
  Effect.tryPromise({
    try: (signal) => connect(options, signal),
    catch: (error) => toOpenFailed(options.address, error)
  })
