import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import type { DatabaseOpenFailed } from "./Opening.js"
import { notStarted } from "./OperatorOnly.js"
import { TaggedFailure } from "./TaggedFailure.js"

/** A newer version wrote the database. */
export class SchemaTooNew extends TaggedFailure<SchemaTooNew>()(
  "SchemaTooNew",
  {
    found: Schema.Number,
    foundName: Schema.String,
    known: Schema.Number,
    writtenBy: Schema.String
  },
  { found: 2, foundName: "syndication", known: 1, writtenBy: "2.1.0" }
) {
  get info(): ErrorInfo {
    const { found, foundName, known, writtenBy } = this
    return {
      ...notStarted,
      code: "startup.schema_too_new",
      operator: {
        details: `The database is at migration ${found} (${foundName}), written by StarPunk ${writtenBy}; this version supports ${known}`,
        troubleshooting: [
          `Run StarPunk ${writtenBy} or newer`,
          "To keep this version, restore the backup made before the newer version was started"
        ]
      }
    }
  }
}

/** An applied migration differs from the one in this version. */
export class MigrationChanged extends TaggedFailure<MigrationChanged>()(
  "MigrationChanged",
  { id: Schema.Number, name: Schema.String },
  { id: 1, name: "initial" }
) {
  get info(): ErrorInfo {
    const { id, name } = this
    return {
      ...notStarted,
      code: "startup.migration_changed",
      operator: {
        details: `Migration ${id} (${name}) was applied to this database in a different form than this version contains`,
        troubleshooting: [
          "Run the released version that last opened this database: the program that runs now is modified or incomplete",
          "In development, move the data directory away: StarPunk then starts with an empty one"
        ]
      }
    }
  }
}

/** A migration failed and was rolled back completely. */
export class MigrationFailed extends TaggedFailure<MigrationFailed>()(
  "MigrationFailed",
  { id: Schema.Number, name: Schema.String, detail: Schema.String },
  { id: 2, name: "syndication", detail: "database or disk is full" }
) {
  get info(): ErrorInfo {
    const { detail, id, name } = this
    return {
      ...notStarted,
      code: "startup.migration_failed",
      operator: {
        details: `Migration ${id} (${name}) failed and was rolled back: ${detail}`,
        troubleshooting: [
          "Nothing was changed: the previous version still works with this database",
          "Check the free space with `df -h DIRECTORY` on the data directory: a migration may need as much as the size of the database",
          "If there is enough space, this is a bug in StarPunk. Report it with this text"
        ]
      }
    }
  }
}

/** Running servers use the database for a site at another address. */
export class SiteElsewhere extends TaggedFailure<SiteElsewhere>()(
  "SiteElsewhere",
  { instance: Schema.String, siteUrl: Schema.String },
  { instance: "blog-1", siteUrl: "https://blog.example" }
) {
  get info(): ErrorInfo {
    const { instance, siteUrl } = this
    return {
      ...notStarted,
      code: "startup.site_elsewhere",
      operator: {
        details: `The server ${instance} uses this database for the site ${siteUrl}`,
        troubleshooting: [
          "To run a separate site, create another database, and name it in STARPUNK_DATABASE_URL",
          "To run another instance of the existing site, set STARPUNK_SITE_URL to the address of that site",
          "To move the site to a new address, stop all of its servers first"
        ]
      }
    }
  }
}

const listening: Record<ListenFailed["reason"], ReadonlyArray<string>> = {
  in_use: [
    "Run `ss -ltnp` to see which program uses the port: StarPunk may already be running",
    "Choose another port: `STARPUNK_PORT=8001 starpunk serve`"
  ],
  not_permitted: [
    "Ports below 1024 need privileges: set STARPUNK_PORT to a higher port, and let a proxy listen on 80 and 443"
  ],
  address_unknown: ["Set STARPUNK_HOST to an address of this server (`ip address` lists them), or to 0.0.0.0 for all"],
  unknown: ["`starpunk config show` prints STARPUNK_HOST and STARPUNK_PORT with their sources"]
}

