import { Cause, Context, FiberId, FiberRef, FiberRefs, HashMap, List, type Logger, LogLevel, Tracer } from "effect"
import type { Level } from "../../src/services/Logger.js"
import { jsonLine } from "../log/JsonLine.js"
import type { LogRecord } from "../log/LogRecord.js"

const levels: Readonly<Record<Level, LogLevel.LogLevel>> = {
  DEBUG: LogLevel.Debug,
  INFO: LogLevel.Info,
  WARNING: LogLevel.Warning,
  ERROR: LogLevel.Error,
  CRITICAL: LogLevel.Fatal
}

type Fields = Readonly<Record<string, unknown>>

/** OpenTelemetry's attribute names for the fields of an error. */
const exceptionOf = (error: unknown): Fields => {
  const { code, message, stack, type } = Object(error) as Fields
  return {
    "exception.type": type,
    "exception.message": message,
    "exception.stacktrace": stack,
    "error.code": code
  }
}

const attributesOf = ({ error, level, message, timestamp, ...fields }: Fields): HashMap.HashMap<string, unknown> =>
  HashMap.fromIterable(
    Object.entries({ ...fields, ...(error === undefined ? {} : exceptionOf(error)) }).filter(
      ([, value]) => value !== undefined
    )
  )

const contextOf = ({ span_id: spanId, trace_id: traceId }: Fields): FiberRefs.FiberRefs => {
  if (typeof traceId !== "string" || typeof spanId !== "string") return FiberRefs.empty()
  const span = Context.make(Tracer.ParentSpan, Tracer.externalSpan({ spanId, traceId }))
  return FiberRefs.unsafeMake(new Map([[FiberRef.currentContext, [[FiberId.none, span]]]]))
}

/**
 * Passes a record to an Effect logger: exactly the line in the log, with secrets masked and lengths bounded, each field
 * as an attribute.
 */
export const exportLine =
  (logger: Logger.Logger<unknown, unknown>) =>
  (record: LogRecord): void => {
    const line = JSON.parse(jsonLine(record)) as Fields
    logger.log({
      fiberId: FiberId.none,
      logLevel: levels[record.level],
      message: record.message,
      cause: Cause.empty,
      context: contextOf(line),
      spans: List.empty(),
      annotations: attributesOf(line),
      date: new Date(record.time)
    })
  }
