import type { SettingsValues } from "./Config.js"
import { table } from "./Table.js"

/** Settings that belong to one machine or process. All others have to be the same for every instance of a site. */
export const ownSettings: ReadonlySet<string> = new Set([
  "STARPUNK_HOST",
  "STARPUNK_PORT",
  "STARPUNK_INSTANCE",
  "STARPUNK_TRUSTED_PROXIES",
  "STARPUNK_DRAIN_DELAY",
  "STARPUNK_DRAIN_DEADLINE",
  "STARPUNK_PAGE_CACHE_SIZE",
  "STARPUNK_DATA_PATH",
  "STARPUNK_DATABASE_PATH",
  "STARPUNK_DATABASE_URL",
  "STARPUNK_DATABASE_CA",
  "STARPUNK_DB_CONNECTION_POOL_SIZE",
  "STARPUNK_DB_CONNECTION_TIMEOUT",
  "STARPUNK_DB_WRITE_TIMEOUT",
  "STARPUNK_DB_BUSY_TIMEOUT",
  "STARPUNK_DB_SYNCHRONOUS",
  "STARPUNK_DB_CHECKPOINTS",
  "STARPUNK_SQLITE_BINDING",
  "STARPUNK_LOG_LEVEL",
  "STARPUNK_LOG_FORMAT",
  "STARPUNK_MEMORY_THRESHOLD_MB",
  "STARPUNK_OTLP_ENDPOINT",
  "STARPUNK_OTLP_HEADERS",
  "STARPUNK_OTLP_SIGNALS",
  "STARPUNK_OTLP_SERVICE_NAME"
])

/** Values by the names of settings. */
export type NamedValues = Readonly<Record<string, string>>

/** The settings that all instances of a site share, as a user would write them. Holds secrets. */
export const sharedSettings = (values: SettingsValues): NamedValues =>
  Object.fromEntries(
    table.flatMap(({ name, write }) => (ownSettings.has(name) ? [] : [[name, write(values)] as const]))
  )

/** Names of the settings that differ. One that only one side knows is of another version, and does not count. */
export const differingSettings = (a: NamedValues, b: NamedValues): ReadonlyArray<string> =>
  Object.keys(a).filter((name) => Object.hasOwn(b, name) && a[name] !== b[name])
