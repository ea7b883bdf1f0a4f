import { expect, it } from "@effect/vitest"
import { Duration, Effect, Either, Option, Redacted } from "effect"
import { describe } from "vitest"
import { resolve } from "../../../src/settings/Resolve.js"
import type { NamedFile, Sources } from "../../../src/settings/Sources.js"

const machine = { cores: 8 }

interface Given {
  readonly environment?: Readonly<Record<string, string>>
  readonly dotEnv?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, NamedFile>>
}

const sources = ({ dotEnv = {}, environment = {}, files = {} }: Given): Sources => ({
  variables: [
    { source: "environment", values: environment },
    { source: ".env", values: dotEnv }
  ],
  files: new Map(Object.entries(files)),
  problems: []
})

const file = (text: string, worldReadable = false): NamedFile => ({ _tag: "Text", text, worldReadable })

const resolved = (given: Given) => resolve(sources(given), machine)

const values = (environment: Readonly<Record<string, string>>) =>
  Effect.map(resolved({ environment }), (settings) => settings.values)

const problems = (given: Given) => Effect.map(Effect.flip(resolved(given)), (failure) => failure.problems)

const problem = (name: string, text: string) =>
  Effect.map(problems({ environment: { [name]: text } }), (all) => {
    expect(all).toHaveLength(1)
    return all[0]
  })

const warnings = (given: Given) => Effect.map(resolved(given), ({ report }) => report.warnings)

describe("Settings in effect", () => {
  it.effect("development needs no settings", () =>
    Effect.gen(function* () {
      const settings = yield* values({})
      expect(settings).toMatchObject({
        environment: "development",
        host: "127.0.0.1",
        port: 8000,
        siteUrl: "http://localhost:8000",
        siteName: Option.none(),
        siteLanguage: Option.none(),
        dataPath: "data",
        databasePath: "data/starpunk.db",
        logLevel: "INFO",
        logFormat: "pretty",
        trustedProxies: [],
        outboundAllow: ["localhost", "127.0.0.1", "::1"],
        rateLimitEnabled: true,
        hstsSubdomains: false,
        devMode: false
      })
      expect(settings.database.readers).toBe(4)
      expect(Duration.toMillis(settings.session.idleTimeout)).toBe(30 * 24 * 3_600_000)
      expect(Duration.toMillis(settings.session.maxAge)).toBe(90 * 24 * 3_600_000)
      expect(Option.isNone(settings.adminMe)).toBe(true)
    })
  )

  it.effect("production needs its address, and then logs JSON and trusts no private host", () =>
    Effect.gen(function* () {
      const settings = yield* values({ STARPUNK_ENV: "production", STARPUNK_SITE_URL: "https://Blog.Example/" })
      expect(settings).toMatchObject({ siteUrl: "https://blog.example", logFormat: "json", outboundAllow: [] })
    })
  )

  it.effect("some defaults depend on other settings", () =>
    Effect.gen(function* () {
      const settings = yield* values({ STARPUNK_PORT: "8123", STARPUNK_DATA_PATH: "/srv/site/" })
      expect(settings).toMatchObject({ siteUrl: "http://localhost:8123", databasePath: "/srv/site/starpunk.db" })
    })
  )

  it.effect("the original's names without a prefix still work, with a warning", () =>
    Effect.gen(function* () {
      const { report, values } = yield* resolved({
        environment: { SITE_NAME: "River", SESSION_TIMEOUT: "60", DB_CONNECTION_TIMEOUT: "0.5", LOG_LEVEL: "warn" }
      })
      expect(values).toMatchObject({ siteName: Option.some("River"), logLevel: "WARNING" })
      expect(Duration.toMillis(values.session.idleTimeout)).toBe(60_000)
      expect(Duration.toMillis(values.database.acquireTimeout)).toBe(500)
      expect(report.entries).toContainEqual({
        name: "STARPUNK_SITE_NAME",
        value: "River",
        source: "environment, as SITE_NAME"
      })
    })
  )

  it.effect("ENV is read as STARPUNK_ENV only if it has a value of STARPUNK_ENV", () =>
    Effect.gen(function* () {
      expect(yield* values({ ENV: "/etc/shinit" })).toMatchObject({ environment: "development" })
      expect(yield* values({ ENV: "production", STARPUNK_ENV: "development" })).toMatchObject({
        environment: "development"
      })
      expect(yield* values({ ENV: "production", SITE_URL: "https://a.example" })).toMatchObject({
        environment: "production"
      })
    })
  )

  it.effect("the environment overrides .env, .env overrides the default, and an empty variable counts as unset", () =>
    Effect.gen(function* () {
      const { report, values } = yield* resolved({
        environment: { STARPUNK_PORT: "1111", STARPUNK_HOST: "" },
        dotEnv: { STARPUNK_PORT: "2222", STARPUNK_HOST: "0.0.0.0" }
      })
      expect(values).toMatchObject({ port: 1111, host: "0.0.0.0", siteName: Option.none() })
      const source = (name: string) => report.entries.find((entry) => entry.name === name)?.source
      expect([source("STARPUNK_PORT"), source("STARPUNK_HOST"), source("STARPUNK_SITE_NAME")]).toEqual([
        "environment",
        ".env",
        "default"
      ])
    })
  )

  it.effect("a value may come from a file, without its last newline", () =>
    Effect.gen(function* () {
      const { report, values } = yield* resolved({
        environment: { STARPUNK_HEALTH_TOKEN_FILE: "/run/token" },
        files: { "/run/token": file("s3cret-token-that-is-long\n") }
      })
      expect(Option.map(values.health.token, Redacted.value)).toEqual(Option.some("s3cret-token-that-is-long"))
      expect(report.entries).toContainEqual({
        name: "STARPUNK_HEALTH_TOKEN",
        value: "a secret of 25 characters",
        source: "/run/token"
      })
      expect(report.warnings).toEqual([])
    })
  )

  it.effect.each([
    ["WARNING", "WARNING"],
    ["warn", "WARNING"],
    ["Fatal", "CRITICAL"],
    ["critical", "CRITICAL"],
    ["debug", "DEBUG"]
  ] as const)("level %s is %s", ([text, level]) =>
    Effect.map(values({ STARPUNK_LOG_LEVEL: text }), (settings) => expect(settings.logLevel).toBe(level))
  )
})

