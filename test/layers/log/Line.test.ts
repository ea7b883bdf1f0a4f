import { describe, expect, it } from "@effect/vitest"
import { Cause, Effect, FastCheck, HashMap, Option, Redacted } from "effect"
import { jsonLine, jsonLines } from "../../../layers/log/JsonLine.js"
import type { LogRecord } from "../../../layers/log/LogRecord.js"
import { prettyLine } from "../../../layers/log/PrettyLine.js"
import { QueryFailed } from "../../../src/errors/Database.js"
import type { Fields } from "../../../src/services/Logger.js"
import { runs } from "../../fixtures/Runs.js"

const record = (message: string, fields?: Fields, annotations: Readonly<Record<string, unknown>> = {}): LogRecord => ({
  time: 0,
  level: "INFO",
  logger: "starpunk.test",
  message,
  fields,
  annotations: HashMap.fromIterable(Object.entries(annotations))
})

const json = (fields: Fields): Record<string, unknown> => JSON.parse(jsonLine(record("event", fields)))

/** The same event as one of a kind whose first fields are known in advance. */
const repeated = (first: Fields, rest: Fields): Record<string, unknown> => {
  const line = jsonLines({ level: "INFO", logger: "starpunk.test", message: "event", fields: first })
  return JSON.parse(line(0, "an id", rest))
}

const pretty = prettyLine({ colour: false })

/** Characters that no line may contain: controls, format characters, separators and lone surrogates. */
const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** Any text, often with an attempt to forge a line or to control a terminal. */
const text = FastCheck.oneof(
  FastCheck.string({ unit: "binary" }),
  FastCheck.array(
    FastCheck.constantFrom(
      "\r\n",
      "\n{",
      "\u001b[2J",
      "\u009b31m",
      "\u2028",
      "\u202e",
      "\0",
      "\ud800",
      '"',
      "\\",
      " a=b",
      "é",
      "👩‍💻"
    ),
    { maxLength: 8 }
  ).map((parts) => parts.join(""))
)

/** Any value of any type. */
const anything = FastCheck.anything({
  key: text,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true
})

const fields = FastCheck.dictionary(text, FastCheck.oneof(anything, text))

const few = { fastCheck: { numRuns: runs(40, 100) } }

describe("any value, in any text", () => {
  it.effect.prop(
    "is one line of valid JSON with every field",
    [text, fields, fields],
    ([message, own, annotated]) =>
      Effect.sync(() => {
        const line = jsonLine(record(message, own, annotated))
        expect(line.endsWith("\n")).toBe(true)
        expect(line.slice(0, -1)).not.toMatch(obeyed)
        const parsed = JSON.parse(line)
        expect(parsed).toMatchObject({ timestamp: "1970-01-01T00:00:00.000Z", level: "INFO", logger: "starpunk.test" })
        if (parsed.truncated === true) return
        const names = new Set([...Object.keys(own), ...Object.keys(annotated)])
        const given = [...names].filter((name) => {
          const value = Object.hasOwn(own, name) ? own[name] : annotated[name]
          return value !== undefined
        })
        expect(Object.keys(parsed).length).toBeGreaterThanOrEqual(given.length)
      }),
    few
  )

  it.effect.prop(
    "is one readable line, and further lines are indented",
    [text, fields, anything],
    ([message, own, error]) =>
      Effect.sync(() => {
        const lines = pretty(record(message, { ...own, error })).split("\n")
        expect(lines.pop()).toBe("")
        const [first, ...others] = lines
        expect(first).toMatch(/^1970-01-01T00:00:00\.000Z INFO {5}starpunk\.test: /)
        for (const line of lines) expect(line).not.toMatch(obeyed)
        for (const line of others) expect(line).toMatch(/^ {4}/)
      }),
    few
  )

  it.effect.prop(
    "comes back from JSON unchanged if it was text without a secret",
    [FastCheck.string({ unit: "binary", maxLength: 1000 })],
    ([value]) =>
      Effect.sync(() => {
        FastCheck.pre(!/\p{Cs}/u.test(value) && !/[=@:]|bearer|basic|dpop/i.test(value))
        expect(json({ value }).value).toBe(value)
      })
  )

  it.effect.prop(
    "is bounded",
    [
      FastCheck.array(
        FastCheck.tuple(text, FastCheck.integer({ min: 500, max: 2000 })).map(([part, times]) => part.repeat(times)),
        { minLength: 20, maxLength: 40 }
      )
    ],
    ([texts]) =>
      Effect.sync(() => {
        const own = Object.fromEntries(texts.map((value, at) => [`text_${at}`, value]))
        for (const fields of [{ texts }, own]) {
          expect(jsonLine(record("event", fields)).length).toBeLessThan(65_536)
          expect(pretty(record("event", fields)).length).toBeLessThan(65_536)
        }
      }),
    few
  )
})

