import { writeSync } from "node:fs"
import { isatty } from "node:tty"
import { Effect, HashMap, Layer, Option } from "effect"
import { type Fields, type Level, Logger } from "../src/services/Logger.js"
import { Settings } from "../src/settings/Config.js"
import { jsonLine, jsonLines } from "./log/JsonLine.js"
import type { LogRecord, Repeated } from "./log/LogRecord.js"
import { LogSink } from "./log/LogSink.js"
import { prettyLine } from "./log/PrettyLine.js"
import * as RecordLogger from "./log/RecordLogger.js"
import { Telemetry } from "./telemetry/Telemetry.js"

/** Level and destination of the log. */
export interface LoggerOptions {
  /** The least severe level that is logged. */
  readonly level: Level
  /** File descriptor of the output; 1, standard output, when absent. */
  readonly fd?: number
  /** Also receives every record. */
  readonly also?: (record: LogRecord) => void
  /** Name of this server in the field `instance` of every line. */
  readonly instance?: string
}

const standardOutput = 1

const ignore = () => {}

/**
 * Accesses the standard streams, which Node opens on first use. Afterwards a full pipe fails with `EAGAIN` instead of
 * blocking the process, and a closed pipe does not end the process, because it has an error handler.
 */
const guardStandardStreams = Effect.sync(() => {
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.listeners("error").includes(ignore)) stream.on("error", ignore)
  }
})

/** Makes a sink that is flushed when the layer closes, and when the process exits without closing it. */
const acquireSink = (fd: number, format: (record: LogRecord) => string) =>
  Effect.acquireRelease(
    Effect.gen(function* () {
      yield* guardStandardStreams
      const clock = yield* Effect.clock
      const sink = new LogSink({
        write: (bytes) => writeSync(fd, bytes),
        lossLine: (lost) =>
          format({
            time: clock.unsafeCurrentTimeMillis(),
            level: "WARNING",
            logger: "starpunk.logger",
            message: "Log lines lost",
            fields: { lost },
            annotations: HashMap.empty()
          })
      })
      const onExit = () => sink.close()
      process.on("exit", onExit)
      return { sink, onExit }
    }),
    ({ onExit, sink }) =>
      Effect.sync(() => {
        sink.close()
        process.off("exit", onExit)
      })
  )

/** Writes a line without its fields if they cannot be listed (a hostile proxy). */
const withoutThrowing =
  (format: (record: LogRecord) => string) =>
  (record: LogRecord): string => {
    try {
      return format(record)
    } catch {
      return format({ ...record, fields: { fields: "<unreadable>" } })
    }
  }

/** Adds the name of the server to a record, whose own field of that name wins. */
const namedBy =
  (instance: string) =>
  (record: LogRecord): LogRecord => ({
    ...record,
    annotations: HashMap.set<string, unknown>(record.annotations, "instance", instance)
  })

/** Formats events of one kind. */
type Lines = (record: Repeated) => (time: number, requestId: string, fields: Fields) => string

const make = (options: LoggerOptions, format: (record: LogRecord) => string, lines?: Lines): Layer.Layer<Logger> =>
  Layer.unwrapScoped(
    Effect.gen(function* () {
      const { instance } = options
      const whole = instance === undefined ? (record: LogRecord) => record : namedBy(instance)
      const { sink } = yield* acquireSink(options.fd ?? standardOutput, (record) => format(whole(record)))
      const total = withoutThrowing(format)
      const take = (given: LogRecord) => {
        const record = whole(given)
        sink.write(total(record), record.level === "ERROR" || record.level === "CRITICAL")
        options.also?.(record)
      }
      // Who also receives every record needs it whole.
      const repeated =
        lines === undefined || options.also !== undefined
          ? undefined
          : (record: Repeated) => {
              const line = lines(
                instance === undefined ? record : { ...record, fields: { instance, ...record.fields } }
              )
              return (time: number, requestId: string, fields: Fields) =>
                sink.write(line(time, requestId, fields), false)
            }
      return Layer.merge(
        Layer.succeed(Logger, {
          named: RecordLogger.named(options.level, take, yield* Effect.clock, repeated),
          stats: Effect.sync(() => sink.stats),
          flush: Effect.sync(() => sink.flush())
        }),
        RecordLogger.layerEffectLogger(options.level, take)
      )
    })
  )

/** Logs one line of JSON per event, for machines. */
export const layerJson = (options: LoggerOptions): Layer.Layer<Logger> => make(options, jsonLine, jsonLines)

/** Logs one readable line per event and indented stacks, with colours on a terminal that supports them. */
export const layerPretty = (options: LoggerOptions): Layer.Layer<Logger> =>
  Layer.unwrapEffect(
    Effect.sync(() => {
      const fd = options.fd ?? standardOutput
      return make(options, prettyLine({ colour: isatty(fd) && fd === standardOutput && process.stdout.hasColors() }))
    })
  )

const bySettings = (also?: (record: LogRecord) => void): Layer.Layer<Logger, never, Settings> =>
  Layer.unwrapEffect(
    Effect.map(Settings, ({ instance, logFormat, logLevel }) => {
      const options = {
        level: logLevel,
        ...(also === undefined ? {} : { also }),
        ...Option.match(instance, { onNone: () => ({}), onSome: (instance) => ({ instance }) })
      }
      return logFormat === "json" ? layerJson(options) : layerPretty(options)
    })
  )

/** Logs to standard output in the format and level of the settings. */
export const layer: Layer.Layer<Logger, never, Settings> = bySettings()

/** Like `layer`, but also exports to the telemetry collector if there is one. */
export const layerExported: Layer.Layer<Logger, never, Settings | Telemetry> = Layer.unwrapEffect(
  Effect.map(Telemetry, ({ line }) => bySettings(Option.getOrUndefined(line)))
)