describe("Reports of all problems", () => {
  it.effect("seven faults give one report of seven", () =>
    Effect.gen(function* () {
      const found = yield* problems({
        environment: {
          STARPUNK_ENV: "production",
          STARPUNK_SITE_URL: "http://blog.example",
          STARPUNK_PORT: "80800",
          STARPUNK_LOG_LEVEL: "WARNNG",
          STARPUNK_SESSION_TIMEOUT: "30d",
          STARPUNK_HEALTH_TOKEN: "two words",
          STARPUNK_SESION_MAX_AGE: "100",
          STARPUNK_DATA_PATH: "a",
          DATA_PATH: "b"
        }
      })
      expect(found.map(({ name, given, source, suggestion }) => ({ name, given, source, suggestion }))).toEqual([
        {
          name: "STARPUNK_DATA_PATH",
          given: "STARPUNK_DATA_PATH and DATA_PATH",
          source: "environment",
          suggestion: "Remove one of the two"
        },
        {
          name: "STARPUNK_PORT",
          given: "80800",
          source: "environment",
          suggestion: "Choose a number from 0 to 65535"
        },
        {
          name: "STARPUNK_SESSION_TIMEOUT",
          given: "30d",
          source: "environment",
          suggestion: "Write `2592000` without a unit: the unit is seconds"
        },
        {
          name: "STARPUNK_LOG_LEVEL",
          given: "WARNNG",
          source: "environment",
          suggestion: "Did you mean `WARNING`?"
        },
        {
          name: "STARPUNK_HEALTH_TOKEN",
          given: "a secret of 9 characters",
          source: "environment",
          suggestion: "Create a new one: `openssl rand -hex 32`"
        },
        {
          name: "STARPUNK_SITE_URL",
          given: "http://blog.example",
          source: "environment",
          suggestion: "Set it to the public address of the site, such as `https://blog.example`"
        },
        {
          name: "STARPUNK_SESION_MAX_AGE",
          given: undefined,
          source: "environment",
          suggestion: "Did you mean STARPUNK_SESSION_MAX_AGE?"
        }
      ])
      expect(found.every(({ expected }) => expected !== "")).toBe(true)
    })
  )

  it.effect.each([
    ["STARPUNK_DB_CONNECTION_POOL_SIZE", "0", "Choose a number from 1 to 64"],
    ["STARPUNK_DB_CONNECTION_POOL_SIZE", "65", "Choose a number from 1 to 64"],
    ["STARPUNK_DB_CONNECTION_POOL_SIZE", "2.5", "Write digits only, such as 4"],
    ["STARPUNK_DB_CONNECTION_TIMEOUT", "0", "Choose a number from 0.01 to 300"],
    ["STARPUNK_DB_BUSY_TIMEOUT", "5s", "Write `5000` without a unit: the unit is milliseconds"],
    ["STARPUNK_DRAIN_DEADLINE", "0", "Choose a number from 0.1 to 3600"],
    ["STARPUNK_SESSION_MAX_AGE", "-5", "Write a plain number of seconds"],
    ["STARPUNK_PORT", "tcp://10.0.0.1:80", "enableServiceLinks: false"],
    ["STARPUNK_HOST", "localhost:8000", "Write only the host"],
    ["STARPUNK_HOST", "[::1]", "without brackets"],
    ["STARPUNK_SITE_URL", "blog.example", "Did you mean `https://blog.example`?"],
    ["STARPUNK_SITE_URL", "ftp://blog.example", "https:// or http://"],
    ["STARPUNK_SITE_URL", "https://blog.example/notes", "write `https://blog.example`"],
    ["STARPUNK_SITE_URL", "https://blog.example?x=1", "Remove the `?`"],
    ["STARPUNK_ADMIN_ME", "https://ada.example/#me", "Remove the `#`"],
    ["STARPUNK_TRUSTED_PROXIES", "10.0.0.0/8, 10.0.0.256", "Correct `10.0.0.256`"],
    ["STARPUNK_TRUSTED_PROXIES", "::1/129", "from 0 to 128"],
    ["STARPUNK_SITE_LANGUAGE", "de_AT", "Did you mean `de-AT`?"],
    ["STARPUNK_SITE_TIMEZONE", "Berlin", "Did you mean `Europe/Berlin`?"],
    ["STARPUNK_SITE_TIMEZONE", "new york", "Did you mean `America/New_York`?"],
    ["STARPUNK_SITE_TIMEZONE", "Europe/Belin", "Did you mean `Europe/Berlin`"],
    ["STARPUNK_SITE_TIMEZONE", "GMT+2", "instead of an offset"],
    ["STARPUNK_SITE_TIMEZONE", "+02:00", "instead of an offset"],
    ["STARPUNK_SITE_TIMEZONE", "here", "Write `UTC`, or a region and city"],
    ["STARPUNK_SEARCH_ENGINE", "fts", "Did you mean `fts5`?"],
    ["STARPUNK_SEARCH_ENABLED", "ja", "Write `true` or `false`"],
    ["STARPUNK_LOG_LEVEL", "TRACE", "Write `DEBUG`"],
    ["STARPUNK_DATABASE_PATH", "sqlite:///data.db", "not a URL"],
    ["STARPUNK_DATABASE_PATH", ":memory:", "/tmp/starpunk.db"],
    ["STARPUNK_STARPUNK_PORT", "1", "Did you mean STARPUNK_PORT?"],
    ["starpunk_port", "1", "Did you mean STARPUNK_PORT?"],
    ["STARPUNK_HELTH_TOKEN_FILE", "x", "Did you mean STARPUNK_HEALTH_TOKEN_FILE?"],
    ["STARPUNK_QQQQQQQQ", "1", "`starpunk config show` lists all settings"]
  ] as const)("%s=%s is refused", ([name, text, suggestion]) =>
    Effect.map(problem(name, text), (found) => {
      expect(found?.name).toBe(name)
      expect(found?.suggestion).toContain(suggestion)
    })
  )

  it.effect("rules between settings", () =>
    Effect.gen(function* () {
      const names = (environment: Readonly<Record<string, string>>) =>
        Effect.map(problems({ environment }), (found) => found.map(({ name }) => name))
      expect(yield* names({ STARPUNK_ENV: "production" })).toEqual(["STARPUNK_SITE_URL"])
      expect(
        yield* names({ STARPUNK_ENV: "production", STARPUNK_SITE_URL: "https://a.example", STARPUNK_DEV_MODE: "true" })
      ).toEqual(["STARPUNK_DEV_MODE"])
      expect(yield* names({ STARPUNK_SESSION_TIMEOUT: "100", STARPUNK_SESSION_MAX_AGE: "99" })).toEqual([
        "STARPUNK_SESSION_TIMEOUT"
      ])
      expect(yield* names({ STARPUNK_SEARCH_ENGINE: "fts5", STARPUNK_SEARCH_ENABLED: "no" })).toEqual([
        "STARPUNK_SEARCH_ENGINE"
      ])
    })
  )

  it.effect("refuses a value together with a file, and two names with different values", () =>
    Effect.gen(function* () {
      const [both] = yield* problems({
        environment: { STARPUNK_SITE_NAME: "a", STARPUNK_SITE_NAME_FILE: "/name" },
        files: { "/name": file("a") }
      })
      expect(both).toMatchObject({
        name: "STARPUNK_SITE_NAME",
        expected: "the value itself or a file, not both",
        given: "STARPUNK_SITE_NAME and STARPUNK_SITE_NAME_FILE"
      })
      const agreeing = yield* values({ STARPUNK_SITE_NAME: "a", SITE_NAME: "a" })
      expect(agreeing.siteName).toEqual(Option.some("a"))
    })
  )

  it.effect("unusable files are problems of their setting", () =>
    Effect.gen(function* () {
      const found = yield* problems({
        environment: {
          STARPUNK_SITE_NAME_FILE: "/gone",
          STARPUNK_HEALTH_TOKEN_FILE: "hunter2",
          SITE_AUTHOR_FILE: "/e"
        },
        files: { "/gone": { _tag: "Unreadable", reason: "not_permitted" }, "/e": file("\n") }
      })
      expect(found.map(({ name, given }) => [name, given])).toEqual([
        ["STARPUNK_SITE_NAME", "/gone"],
        ["STARPUNK_SITE_AUTHOR", "an empty file"],
        ["STARPUNK_HEALTH_TOKEN", "a secret of 7 characters"]
      ])
    })
  )
})

