import {
  Cause,
  Clock,
  Context,
  DefaultServices,
  Effect,
  Logger as EffectLogger,
  FiberRef,
  Layer,
  List,
  LogLevel
} from "effect"
import { type Fields, type Level, type Logger, levels, type Write } from "../../src/services/Logger.js"
import type { LogRecord } from "./LogRecord.js"

/** Effect's own levels; its Fatal is our CRITICAL. */
const effectLevels: Readonly<Record<Level, LogLevel.LogLevel>> = {
  DEBUG: LogLevel.Debug,
  INFO: LogLevel.Info,
  WARNING: LogLevel.Warning,
  ERROR: LogLevel.Error,
  CRITICAL: LogLevel.Fatal
}

/** The most severe of our levels that is not above Effect's. */
const levelOf = (level: LogLevel.LogLevel): Level =>
  levels.findLast((ours) => effectLevels[ours].ordinal <= level.ordinal) ?? "DEBUG"

const nothing: Write = () => Effect.void

/** The port's `named`, over a function that takes records and never throws. Below `minimum` not even an effect is made. */
export const named =
  (minimum: Level, take: (record: LogRecord) => void): Context.Tag.Service<Logger>["named"] =>
  (logger) => {
    const write = (level: Level): Write =>
      levels.indexOf(level) < levels.indexOf(minimum)
        ? nothing
        : (message, fields) =>
            // The annotations are read straight from the fiber: Effect's own logging pipeline costs three lines more.
            Effect.withFiberRuntime((fiber) => {
              const clock = Context.get(fiber.getFiberRef(DefaultServices.currentServices), Clock.Clock)
              take({
                time: clock.unsafeCurrentTimeMillis(),
                level,
                logger,
                message,
                fields,
                annotations: fiber.getFiberRef(FiberRef.currentLogAnnotations)
              })
              return Effect.void
            })
    return {
      debug: write("DEBUG"),
      info: write("INFO"),
      warning: write("WARNING"),
      error: write("ERROR"),
      critical: write("CRITICAL")
    }
  }

const isFields = (value: unknown): value is Fields => {
  if (typeof value !== "object" || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

type Arguments = Pick<LogRecord, "message" | "fields">

/** What a library handed to `Effect.log*`: its first text is the message, plain objects are fields, the rest `arguments`. */
const readArguments = (message: unknown, cause: Cause.Cause<unknown>): Arguments => {
  const given = Array.isArray(message) ? message : [message]
  const at = given.findIndex((value) => typeof value === "string")
  const fields: Record<string, unknown> = {}
  const rest: Array<unknown> = []
  given.forEach((value: unknown, index) => {
    if (index === at) return
    if (isFields(value)) Object.assign(fields, value)
    else if (fields.error === undefined && (Cause.isCause(value) || value instanceof Error)) fields.error = value
    else rest.push(value)
  })
  if (rest.length > 0) fields.arguments = rest
  if (!Cause.isEmpty(cause)) fields.error = cause
  return { message: at === -1 ? "" : given[at], fields }
}

/** A library may log what throws when it is looked at. */
const guardedArguments = (message: unknown, cause: Cause.Cause<unknown>): Arguments => {
  try {
    return readArguments(message, cause)
  } catch {
    return { message: "", fields: { arguments: "<unreadable>", ...(Cause.isEmpty(cause) ? {} : { error: cause }) } }
  }
}

/** Leads `Effect.log*`, whoever calls it, to the same function, signed `effect`. */
export const layerEffectLogger = (minimum: Level, take: (record: LogRecord) => void): Layer.Layer<never> =>
  Layer.merge(
    EffectLogger.replace(
      EffectLogger.defaultLogger,
      EffectLogger.make(({ annotations, cause, date, logLevel, message, spans }) => {
        const time = date.getTime()
        const given = guardedArguments(message, cause)
        const durations = List.toArray(spans).map(({ label, startTime }) => [label, time - startTime] as const)
        take({
          time,
          level: levelOf(logLevel),
          logger: "effect",
          message: given.message,
          fields: durations.length === 0 ? given.fields : { ...given.fields, spans_ms: Object.fromEntries(durations) },
          annotations
        })
      })
    ),
    EffectLogger.minimumLogLevel(effectLevels[minimum])
  )
