import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import * as Node from "../../../layers/Logger.js"
import { errorReports } from "../../../layers/log/ErrorReport.js"
import * as Memory from "../../../layers/memory/Logger.js"
import { Logger } from "../../../src/services/Logger.js"
import { conforms, type WrittenEvent, WrittenEvents } from "./Logger.js"

/** A logger on a new file, and the parsed lines of the file. */
const onFile = (
  open: (options: Node.LoggerOptions) => Layer.Layer<Logger>,
  level: Node.LoggerOptions["level"],
  parse: (lines: ReadonlyArray<string>) => ReadonlyArray<WrittenEvent>
): Layer.Layer<Logger | WrittenEvents> =>
  Layer.unwrapScoped(
    Effect.gen(function* () {
      const { directory, fd } = yield* Effect.acquireRelease(
        Effect.sync(() => {
          const directory = mkdtempSync(join(tmpdir(), "starpunk-log-"))
          return { directory, fd: openSync(join(directory, "log"), "a") }
        }),
        ({ directory, fd }) =>
          Effect.sync(() => {
            closeSync(fd)
            rmSync(directory, { recursive: true })
          })
      )
      const lines = Effect.sync(() => parse(readFileSync(join(directory, "log"), "utf8").split("\n").slice(0, -1)))
      return Layer.merge(open({ level, fd }), Layer.succeed(WrittenEvents, lines))
    })
  )

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value))

const parseJson = (lines: ReadonlyArray<string>): ReadonlyArray<WrittenEvent> =>
  lines.map((line) => {
    const { timestamp, level, logger, message, error, ...fields } = JSON.parse(line)
    const { cause, ...members } = error ?? {}
    if (cause !== undefined) members.causes = cause
    return {
      timestamp,
      level,
      logger,
      message,
      fields: Object.fromEntries([
        ...Object.entries(fields).map(([name, value]) => [name, textOf(value)]),
        ...Object.entries(members).map(([name, value]) => [`error.${name}`, textOf(value)])
      ])
    }
  })

const parsePretty = (lines: ReadonlyArray<string>): ReadonlyArray<WrittenEvent> => {
  const events: Array<WrittenEvent & { fields: Record<string, string> }> = []
  for (const line of lines) {
    const last = events.at(-1)
    if (line.startsWith("    ")) {
      if (last !== undefined) last.fields["error.causes"] = `${last.fields["error.causes"] ?? ""}${line}`
      continue
    }
    const [, timestamp = "", level = "", logger = "", message = "", rest = ""] =
      /^(\S+) (\w+) +([^:]+): (.*?)((?: [\w.]+=.*)?)$/.exec(line) ?? []
    const fields = Object.fromEntries(
      [...rest.matchAll(/ ([\w.]+)=("(?:[^"\\]|\\.)*"|\S+)/g)].map(([, name = "", value = ""]) => [
        name,
        value.startsWith('"') ? JSON.parse(value) : value
      ])
    )
    events.push({ timestamp, level, logger, message, fields })
  }
  return events
}

const captured = Layer.effect(
  WrittenEvents,
  Effect.map(Memory.CapturedLogs, ({ events }) =>
    Effect.map(events, (events) =>
      events.map(({ timestamp, level, logger, message, fields: { error, ...fields } }) => {
        const reports = error === undefined ? [] : errorReports(error)
        return {
          timestamp: new Date(timestamp).toISOString(),
          level,
          logger,
          message,
          fields: Object.fromEntries(
            [
              ...Object.entries(fields).map(([name, value]) => [name, textOf(value)]),
              ...reports.slice(0, 1).flatMap((report) => [
                ["error.code", report.code],
                ["error.message", report.message]
              ]),
              ["error.causes", reports.slice(1).map((report) => report.type)]
            ].filter(([, value]) => value !== undefined && value.length !== 0)
          )
        }
      })
    )
  )
)

conforms("json", (level) => onFile(Node.layerJson, level, parseJson))
conforms("pretty", (level) => onFile(Node.layerPretty, level, parsePretty))
conforms("capture", (level) => Layer.provideMerge(captured, Memory.layerCaptureFrom(level)))

it.effect("the silent layer logs nothing", () =>
  Effect.gen(function* () {
    const logger = yield* Logger
    yield* logger.named("starpunk.test").critical("Unheard")
    yield* Effect.logFatal("Unheard, too")
    expect(yield* logger.stats).toEqual({ written: 0, dropped: 0, buffered: 0 })
  }).pipe(Effect.provide(Memory.layerSilent))
)