describe("Warnings", () => {
  it.effect.each([
    ["SESION_TIMEOUT", "Did you mean SESSION_TIMEOUT?"],
    ["SITE_URI", "Did you mean SITE_URL?"],
    ["SESSION_SECRET", "need no signing key"],
    ["STARPUNK_INDIELOGIN_URL", "its own login provider"],
    ["FEED_CACHE_MAX_SIZE", "STARPUNK_PAGE_CACHE_SIZE"]
  ] as const)("%s is accepted with a warning", ([name, suggestion]) =>
    Effect.map(warnings({ environment: { [name]: "x" } }), (found) => {
      expect(found.map((warning) => warning.name)).toEqual([name])
      expect(found[0]?.suggestion).toContain(suggestion)
    })
  )

  it.effect("variables of Kubernetes and shells are ignored", () =>
    Effect.map(
      warnings({
        environment: {
          STARPUNK_SERVICE_HOST: "10.0.0.1",
          STARPUNK_SERVICE_PORT_HTTP: "80",
          STARPUNK_PORT_8000_TCP_ADDR: "10.0.0.1",
          ENV: "/etc/shinit",
          HOSTNAME: "pod",
          PATH: "/bin",
          SESSION_MANAGER: "local"
        }
      }),
      (found) => expect(found).toEqual([])
    )
  )

  it.effect("O9: an unknown value of STARPUNK_ENV is reported, wherever ENV comes from", () =>
    Effect.gen(function* () {
      expect(yield* warnings({ environment: { ENV: "prod" } })).toMatchObject([
        { name: "ENV", source: "environment", suggestion: expect.stringContaining("STARPUNK_ENV=production") }
      ])
      expect(yield* problems({ dotEnv: { ENV: "prod" } })).toMatchObject([
        { name: "STARPUNK_ENV", given: "prod", source: ".env, as ENV" }
      ])
      expect(yield* warnings({ dotEnv: { ENV: "/etc/shinit" } })).toEqual([])
    })
  )

  it.effect("O9: a setting without its prefix is reported; short names in the environment are for other programs", () =>
    Effect.gen(function* () {
      const names = (given: Given) => Effect.map(warnings(given), (found) => found.map(({ name }) => name))
      expect(
        yield* names({ environment: { BACKUP_DIRECTORY: "/b", HEALTH_TOKEN_FILE: "/t", HOST: "x", PORT: "1" } })
      ).toEqual(["BACKUP_DIRECTORY", "HEALTH_TOKEN_FILE"])
      expect(yield* names({ dotEnv: { PORT: "9000", COMPOSE_PROJECT_NAME: "blog" } })).toEqual(["PORT"])
    })
  )

  it.effect("O9: odd lines of .env are reported if they concern a setting", () =>
    Effect.map(
      resolve(
        {
          ...sources({ dotEnv: { STARPUNK_SITE_NAME: "C# notes" } }),
          warnings: ["STARPUNK_SITE_NAME", "OTHER"].map((name) => ({
            name,
            source: ".env",
            message: "m",
            suggestion: "s"
          }))
        },
        machine
      ),
      ({ report }) => expect(report.warnings.map(({ name }) => name)).toEqual(["STARPUNK_SITE_NAME"])
    )
  )

  it.effect("O11: variables of a Kubernetes Service named starpunk-… do no harm, and are reported with advice", () =>
    Effect.gen(function* () {
      const environment = {
        STARPUNK_WEB_SERVICE_HOST: "10.0.0.1",
        STARPUNK_WEB_SERVICE_PORT: "80",
        STARPUNK_WEB_PORT: "tcp://10.0.0.1:80",
        STARPUNK_WEB_PORT_80_TCP_ADDR: "10.0.0.1"
      }
      const found = yield* warnings({ environment })
      expect(found.map(({ name }) => name)).toEqual(Object.keys(environment))
      expect(found.every(({ suggestion }) => suggestion.includes("enableServiceLinks: false"))).toBe(true)
      expect(yield* problems({ environment: { STARPUNK_SERVER_PORT: "80" } })).toHaveLength(1)
    })
  )

  it.effect("warns of a secret that all can read, a development site on https, and open access", () =>
    Effect.gen(function* () {
      const found = yield* warnings({
        environment: {
          STARPUNK_HEALTH_TOKEN_FILE: "/token",
          STARPUNK_SITE_URL: "https://a.example",
          STARPUNK_DEV_MODE: "true",
          STARPUNK_TRUSTED_PROXIES: "0.0.0.0/0"
        },
        files: { "/token": file("0123456789abcdef", true) }
      })
      expect(found.map(({ name }) => name)).toEqual([
        "STARPUNK_HEALTH_TOKEN",
        "STARPUNK_DEV_MODE",
        "STARPUNK_ENV",
        "STARPUNK_TRUSTED_PROXIES"
      ])
    })
  )
})