/** The server cannot listen on the address. */
export class ListenFailed extends TaggedFailure<ListenFailed>()(
  "ListenFailed",
  {
    host: Schema.String,
    port: Schema.Number,
    reason: Schema.Literal("in_use", "not_permitted", "address_unknown", "unknown")
  },
  { host: "127.0.0.1", port: 8000, reason: "in_use" }
) {
  get info(): ErrorInfo {
    const { host, port, reason } = this
    return {
      ...notStarted,
      code: "startup.listen_failed",
      operator: {
        details: `Cannot listen on ${host}, port ${port} (${reason.replaceAll("_", " ")})`,
        troubleshooting: listening[reason]
      }
    }
  }
}

const activation: Record<ActivationUnusable["reason"], { details: string; step: string }> = {
  several: {
    details: "systemd passed more than one socket",
    step: "Use one `ListenStream=` in the socket unit: `ListenStream=[::]:8000` accepts IPv4 and IPv6"
  },
  not_tcp: {
    details: "it is not a TCP socket",
    step: "Set `ListenStream=` to an address and a port, not to a path: other sockets do not provide client addresses"
  },
  not_listening: {
    details: "the socket is not listening",
    step: "Use `ListenStream=` and `Accept=no` in the socket unit"
  }
}

/** The server cannot use the socket from the service manager. */
export class ActivationUnusable extends TaggedFailure<ActivationUnusable>()(
  "ActivationUnusable",
  {
    reason: Schema.Literal("several", "not_tcp", "not_listening"),
    /** Number of sockets from the service manager. */
    sockets: Schema.Number
  },
  { reason: "several", sockets: 2 }
) {
  get info(): ErrorInfo {
    const { reason, sockets } = this
    return {
      ...notStarted,
      code: "startup.activation_unusable",
      operator: {
        details: `LISTEN_FDS is ${sockets}, and ${activation[reason].details}`,
        troubleshooting: [
          activation[reason].step,
          "`systemctl cat starpunk.socket` shows the socket unit; docs/deployment/systemd.md has a working one"
        ]
      }
    }
  }
}

/** One problem in the configuration. `given` never contains a secret. */
export const ConfigurationProblem = Schema.Struct({
  /** The full name of the setting, or the unknown name. */
  name: Schema.String,
  /** A description of a valid value. */
  expected: Schema.String,
  /** The given value, or a description of it for secrets. Absent if there is none. */
  given: Schema.optional(Schema.String),
  /** Source of the value: `environment`, `.env`, a file's path, or `default`. */
  source: Schema.String,
  suggestion: Schema.String
})

/** All problems in the configuration. */
export class ConfigurationInvalid extends TaggedFailure<ConfigurationInvalid>()(
  "ConfigurationInvalid",
  { problems: Schema.Array(ConfigurationProblem) },
  {
    problems: [
      {
        name: "STARPUNK_PORT",
        expected: "a port number from 1 to 65535",
        given: "eighty",
        source: "environment",
        suggestion: "Set STARPUNK_PORT=8000, or leave it out"
      }
    ]
  }
) {
  get info(): ErrorInfo {
    const { problems } = this
    return {
      ...notStarted,
      code: "config.invalid",
      operator: {
        details: `Invalid configuration, ${problems.length === 1 ? "one problem" : `${problems.length} problems`}: ${problems
          .map(({ expected, given, name, source }) =>
            given === undefined
              ? `${name} must be ${expected} (${source})`
              : `${name} must be ${expected}, but is ${given} (${source})`
          )
          .join("; ")}`,
        troubleshooting: [
          ...problems.map(({ name, suggestion }) => `${name}: ${suggestion}`),
          "`starpunk check-config` checks every setting without starting the server",
          "`starpunk config show` prints every value and its source"
        ]
      }
    }
  }
}

/** Failures of the start. */
export type StartupFailure =
  | DatabaseOpenFailed
  | SchemaTooNew
  | MigrationChanged
  | MigrationFailed
  | SiteElsewhere
  | ListenFailed
  | ActivationUnusable
  | ConfigurationInvalid
