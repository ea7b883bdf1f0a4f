import { Duration, Option } from "effect"
import { isConfidential } from "../domain/indieauth/ConfidentialAddress.js"
import { profileElsewhere } from "../domain/indieauth/ProfileUrl.js"
import type { SettingsValues } from "./Config.js"
import type { DatabaseAddress } from "./DatabaseAddress.js"
import type { Warning } from "./Sources.js"

/** A rule that binds settings to one another. */
interface Rule {
  /**
   * The settings it looks at; the first is the one that is reported. The rule rests while one of them cannot be read.
   */
  readonly settings: readonly [string, ...Array<string>]
  readonly broken: (values: SettingsValues, given: (name: string) => boolean) => boolean
}

/** A rule that must hold. */
export interface Must extends Rule {
  readonly expected: string
  readonly suggestion: string
}

/** A rule whose breach is worth a word. */
export interface Should extends Rule {
  readonly message: Warning["message"]
  readonly suggestion: string
}

const isProduction = (values: SettingsValues): boolean => values.environment === "production"

const overHttps = (values: SettingsValues): boolean => values.siteUrl.startsWith("https://")

const isEncrypted = (address: DatabaseAddress): boolean => address.isEncrypted

/** Settings without which no request to an object store can be signed. */
const keysOfTheStore = ["STARPUNK_MEDIA_ACCESS_KEY_ID", "STARPUNK_MEDIA_SECRET_ACCESS_KEY"]

const isLoopback = (url: string): boolean => /^http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::|\/|$)/.test(url)

/** Rules between settings that hold before the server starts. */
export const musts: ReadonlyArray<Must> = [
  {
    settings: ["STARPUNK_SITE_URL", "STARPUNK_ENV"],
    broken: (values, given) => isProduction(values) && (!given("STARPUNK_SITE_URL") || !overHttps(values)),
    expected: "an https:// address in production",
    // Without TLS the session cookie cannot be `Secure`, and clients refuse to send tokens.
    suggestion: "Set it to the public address of the site, such as `https://blog.example`"
  },
  {
    settings: ["STARPUNK_DEV_MODE", "STARPUNK_ENV"],
    broken: (values) => isProduction(values) && values.devMode,
    expected: "`false` in production, because it lets everyone log in",
    suggestion: "Remove it, or set STARPUNK_ENV=development on your own machine"
  },
  {
    settings: ["STARPUNK_SESSION_TIMEOUT", "STARPUNK_SESSION_MAX_AGE"],
    broken: ({ session }) => Duration.greaterThan(session.idleTimeout, session.maxAge),
    expected: "at most STARPUNK_SESSION_MAX_AGE, the absolute limit of a session",
    suggestion: "Lower it, or raise STARPUNK_SESSION_MAX_AGE"
  },
  {
    settings: ["STARPUNK_SEARCH_ENGINE", "STARPUNK_SEARCH_ENABLED"],
    broken: ({ search }) => search.engine === "fts5" && !search.enabled,
    expected: "`auto` if STARPUNK_SEARCH_ENABLED is `false`",
    suggestion: "Remove one of the two"
  },
  {
    settings: ["STARPUNK_SEARCH_ENGINE", "STARPUNK_DATABASE_URL"],
    broken: ({ database, search }) => Option.isSome(database.address) && search.engine === "fts5",
    expected: "`auto` or `fallback` with STARPUNK_DATABASE_URL, because FTS5 is a part of SQLite",
    suggestion: "Remove it: search in PostgreSQL uses its extension pg_trgm"
  },
  {
    settings: ["STARPUNK_BACKUP_DIRECTORY", "STARPUNK_DATABASE_URL"],
    broken: ({ backup, database }) => Option.isSome(database.address) && Option.isSome(backup.directory),
    expected: "unset with STARPUNK_DATABASE_URL, because scheduled backups copy the SQLite file",
    suggestion:
      "Remove it, and back up PostgreSQL with `pg_dump` or its own tools, and the data directory with the media"
  },
  {
    settings: ["STARPUNK_MEDIA_PUBLIC_URL", "STARPUNK_SITE_URL"],
    broken: (values) =>
      overHttps(values) && Option.exists(values.objectStore.publicUrl, (url) => !url.startsWith("https:")),
    expected: "an https:// address for a site with https, because browsers load no media of such a page over http",
    suggestion: "Use the https:// address of the bucket, or remove it: the server then passes files on"
  },
  ...keysOfTheStore.map(
    (name): Must => ({
      settings: [name, "STARPUNK_MEDIA_URL"],
      broken: ({ objectStore }, given) => Option.isSome(objectStore.address) && !given(name),
      expected: "set with STARPUNK_MEDIA_URL, because every request to an object store is signed",
      suggestion: `Set it, or ${name}_FILE to the path of a file that holds it`
    })
  ),
  {
    settings: ["STARPUNK_DATABASE_PATH", "STARPUNK_DB_CONNECTION_POOL_SIZE"],
    broken: ({ databasePath }) => databasePath === ":memory:",
    expected: "the path of a file, because every connection to `:memory:` has its own database",
    suggestion: "For a temporary site, use a file in a temporary directory: `/tmp/starpunk.db`"
  }
]

