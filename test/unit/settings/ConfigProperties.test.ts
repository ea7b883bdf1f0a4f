import { expect, it } from "@effect/vitest"
import { Context, Effect, Either, FastCheck, Layer } from "effect"
import { describe } from "vitest"
import { layerFrom } from "../../../layers/memory/Settings.js"
import { Settings, SettingsReport } from "../../../src/settings/Config.js"
import { nearest } from "../../../src/settings/Nearest.js"
import { resolve } from "../../../src/settings/Resolve.js"
import { table } from "../../../src/settings/Table.js"
import { runs } from "../../fixtures/Runs.js"

const start = (environment: Readonly<Record<string, string>>) =>
  Effect.scoped(Effect.either(Layer.build(layerFrom(environment))))

/** Values that people give, right for some settings and wrong for others. */
const texts = FastCheck.oneof(
  FastCheck.constantFrom(
    ...[
      "0",
      "1",
      "4",
      "007",
      "-1",
      "0.5",
      "1e3",
      "99999999999",
      "30s",
      "2 minutes",
      "true",
      "OFF",
      "production",
      "auto"
    ],
    ...[
      "WARN",
      "fatal",
      "fts5",
      "full",
      "https://blog.example/",
      "http://[::1]:8000",
      "https://u:p@x.example",
      "data/"
    ],
    ...[":memory:", "10.0.0.0/8,::1", "0.0.0.0/0", "localhost", "pt_BR", "en-gb", "", "  ", "a\nb", ","]
  ),
  FastCheck.string(),
  FastCheck.nat().map(String)
)

/** Names of settings whose values are never shown. */
const secrets: ReadonlySet<string> = new Set(
  table.filter(({ secret }) => secret).flatMap(({ aliases, name }) => [name, ...aliases])
)

/** Each example decodes all settings once or twice. */
const few = { fastCheck: { numRuns: runs(20, 100) } }

const environments = FastCheck.dictionary(
  FastCheck.constantFrom(...table.flatMap(({ aliases, name }) => [name, ...aliases])),
  texts,
  { maxKeys: 4 }
)

describe("Settings", () => {
  it.effect("every example and every default is valid", () =>
    Effect.gen(function* () {
      for (const setting of table) expect(setting.accepts(setting.example), setting.name).toBe(true)
      const outcome = yield* start({})
      expect(Either.isRight(outcome)).toBe(true)
    })
  )

  it.effect.prop(
    "invalid values are refused with advice, and valid ones are shown in a form that can be written",
    [environments],
    ([environment]) =>
      Effect.gen(function* () {
        const outcome = yield* start(environment)
        if (Either.isLeft(outcome)) {
          expect(outcome.left.problems.length).toBeGreaterThan(0)
          for (const { expected, name, source, suggestion } of outcome.left.problems) {
            expect([name, expected, source, suggestion].every((text) => text.length > 0)).toBe(true)
          }
          return
        }
        const { entries } = Context.get(outcome.right, SettingsReport)
        const written = entries.flatMap(({ name, value }) =>
          value === "" || secrets.has(name) ? [] : [[name, value] as const]
        )
        const hidden = Object.entries(environment).filter(([name]) => secrets.has(name))
        const again = yield* start(Object.fromEntries([...written, ...hidden]))
        expect(Either.isRight(again)).toBe(true)
        if (Either.isLeft(again)) return
        const { health, ...values } = Context.get(outcome.right, Settings)
        const { health: healthAgain, ...valuesAgain } = Context.get(again.right, Settings)
        expect(valuesAgain).toEqual(values)
        expect(healthAgain.memoryThresholdMb).toBe(health.memoryThresholdMb)
      }),
    few
  )

  it.effect.prop(
    "report one problem per invalid setting",
    [FastCheck.subarray(["PORT", "LOG_LEVEL", "SITE_URL", "DB_CONNECTION_POOL_SIZE", "SEARCH_ENABLED", "DRAIN_DELAY"])],
    ([wrong]) =>
      Effect.gen(function* () {
        const outcome = yield* start(Object.fromEntries(wrong.map((name) => [`STARPUNK_${name}`, "nonsense!"])))
        const names = Either.isLeft(outcome) ? outcome.left.problems.map(({ name }) => name) : []
        expect([...names].sort()).toEqual(wrong.map((name) => `STARPUNK_${name}`).sort())
      }),
    few
  )

  it.effect.prop(
    "never show a secret, wherever it was set",
    [
      FastCheck.stringMatching(/^[A-Za-z0-9 !-]{8,40}$/).map((text) => `canary${text}`),
      FastCheck.subarray(
        ["STARPUNK_HEALTH_TOKEN", "STARPUNK_HEALTH_TOKEN_FILE", "STARPUNK_HEALTH_TOKN", "STARPUNK_SESSION_SECRET"],
        { minLength: 1 }
      ),
      FastCheck.boolean()
    ],
    ([secret, names, broken]) =>
      Effect.gen(function* () {
        const outcome = yield* Effect.either(
          resolve(
            {
              variables: [
                {
                  source: "environment",
                  values: {
                    ...Object.fromEntries(names.map((name) => [name, name.endsWith("_FILE") ? "/token" : secret])),
                    STARPUNK_SITE_URL: broken
                      ? `https://me:${secret.replaceAll(/\W/g, "")}@a.example`
                      : "http://a.example"
                  }
                }
              ],
              files: new Map([["/token", { _tag: "Text", text: `${secret}\n`, worldReadable: true }]]),
              problems: []
            },
            { cores: 2 }
          )
        )
        const told = Either.isLeft(outcome) ? outcome.left.problems : outcome.right.report
        expect(JSON.stringify(told)).not.toContain("canary")
      }),
    few
  )
})

it.prop(
  "a name with one letter missing is recognised",
  [FastCheck.constantFrom(...table.map(({ name }) => name)), FastCheck.nat()],
  ([name, at]) => {
    const bare = name.slice("STARPUNK_".length)
    const position = at % bare.length
    const slip = bare.slice(0, position) + bare.slice(position + 1)
    const found = nearest(
      slip,
      table.map((setting) => setting.name.slice("STARPUNK_".length))
    )
    expect(found._tag).toBe("Some")
  }
)