describe("values without a JSON form", () => {
  it("integers of any size, and numbers that JSON lacks", () => {
    expect(json({ big: 2n ** 70n, huge: 2n ** 2000n, nan: Number.NaN, far: Number.NEGATIVE_INFINITY })).toMatchObject({
      big: "1180591620717411303424",
      huge: "<bigint>",
      nan: "NaN",
      far: "-Infinity"
    })
  })

  it("marks cycles, and keeps values that occur twice", () => {
    const shared = { one: 1 }
    const cycle: Record<string, unknown> = { shared, again: shared }
    cycle.self = cycle
    expect(json({ cycle })).toMatchObject({ cycle: { shared, again: shared, self: "<circular>" } })
  })

  it("a getter, proxy or toJSON that throws loses only its own value", () => {
    const thrower = () => {
      throw new Error("no")
    }
    const value = Object.defineProperty({ fine: 1 }, "bad", { enumerable: true, get: thrower })
    const proxy = new Proxy({}, { ownKeys: thrower, get: thrower, has: thrower, getPrototypeOf: thrower })
    expect(json({ value, proxy, json: { toJSON: thrower }, last: 2 })).toMatchObject({
      value: { fine: 1, bad: "<unreadable>" },
      proxy: "<unreadable>",
      json: "<unreadable>",
      last: 2
    })
    const own = Object.defineProperty({ last: 2 }, "bad", { enumerable: true, get: thrower })
    expect(json(own)).toMatchObject({ bad: "<unreadable>", last: 2 })
  })

  it("an unreadable error", () => {
    const error = Object.defineProperty(new Error("hidden"), "message", {
      get() {
        throw new Error("no")
      }
    })
    expect(json({ error })).toMatchObject({ error: { type: "unreadable" } })
  })

  it("maps, sets, bytes, dates, symbols, functions, addresses and optional values", () => {
    expect(
      json({
        map: new Map<unknown, unknown>([
          ["a", 1],
          [2, "b"]
        ]),
        set: new Set([1, 2]),
        bytes: Buffer.from("password"),
        date: new Date(0),
        never: new Date(Number.NaN),
        symbol: Symbol("s"),
        function: () => 1,
        url: new URL("https://user:pw@host.example/?token=abc"),
        some: Option.some(1),
        absent: undefined,
        list: [undefined, null]
      })
    ).toEqual(
      expect.objectContaining({
        map: { a: 1, "2": "b" },
        set: [1, 2],
        bytes: "<8 bytes>",
        date: "1970-01-01T00:00:00.000Z",
        never: "Invalid Date",
        symbol: "Symbol(s)",
        function: "<function>",
        url: "https://<redacted>@host.example/?token=<redacted>",
        list: [null, null]
      })
    )
  })

  it("depth, length and number of members have limits", () => {
    let deep: unknown = "bottom"
    for (let level = 0; level < 10_000; level++) deep = { deep }
    const line = json({ deep, text: "x".repeat(10_000_000), list: Array.from({ length: 1_000_000 }, () => 0) })
    expect(JSON.stringify(line.deep)).toContain("<too deep>")
    expect(line.text).toBe(`${"x".repeat(4096)}…[9995904 more]`)
    expect(line.list).toHaveLength(101)
  })

  it("omits what does not fit, and says so in the line", () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`text_${n}`, "x".repeat(4000)]))
    const line = json(many)
    expect(line).toMatchObject({ truncated: true, text_0: "x".repeat(4000) })
    expect(line).not.toHaveProperty("text_49")
  })
})

describe("errors", () => {
  const failure = new QueryFailed({ driverCode: "SQLITE_ERROR", detail: "no such table: posts" })

  it("a failure of the catalogue has its code, type, data and stack", () => {
    expect(json({ error: failure }).error).toMatchObject({
      type: "QueryFailed",
      code: expect.stringMatching(/^database\./),
      data: { driverCode: "SQLITE_ERROR" },
      stack: expect.stringContaining("Line.test.ts")
    })
  })

  it("a system error keeps its own code", () => {
    const error = Object.assign(new Error("connect"), { code: "ECONNREFUSED", errno: -111 })
    expect(json({ error }).error).toMatchObject({ code: "ECONNREFUSED", type: "Error", data: { errno: -111 } })
  })

  it("the chain of causes is logged nearest first, six at most, cycles once", () => {
    let error = new Error("cause 9")
    for (let depth = 8; depth >= 0; depth--) error = new Error(`cause ${depth}`, { cause: error })
    const told = json({ error }).error
    expect(told).toMatchObject({ message: "cause 0", cause: [1, 2, 3, 4, 5].map((n) => ({ message: `cause ${n}` })) })

    const snake = new Error("snake")
    snake.cause = snake
    expect(json({ error: snake }).error).not.toHaveProperty("cause")
  })

  it("failures and defects of a cause are logged, and an interruption as such", () => {
    const cause = Cause.parallel(Cause.fail(failure), Cause.die(new TypeError("bug")))
    expect(json({ error: cause }).error).toMatchObject({ type: "QueryFailed", cause: [{ type: "TypeError" }] })
    expect(json({ error: Cause.empty }).error).toMatchObject({ type: "Interrupted" })
  })

  it("errors inside aggregates, thrown texts, and errors inside fields", () => {
    const error = new AggregateError([new Error("first"), "second"], "both")
    expect(json({ error, inner: new RangeError("inside") })).toMatchObject({
      error: { message: "both", cause: [{ message: "first" }, { type: "string", message: "second" }] },
      inner: { type: "RangeError", message: "inside" }
    })
  })
})