/** Settings of the SQLite file, which have no effect on PostgreSQL. */
const ofTheFile = [
  "STARPUNK_DATABASE_PATH",
  "STARPUNK_DB_SYNCHRONOUS",
  "STARPUNK_DB_CHECKPOINTS",
  "STARPUNK_SQLITE_BINDING"
]

/** Combinations of settings that work and get a warning. */
export const shoulds: ReadonlyArray<Should> = [
  {
    settings: ["STARPUNK_DEV_MODE"],
    broken: (values) => values.devMode,
    message: "Everyone who can reach the server can log in",
    suggestion: "Set STARPUNK_HOST to a loopback address, and remove STARPUNK_DEV_MODE when you are done"
  },
  {
    settings: ["STARPUNK_ENV", "STARPUNK_SITE_URL"],
    broken: (values) => !isProduction(values) && overHttps(values),
    message: "The site has an https:// address but runs in development mode",
    suggestion: "Set STARPUNK_ENV=production on a public site"
  },
  {
    settings: ["STARPUNK_ADMIN_ME", "STARPUNK_ENV", "STARPUNK_OUTBOUND_ALLOW"],
    broken: (values) => Option.exists(profileElsewhere(values), (me) => !isConfidential(me, values)),
    message: "The owner's page does not use https, so the provider that it declares cannot be trusted",
    suggestion: "Use https://. Until then, only this site's own tokens and logins work"
  },
  ...ofTheFile.map(
    (name): Should => ({
      settings: [name, "STARPUNK_DATABASE_URL"],
      broken: ({ database }, given) => Option.isSome(database.address) && given(name),
      message: "The setting has no effect, because STARPUNK_DATABASE_URL is set",
      suggestion: "Remove one of the two: the setting is for a site in a SQLite file"
    })
  ),
  {
    settings: ["STARPUNK_DATABASE_CA", "STARPUNK_DATABASE_URL"],
    broken: ({ database }) => Option.isSome(database.authority) && !Option.exists(database.address, isEncrypted),
    message: "The setting has no effect, because no connection to PostgreSQL is encrypted",
    suggestion: "Remove it, or let STARPUNK_DATABASE_URL end with `?sslmode=verify-full`"
  },
  {
    settings: ["STARPUNK_MEDIA_PUBLIC_URL", "STARPUNK_MEDIA_URL"],
    broken: ({ objectStore }, given) => Option.isNone(objectStore.address) && given("STARPUNK_MEDIA_PUBLIC_URL"),
    message: "The setting has no effect, because STARPUNK_MEDIA_URL is not set",
    suggestion: "Remove it, or set STARPUNK_MEDIA_URL to the bucket of the media"
  },
  {
    settings: ["STARPUNK_MEDIA_ENDPOINT", "STARPUNK_MEDIA_URL"],
    broken: ({ objectStore: { address, endpoint } }) =>
      Option.isSome(address) && Option.exists(endpoint, (url) => url.startsWith("http:") && !isLoopback(url)),
    message: "Connections to the object store are not encrypted",
    suggestion: "Use https://, unless the network between both is yours alone"
  },
  {
    settings: ["STARPUNK_TRUSTED_PROXIES"],
    broken: ({ trustedProxies }) => trustedProxies.some((block) => block.endsWith("/0")),
    message: "Every client can forge its address",
    suggestion: "List only your proxies, such as `10.0.0.0/8`"
  },
  {
    settings: ["STARPUNK_SITE_URL", "STARPUNK_PORT"],
    broken: (values, given) => values.port === 0 && !given("STARPUNK_SITE_URL"),
    message: "The port is chosen at start, so the site's links are wrong",
    suggestion: "Set STARPUNK_PORT or STARPUNK_SITE_URL"
  }
]
