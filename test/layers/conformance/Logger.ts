import { describe, expect, it } from "@effect/vitest"
import { Cause, Context, Duration, Effect, Fiber, Layer, Option, TestClock } from "effect"
import * as MemoryRandom from "../../../layers/memory/SecureRandom.js"
import { PoolExhausted } from "../../../src/errors/Database.js"
import { annotateJob, annotateRequest, currentRequestId, makeRequestId } from "../../../src/services/Correlation.js"
import { type Level, Logger, levels, type NamedLogger } from "../../../src/services/Logger.js"
import type { SecureRandom } from "../../../src/services/SecureRandom.js"

/** An event as it was written, in any format: every value as text, an error's parts as `error.code` and so on. */
export interface WrittenEvent {
  readonly timestamp: string
  readonly level: string
  readonly logger: string
  readonly message: string
  readonly fields: Readonly<Record<string, string>>
}

/** Parses the output of a logger. */
export class WrittenEvents extends Context.Tag("test/WrittenEvents")<
  WrittenEvents,
  Effect.Effect<ReadonlyArray<WrittenEvent>>
>() {}

const exhausted = new PoolExhausted({ pool: "reader", size: 4, waiting: 9, timeoutMillis: 2000 })

const writeAll = (log: NamedLogger) =>
  Effect.all([log.debug("d"), log.info("i"), log.warning("w"), log.error("e"), log.critical("c")])

