import { Context, Effect, Logger as EffectLogger, Layer } from "effect"
import { type Level, type LogEvent, Logger } from "../../src/services/Logger.js"
import { forEachField, type LogRecord, requestIdOf } from "../log/LogRecord.js"
import * as RecordLogger from "../log/RecordLogger.js"

/** Captured log events, oldest first. */
export class CapturedLogs extends Context.Tag("starpunk/CapturedLogs")<
  CapturedLogs,
  {
    readonly events: Effect.Effect<ReadonlyArray<LogEvent>>
    /** Removes the captured events. */
    readonly clear: Effect.Effect<void>
  }
>() {}

const eventOf = (record: LogRecord): LogEvent => {
  const fields: Record<string, unknown> = {}
  const requestId = requestIdOf(record)
  if (requestId !== undefined) fields.request_id = requestId
  forEachField(record, (name, value) => {
    fields[name] = value
  })
  if (record.fields?.error !== undefined) fields.error = record.fields.error
  return { timestamp: record.time, level: record.level, logger: record.logger, message: record.message, fields }
}

/** Captures the events of this level and above in memory. */
export const layerCaptureFrom = (minimum: Level): Layer.Layer<Logger | CapturedLogs> =>
  Layer.unwrapEffect(
    Effect.map(Effect.clock, (clock) => {
      const events: Array<LogEvent> = []
      const take = (record: LogRecord) => {
        events.push(eventOf(record))
      }
      return Layer.mergeAll(
        Layer.succeed(Logger, {
          named: RecordLogger.named(minimum, take, clock),
          stats: Effect.sync(() => ({ written: events.length, dropped: 0, buffered: 0 })),
          flush: Effect.void
        }),
        Layer.succeed(CapturedLogs, {
          events: Effect.sync(() => [...events]),
          clear: Effect.sync(() => {
            events.length = 0
          })
        }),
        RecordLogger.layerEffectLogger(minimum, take)
      )
    })
  )

/** Captures every event in memory. */
export const layerCapture: Layer.Layer<Logger | CapturedLogs> = layerCaptureFrom("DEBUG")

/** Discards every event. */
export const layerSilent: Layer.Layer<Logger> = Layer.merge(
  Layer.succeed(Logger, {
    named: () => {
      const write = () => Effect.void
      return {
        debug: write,
        info: write,
        warning: write,
        error: write,
        critical: write,
        unsafeInfo: () => {},
        unsafeInfos: () => () => {}
      }
    },
    stats: Effect.succeed({ written: 0, dropped: 0, buffered: 0 }),
    flush: Effect.void
  }),
  EffectLogger.remove(EffectLogger.defaultLogger)
)