describe("secrets", () => {
  const secret = "c4n4ry"

  it("are masked by type, at any depth", () => {
    expect(jsonLine(record("event", { a: Redacted.make(secret), b: [{ c: Redacted.make(secret) }] }))).not.toContain(
      secret
    )
  })

  it.each([
    "authorization",
    "Authorization",
    "proxy-authorization",
    "cookie",
    "Set-Cookie",
    "token",
    "access_token",
    "accessToken",
    "X-CSRF-Token",
    "code",
    "code_verifier",
    "state",
    "client_secret",
    "password",
    "passphrase",
    "secret",
    "session",
    "starpunk_session",
    "session_id",
    "api_key"
  ])("are masked under the name %s, wherever the name occurs", (name) => {
    const placed: Fields = {
      [name]: secret,
      nested: { deep: [{ [name]: [secret] }] },
      map: new Map([[name, secret]]),
      headers: new Headers([[name, secret]])
    }
    for (const format of [jsonLine, pretty]) {
      const line = format(record("event", placed, { [name]: secret }))
      expect(line).not.toContain(secret)
      expect(line).toContain("<redacted>")
    }
  })

  it("names that only resemble a secret's keep their values", () => {
    const harmless = {
      status_code: 200,
      error_code: "E1",
      "error.code": "E2",
      sync_state: "idle",
      token_id: "7",
      token_count: 3,
      tokens: 12,
      sessions: 4,
      code: 7,
      state: true,
      encoded: "yes",
      secretary: "Ann"
    }
    expect(json(harmless)).toMatchObject(harmless)
  })

  it.each([
    `Bearer ${secret}`,
    `authorization: Basic ${secret}==`,
    `Authorization: ${secret}`,
    `Cookie: a=1; b=${secret}`,
    `https://user:${secret}@host.example/path`,
    `postgres://user:p@${secret}@host/db`,
    `/auth/callback?code=${secret}&state=x`,
    `/auth/callback?x=1&state=${secret}`,
    `/x?acc%65ss_token=${secret}`,
    `/login?next=%2Fcallback%3Fcode%3D${secret}%26a%3D1`,
    `see https://site.example/?token=${secret}`,
    `url=https://site.example/?token=${secret}`,
    `grant_type=authorization_code&code=${secret}&code_verifier=x`,
    `code=${secret}`,
    `{"password": "two words ${secret}"}`,
    `client_secret='${secret}'`,
    `${"x".repeat(4090)} Bearer ${secret}`
  ])("are found inside the text %s", (text) => {
    const error = Object.assign(new Error(text), { detail: text })
    for (const format of [jsonLine, pretty]) {
      expect(format(record(text, { text, error, [text]: text, list: [text], url: { text } }))).not.toContain(secret)
    }
  })

  it("pairs of names and values in lists are understood", () => {
    expect(
      jsonLine(record("event", { pairs: [["cookie", secret]], raw: ["host", "x", "cookie", secret] }))
    ).not.toContain(secret)
  })

  it.each([
    "exited with code=1 and state=ready",
    "the bearer token is missing",
    "state: ready, code: 5",
    "mailto:me@site.example",
    "/notes/on-cookies?page=2"
  ])("the text %s holds none", (text) => {
    expect(json({ text })).toMatchObject({ text })
  })
})

describe("events of one kind", () => {
  it("have the lines that each of them would have alone", () => {
    const first = { method: "GET", path: "/?token=secret\u202e", route: undefined, status: 200 }
    const rest = {
      duration_ms: 0.25,
      user_agent: 'an "agent"\n',
      client_address: "192.0.2.1",
      aborted: false,
      error_code: undefined
    }
    expect(repeated(first, rest)).toEqual(json({ request_id: "an id", ...first, ...rest }))
    expect(repeated({}, { access_token: "secret", long: "x".repeat(40_000) })).toEqual(
      json({ request_id: "an id", access_token: "secret", long: "x".repeat(40_000) })
    )
  })
})
