import { expect, it } from "@effect/vitest"
import { Cause, Console, Effect } from "effect"
import { reportFailure } from "../../../scripts/FailureReport.js"
import { entries } from "../../../src/errors/Catalogue.js"
import { ListenFailed } from "../../../src/errors/Startup.js"

/** What is told of a cause on standard error, and the exit code. */
const told = (cause: Cause.Cause<unknown>, asJson = false) =>
  Console.consoleWith((console) => {
    const lines: Array<string> = []
    return reportFailure(cause, asJson).pipe(
      Effect.withConsole({ ...console, error: (line) => Effect.sync(() => lines.push(String(line))) }),
      Effect.map((code) => ({ code, text: lines.join("\n") }))
    )
  })

it.effect("every failure of the catalogue is printed with its code, its message and each step", () =>
  Effect.gen(function* () {
    for (const { example, info } of entries) {
      if (example._tag === "ConfigurationInvalid") continue
      const { code, text } = yield* told(Cause.fail(example))
      expect(code).toBe(1)
      expect(text).toContain(info.code)
      expect(text).toContain(info.message)
      for (const step of info.operator?.troubleshooting ?? info.troubleshooting) expect(text).toContain(step)
    }
  })
)

it.effect("a port in use, in JSON", () =>
  Effect.gen(function* () {
    const failure = new ListenFailed({ host: "127.0.0.1", port: 8000, reason: "in_use" })
    const { code, text } = yield* told(Cause.fail(failure), true)
    expect(code).toBe(1)
    expect(JSON.parse(text).error).toMatchObject({ code: "startup.listen_failed" })
  })
)

it.effect("an unexpected error is printed in two or three lines, without a stack trace", () =>
  Effect.gen(function* () {
    const { code, text } = yield* told(Cause.die(new Error("boom\nsecond line")))
    expect(code).toBe(1)
    expect(text).toContain("Cause: Error: boom")
    expect(text).not.toMatch(/\n\s+at /)
  })
)

it.effect("an interrupted command prints nothing and ends with the shell's exit code", () =>
  Effect.gen(function* () {
    expect(yield* told(Cause.interrupt(yield* Effect.fiberId))).toEqual({ code: 130, text: "" })
  })
)