/** Contract of Logger, at any level. */
export const conforms = (name: string, at: (level: Level) => Layer.Layer<Logger | WrittenEvents>) =>
  describe(`Logger: ${name}`, () => {
    /** Runs a body with a new logger, then passes on its output. */
    const written = <E>(
      body: (log: NamedLogger) => Effect.Effect<unknown, E, Logger | SecureRandom>,
      level: Level = "DEBUG"
    ) =>
      Effect.gen(function* () {
        const logger = yield* Logger
        yield* body(logger.named("starpunk.test"))
        yield* logger.flush
        return yield* yield* WrittenEvents
      }).pipe(Effect.provide(Layer.merge(at(level), MemoryRandom.layer)))

    levels.forEach((level, rank) => {
      it.effect(`at ${level} it writes this level and higher ones`, () =>
        Effect.gen(function* () {
          const events = yield* written(writeAll, level)
          expect(events.map((event) => event.level)).toEqual(levels.slice(rank))
        })
      )

      it.effect(`at ${level} Effect's own lines follow the level, too`, () =>
        Effect.gen(function* () {
          const events = yield* written(
            () =>
              Effect.all([
                Effect.logDebug("d"),
                Effect.logInfo("i"),
                Effect.logWarning("w"),
                Effect.logError("e"),
                Effect.logFatal("c")
              ]),
            level
          )
          expect(events.map((event) => event.level)).toEqual(levels.slice(rank))
        })
      )
    })

    it.effect("an event has its time, name, message and every field", () =>
      Effect.gen(function* () {
        const [event] = yield* written((log) =>
          Effect.zipRight(
            TestClock.adjust(Duration.millis(1_700_000_000_042)),
            log.info("Pool opened", { size: 4, pool: "reader", warm: true, path: "/notes/a b", nothing: null })
          )
        )
        expect(event).toEqual({
          timestamp: "2023-11-14T22:13:20.042Z",
          level: "INFO",
          logger: "starpunk.test",
          message: "Pool opened",
          fields: { size: "4", pool: "reader", warm: "true", path: "/notes/a b", nothing: "null" }
        })
      })
    )

    it.effect("fields with names of the line's own members are renamed, not lost", () =>
      Effect.gen(function* () {
        const [event] = yield* written((log) =>
          log
            .info("Renamed", { level: "theirs", message: "theirs", field_message: "taken", truncated: 1 })
            .pipe(Effect.annotateLogs({ timestamp: "theirs", logger: "theirs" }))
        )
        expect(event).toMatchObject({ level: "INFO", logger: "starpunk.test", message: "Renamed" })
        expect(event?.fields).toEqual({
          field_timestamp: "theirs",
          field_logger: "theirs",
          field_level: "theirs",
          field_field_message: "theirs",
          field_message: "taken",
          field_truncated: "1"
        })
      })
    )

    it.effect("an event's own field wins over the fiber's, but not over its request id", () =>
      Effect.gen(function* () {
        const [event] = yield* written((log) =>
          log
            .info("Both", { component: "inner", request_id: "from-the-field" })
            .pipe(Effect.annotateLogs({ component: "outer", request_id: "from-the-fiber" }))
        )
        expect(event?.fields).toEqual({
          component: "inner",
          request_id: "from-the-fiber",
          field_request_id: "from-the-field"
        })
      })
    )

    it.effect("outside of any request, an event may have its own request id", () =>
      Effect.gen(function* () {
        const [event] = yield* written((log) => log.info("Answered", { request_id: "from-the-field" }))
        expect(event?.fields).toEqual({ request_id: "from-the-field" })
      })
    )

    it.effect("every line of a fiber and of its forks has the request id", () =>
      Effect.gen(function* () {
        const events = yield* written((log) =>
          Effect.gen(function* () {
            const id = yield* makeRequestId
            yield* Effect.gen(function* () {
              expect(yield* currentRequestId).toEqual(Option.some(id))
              yield* log.info("parent")
              yield* Fiber.join(yield* Effect.fork(Effect.zipRight(log.warning("child"), Effect.logInfo("library"))))
            }).pipe(annotateRequest(id))
            expect(yield* currentRequestId).toEqual(Option.none())
          })
        )
        expect(events.map((event) => event.message)).toEqual(["parent", "child", "library"])
        expect(new Set(events.map((event) => event.fields.request_id)).size).toBe(1)
        expect(events[0]?.fields.request_id).toMatch(/^[0-9a-f]{32}$/)
      })
    )

    it.effect("five hundred requests at once never mix their ids", () =>
      Effect.gen(function* () {
        const events = yield* written((log) =>
          Effect.forEach(
            Array.from({ length: 500 }, (_, request) => request),
            (request) =>
              Effect.gen(function* () {
                for (let line = 0; line < 3; line++) {
                  yield* log.info("step", { request, line })
                  yield* Effect.yieldNow()
                }
              }).pipe(Effect.annotateLogs("request_id", `request-${request}`)),
            { concurrency: "unbounded" }
          )
        )
        expect(events).toHaveLength(1500)
        for (const { fields } of events) expect(fields.request_id).toBe(`request-${fields.request}`)
      })
    )

    it.effect("every run of a job has the job's name and its own id", () =>
      Effect.gen(function* () {
        const events = yield* written((log) => {
          const job = log.info("Swept").pipe(annotateJob("session_cleanup"))
          return Effect.zipRight(job, job)
        })
        expect(events.map((event) => event.fields.job)).toEqual(["session_cleanup", "session_cleanup"])
        expect(new Set(events.map((event) => event.fields.request_id)).size).toBe(2)
      })
    )

    it.effect("a failure is logged with its code, its data and its cause", () =>
      Effect.gen(function* () {
        const wrapped = new Error("saving failed", { cause: exhausted })
        const [failure, cause, chain] = yield* written((log) =>
          Effect.all([
            log.error("Failed", { error: exhausted }),
            log.error("Failed", { error: Cause.fail(exhausted) }),
            log.error("Failed", { error: wrapped })
          ])
        )
        expect(failure?.fields["error.code"]).toBe("database.pool_exhausted")
        expect(cause?.fields["error.code"]).toBe("database.pool_exhausted")
        expect(failure?.fields["error.message"]).toContain("reader")
        expect(chain?.fields["error.message"]).toBe("saving failed")
        expect(chain?.fields["error.causes"]).toContain("PoolExhausted")
      })
    )

    it.effect("a library's line keeps its message, fields and cause", () =>
      Effect.gen(function* () {
        const [event] = yield* written(() =>
          Effect.logWarning("Lost a client", { attempt: 3 }, Cause.fail(exhausted)).pipe(
            Effect.annotateLogs("component", "net")
          )
        )
        expect(event).toMatchObject({ level: "WARNING", logger: "effect", message: "Lost a client" })
        expect(event?.fields).toMatchObject({
          attempt: "3",
          component: "net",
          "error.code": "database.pool_exhausted"
        })
      })
    )

    it.effect("an unreadable library line loses only itself, and spans are logged in milliseconds", () =>
      Effect.gen(function* () {
        const hostile = {
          get bad(): string {
            throw new Error("no")
          }
        }
        const [unreadable, timed] = yield* written(() =>
          Effect.zipRight(
            Effect.logInfo("Hostile", hostile),
            Effect.zipRight(TestClock.adjust(Duration.millis(7)), Effect.logInfo("Timed")).pipe(
              Effect.withLogSpan("step")
            )
          )
        )
        expect(unreadable?.fields).toEqual({ arguments: "<unreadable>" })
        expect(timed?.fields).toEqual({ spans_ms: '{"step":7}' })
      })
    )

    it.effect("counts its lines", () =>
      Effect.gen(function* () {
        const stats = yield* Effect.gen(function* () {
          const logger = yield* Logger
          yield* writeAll(logger.named("starpunk.test"))
          yield* logger.flush
          return yield* logger.stats
        }).pipe(Effect.provide(at("WARNING")))
        expect(stats).toEqual({ written: 3, dropped: 0, buffered: 0 })
      })
    )
  })
