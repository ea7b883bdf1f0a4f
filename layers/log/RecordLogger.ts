import {
  Cause,
  Clock,
  Context,
  DefaultServices,
  Effect,
  Logger as EffectLogger,
  FiberRef,
  HashMap,
  Layer,
  List,
  LogLevel
} from "effect"
import { type Fields, type Level, type Logger, levels, type Write } from "../../src/services/Logger.js"
import type { LogRecord, Repeated } from "./LogRecord.js"

/** Effect's levels; its Fatal is CRITICAL here. */
const effectLevels: Readonly<Record<Level, LogLevel.LogLevel>> = {
  DEBUG: LogLevel.Debug,
  INFO: LogLevel.Info,
  WARNING: LogLevel.Warning,
  ERROR: LogLevel.Error,
  CRITICAL: LogLevel.Fatal
}

/** The most severe level here that is not above Effect's. */
const levelOf = (level: LogLevel.LogLevel): Level =>
  levels.findLast((ours) => effectLevels[ours].ordinal <= level.ordinal) ?? "DEBUG"

const nothing: Write = () => Effect.void

/**
 * Makes the service's `named` from a function that takes records and never throws. Below `minimum`, logging does
 * nothing.
 */
export const named =
  (
    minimum: Level,
    take: (record: LogRecord) => void,
    clock: Clock.Clock,
    repeated?: (record: Repeated) => (time: number, requestId: string, fields: Fields) => void
  ): Context.Tag.Service<Logger>["named"] =>
  (logger) => {
    const isLogged = levels.indexOf("INFO") >= levels.indexOf(minimum)
    const write = (level: Level): Write =>
      levels.indexOf(level) < levels.indexOf(minimum)
        ? nothing
        : (message, fields) =>
            // Reads annotations directly from the fiber, because Effect's own logging pipeline costs as much as three
            // more lines.
            Effect.withFiberRuntime((fiber) => {
              const services = fiber.getFiberRef(DefaultServices.currentServices)
              take({
                time: Context.get(services, Clock.Clock).unsafeCurrentTimeMillis(),
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
      critical: write("CRITICAL"),
      unsafeInfo: (message, fields) => {
        if (!isLogged) return
        const time = clock.unsafeCurrentTimeMillis()
        take({ time, level: "INFO", logger, message, fields, annotations: HashMap.empty() })
      },
      unsafeInfos: (message, first) => {
        if (!isLogged) return () => {}
        const write =
          repeated?.({ level: "INFO", logger, message, fields: first }) ??
          ((time, request_id, fields) =>
            take({
              time,
              level: "INFO",
              logger,
              message,
              fields: { request_id, ...first, ...fields },
              annotations: HashMap.empty()
            }))
        return (requestId, fields) => write(clock.unsafeCurrentTimeMillis(), requestId, fields)
      }
    }
  }

const isFields = (value: unknown): value is Fields => {
  if (typeof value !== "object" || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

type Arguments = Pick<LogRecord, "message" | "fields">

/** Arguments of `Effect.log*`: the first text is the message, plain objects are fields, the rest is `arguments`. */
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

/** A library may log values that throw when they are read. */
const guardedArguments = (message: unknown, cause: Cause.Cause<unknown>): Arguments => {
  try {
    return readArguments(message, cause)
  } catch {
    return { message: "", fields: { arguments: "<unreadable>", ...(Cause.isEmpty(cause) ? {} : { error: cause }) } }
  }
}

/** Sends `Effect.log*` of any caller to the same function, with the logger name `effect`. */
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
