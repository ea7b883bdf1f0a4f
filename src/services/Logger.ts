import { Context, type Effect } from "effect"

/** Severities, least severe first. CRITICAL: the process cannot go on, or data is at risk. */
export const levels = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] as const

export type Level = (typeof levels)[number]

/**
 * Fields of an event beside its message: snake_case names, any value. Secrets are masked by type (`Redacted`), by name
 * (`token`, `Cookie`, `code`: not `status_code`) and where a text shows them (`Bearer …`, `?token=…`). The reserved
 * name `error` takes a failure, an `Error` or a `Cause` and is written as `error: { code, type, message, data, stack,
 * cause: […] }`. Names that clash with the line's own (`level`, `message` …) get the prefix `field_`. A field of the
 * event wins over a log annotation of the same name, except `request_id`.
 */
export type Fields = Readonly<Record<string, unknown>> & { readonly error?: unknown }

/** Writes one event. The message is constant text, never interpolated; the fields hold what varies. Never fails. */
export type Write = (message: string, fields?: Fields) => Effect.Effect<void>

/** A logger whose lines carry a name (the `logger` field), such as `starpunk.pool`. */
export interface NamedLogger {
  readonly debug: Write
  readonly info: Write
  readonly warning: Write
  readonly error: Write
  readonly critical: Write
  /** Writes an INFO event at once, for code that runs outside of fibers. The fields hold the `request_id`. Never throws. */
  readonly unsafeInfo: (message: string, fields: Fields) => void
  /**
   * Returns a function that does the same for events whose first fields are always these. It costs less: what is always
   * the same is formatted once.
   */
  readonly unsafeInfos: (message: string, first: Fields) => (requestId: string, fields: Fields) => void
}

/** Counters of log lines. */
export interface LoggerStats {
  readonly written: number
  /** Lines dropped because the sink was full, closed or too slow. */
  readonly dropped: number
  /** Bytes waiting for the sink. */
  readonly buffered: number
}

/**
 * Writes one JSON (or readable) line per event. Every line carries the fiber's log annotations, above all `request_id`
 * (`Effect.annotateLogs`). `Effect.log*` calls of libraries go to the same sink.
 */
export class Logger extends Context.Tag("starpunk/Logger")<
  Logger,
  {
    readonly named: (name: string) => NamedLogger
    readonly stats: Effect.Effect<LoggerStats>
    /** Writes everything that is buffered to the sink. */
    readonly flush: Effect.Effect<void>
  }
>() {}

/** An event, as a capturing logger keeps it. */
export interface LogEvent {
  /** Epoch milliseconds, UTC. */
  readonly timestamp: number
  readonly level: Level
  readonly logger: string
  readonly message: string
  /** The fiber's annotations and the event's own fields, unchanged: `error` is the failure itself. */
  readonly fields: Readonly<Record<string, unknown>>
}
