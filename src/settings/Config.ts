import { Context, type Duration, type Option, type Redacted } from "effect"
import type { Level } from "../services/Logger.js"
import type { Warning } from "./Sources.js"

/** Every setting's decoded value. `settings/table/` has the names, defaults and descriptions. */
export interface SettingsValues {
  readonly environment: "development" | "production"
  readonly host: string
  readonly port: number
  /** Absolute, without a trailing slash; the only source of absolute addresses, never the Host header. */
  readonly siteUrl: string
  /** Origins that the site had before, latest first. */
  readonly formerUrls: ReadonlyArray<string>
  readonly siteName: string
  readonly siteDescription: string
  readonly siteAuthor: string
  /** BCP 47 language of the posts and pages. */
  readonly siteLanguage: string
  /** IANA name of the time zone for posts and times without an offset. */
  readonly siteTimeZone: string
  readonly dataPath: string
  readonly databasePath: string
  readonly media: {
    /** The largest file that is taken; 1 MB is 1,048,576 bytes. */
    readonly maxSizeMb: number
  }
  readonly logLevel: Level
  readonly logFormat: "json" | "pretty"
  readonly database: {
    /** Reader connections; the writer comes on top. */
    readonly readers: number
    readonly acquireTimeout: Duration.Duration
    /** How long SQLite itself waits for another process's lock, on the connection's own thread. */
    readonly busyTimeout: Duration.Duration
    readonly synchronous: "full" | "normal"
    /** Who checkpoints the write-ahead log: the server, or another program that replicates it. */
    readonly checkpoints: "own" | "external"
    /** Path of a better-sqlite3 native addon to load instead of the installed one, for a SQLite with other build options. */
    readonly sqliteBinding: Option.Option<string>
  }
  readonly backup: {
    /** Where the server keeps its own backups; it makes none when absent. */
    readonly directory: Option.Option<string>
    /** From one to the next. */
    readonly interval: Duration.Duration
    /** How many are kept, at least one. */
    readonly keep: number
  }
  readonly search: {
    readonly enabled: boolean
    readonly engine: "auto" | "fts5" | "fallback"
  }
  readonly session: {
    readonly idleTimeout: Duration.Duration
    readonly maxAge: Duration.Duration
  }
  readonly health: {
    readonly detailed: boolean
    readonly token: Option.Option<Redacted.Redacted>
    readonly memoryThresholdMb: number
  }
  readonly telemetry: {
    /** The collector's address, without a trailing slash; absent: export disabled. */
    readonly endpoint: Option.Option<string>
    /** As they are written: `name=value,…`. */
    readonly headers: Option.Option<Redacted.Redacted>
    readonly signals: ReadonlyArray<"traces" | "logs" | "metrics">
    readonly serviceName: string
  }
  /** Addresses or CIDR blocks of trusted proxies. */
  readonly trustedProxies: ReadonlyArray<string>
  readonly drain: {
    readonly delay: Duration.Duration
    readonly deadline: Duration.Duration
  }
  readonly rateLimitEnabled: boolean
  /** Adds `includeSubDomains` to Strict-Transport-Security. */
  readonly hstsSubdomains: boolean
  /** Memory for rendered pages, in MiB; 0 turns the page cache off. */
  readonly pageCacheMb: number
  readonly outboundAllow: ReadonlyArray<string>
  readonly indieauth: {
    /** Whether apps without PKCE are left to the owner's decision, or refused. */
    readonly pkce: "ask" | "required"
  }
  /** The owner's identity URL; the site itself when absent. */
  readonly adminMe: Option.Option<string>
  readonly devMode: boolean
}

/** The settings this process runs with, decoded once at start. */
export class Settings extends Context.Tag("starpunk/Settings")<Settings, SettingsValues>() {}

/** One setting as it is in effect. */
export interface SettingInEffect {
  readonly name: string
  /** As it would be written; of secrets only the length, empty when there is none. */
  readonly value: string
  /** `environment`, `.env`, a file's path, or `default`. */
  readonly source: string
}

/** Where the settings of this process come from, and what is odd about them. Holds no secret. */
export class SettingsReport extends Context.Tag("starpunk/SettingsReport")<
  SettingsReport,
  {
    /** Every setting, in the order of the documentation. */
    readonly entries: ReadonlyArray<SettingInEffect>
    readonly warnings: ReadonlyArray<Warning>
  }
>() {}