it.effect("S14: a health token that can be guessed is refused with the command that makes a better one", () =>
  Effect.gen(function* () {
    const [short, ...others] = yield* problems({ environment: { STARPUNK_HEALTH_TOKEN: "fifteen-letters" } })
    expect(others).toEqual([])
    expect(short).toMatchObject({
      name: "STARPUNK_HEALTH_TOKEN",
      expected: "at least 16 visible ASCII characters without spaces",
      given: "a secret of 15 characters",
      suggestion: expect.stringContaining("openssl rand -hex 32")
    })
    expect((yield* values({ STARPUNK_HEALTH_TOKEN: "sixteen--letters" })).health.token).toMatchObject({ _tag: "Some" })
  })
)

it.effect("in production an owner's page over http causes a warning", () =>
  Effect.gen(function* () {
    const production = { STARPUNK_ENV: "production", STARPUNK_SITE_URL: "https://a.example" }
    const named = (environment: Readonly<Record<string, string>>) =>
      Effect.map(warnings({ environment }), (found) => found.map(({ name }) => name))
    expect(yield* named({ ...production, ADMIN_ME: "http://ada.example/" })).toEqual(["STARPUNK_ADMIN_ME"])
    expect(yield* named({ ...production, ADMIN_ME: "https://ada.example/" })).toEqual([])
    expect(yield* named({ ADMIN_ME: "http://ada.example/" })).toEqual([])
    const own = { ...production, ADMIN_ME: "http://ada.lan/", STARPUNK_OUTBOUND_ALLOW: "ada.lan" }
    expect(yield* named(own)).toEqual([])
  })
)

it.effect("the first problem does not hide the others", () =>
  Effect.gen(function* () {
    const outcome = yield* Effect.either(
      resolved({ environment: { STARPUNK_PORT: "x", STARPUNK_ENV: "production", STARPUNK_DEV_MODE: "on" } })
    )
    expect(Either.isLeft(outcome) && outcome.left.problems.map(({ name }) => name)).toEqual([
      "STARPUNK_PORT",
      "STARPUNK_SITE_URL",
      "STARPUNK_DEV_MODE"
    ])
  })
)
