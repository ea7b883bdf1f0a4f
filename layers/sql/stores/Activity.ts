import type { SqlClient, Statement } from "@effect/sql"
import { Clock, Duration, Effect, Layer, Schema } from "effect"
import { type ActivityEvent, kept, type RecordedEvent, Refusal } from "../../../src/domain/ActivityEvent.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import { Activity, type ActivityRange } from "../../../src/services/Activity.js"
import { annotateJob } from "../../../src/services/Correlation.js"
import { Logger } from "../../../src/services/Logger.js"
import type { SecureRandom } from "../../../src/services/SecureRandom.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { decodeRows } from "../rows/Rows.js"

/** Maximum number of events that wait for the writer; about a quarter of a megabyte. */
export const maxPending = 256

/** At most four transactions a second, with any number of requests. */
const pause = Duration.millis(250)

/** Pause after a failed write. */
const pauseAfterFailure = Duration.seconds(5)

/** Interval in which old events are removed, also without requests. */
const trimInterval = Duration.hours(1)

/** Rows that one transaction removes: few enough not to delay other writes, and more than one transaction adds. */
const trimBatch = 2 * maxPending

const EventRow = Schema.Struct({
  id: Schema.Int,
  at: Schema.Int,
  requestId: Schema.String,
  endpoint: Schema.String,
  method: Schema.String,
  asked: Schema.String,
  status: Schema.Int,
  refusal: Schema.NullOr(Schema.parseJson(Refusal)),
  clientId: Schema.NullOr(Schema.String),
  tokenId: Schema.NullOr(Schema.String),
  label: Schema.NullOr(Schema.String),
  address: Schema.String,
  userAgent: Schema.NullOr(Schema.String)
})

const eventsFrom = decodeRows(EventRow)
const refusalText = Schema.encodeSync(Schema.parseJson(Refusal))

const toEvent = ({ clientId, label, refusal, tokenId, userAgent, ...row }: typeof EventRow.Type): RecordedEvent => ({
  ...row,
  ...(refusal === null ? {} : { refusal }),
  ...(clientId === null ? {} : { clientId }),
  ...(tokenId === null ? {} : { tokenId }),
  ...(label === null ? {} : { label }),
  ...(userAgent === null ? {} : { userAgent })
})

const toRow = (event: ActivityEvent) => ({
  at: event.at,
  request_id: event.requestId,
  endpoint: event.endpoint,
  method: event.method,
  asked: event.asked,
  status: event.status,
  refusal: event.refusal === undefined ? null : refusalText(event.refusal),
  client_id: event.clientId ?? null,
  token_id: event.tokenId ?? null,
  label: event.label ?? null,
  address: event.address,
  user_agent: event.userAgent ?? null
})

const columns = (sql: SqlClient.SqlClient) =>
  sql.literal(`id, at, request_id AS "requestId", endpoint, method, asked, status, refusal, client_id AS "clientId",
    token_id AS "tokenId", label, address, user_agent AS "userAgent"`)

/** Removes a batch of events of each kind beyond the limits. */
const trim = (sql: SqlClient.SqlClient, now: number) =>
  Effect.all(
    [
      sql`DELETE FROM activity WHERE id IN
        (SELECT id FROM activity WHERE refusal IS NULL ORDER BY id DESC LIMIT ${trimBatch} OFFSET ${kept.granted})`,
      sql`DELETE FROM activity WHERE id IN
        (SELECT id FROM activity WHERE refusal IS NOT NULL ORDER BY id DESC LIMIT ${trimBatch} OFFSET ${kept.refused})`,
      sql`DELETE FROM activity WHERE id IN
        (SELECT id FROM activity WHERE at <= ${now - kept.millis} ORDER BY at LIMIT ${trimBatch})`
    ],
    { discard: true }
  )

const page = (range: ActivityRange) =>
  Effect.fnUntraced(function* (sql: SqlClient.SqlClient) {
    const { after, before, limit, refusedOnly = false } = range
    const wanted = refusedOnly ? sql`refusal IS NOT NULL` : sql`id > 0`
    const towardsNewer = after !== undefined && before === undefined
    const within = [
      wanted,
      ...(before === undefined ? [] : [sql`id < ${before}`]),
      ...(after === undefined ? [] : [sql`id > ${after}`])
    ]
    const found = yield* Effect.flatMap(
      sql`SELECT ${columns(sql)} FROM activity WHERE ${sql.and(within)}
        ORDER BY id ${sql.literal(towardsNewer ? "ASC" : "DESC")} LIMIT ${limit + 1}`,
      eventsFrom
    )
    const events = found.slice(0, limit).map(toEvent)
    if (towardsNewer) events.reverse()
    const isAny = (condition: Statement.Fragment) =>
      Effect.map(sql`SELECT 1 FROM activity WHERE ${sql.and([wanted, condition])} LIMIT 1`, (rows) => rows.length > 0)
    const newest = events[0]?.id ?? (before ?? 0) - 1
    const oldest = events.at(-1)?.id ?? (after ?? 0) + 1
    const hasMoreAhead = found.length > limit
    if (towardsNewer) return { events, hasNewer: hasMoreAhead, hasOlder: yield* isAny(sql`id < ${oldest}`) }
    const startsAtTheNewest = before === undefined && after === undefined
    const hasNewer = startsAtTheNewest ? false : yield* isAny(sql`id > ${newest}`)
    return { events, hasNewer, hasOlder: hasMoreAhead }
  })

/** Returns whether a failure is temporary, so that the write may succeed later. */
const isBrief = (failure: DatabaseFailure): boolean =>
  failure._tag === "DatabaseLocked" || failure._tag === "PoolExhausted"

/**
 * Events in the table `activity`. A separate fiber writes them, so that no request waits; pending events are written
 * when the scope ends.
 */
export const layer: Layer.Layer<Activity, never, SqlPool | Logger | SecureRandom> = Layer.scoped(
  Activity,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const log = (yield* Logger).named("starpunk.activity")
    const one = yield* Effect.makeSemaphore(1)
    const due = yield* Effect.makeLatch()
    const pending: Array<ActivityEvent> = []
    let lost = 0
    let failing = false

    const record = (event: ActivityEvent) =>
      Effect.suspend(() => {
        if (pending.length < maxPending) pending.push(event)
        else lost += 1
        return due.open
      })

    const written = (count: number) =>
      Effect.suspend(() => {
        pending.splice(0, count)
        if (!failing) return Effect.void
        failing = false
        return log.info("Activity of clients is recorded again", { lost })
      })

    const notWritten = (count: number, error: DatabaseFailure) =>
      Effect.suspend(() => {
        if (!isBrief(error)) lost += pending.splice(0, count).length
        if (failing) return Effect.void
        failing = true
        return log.warning("Activity of clients not recorded", { error })
      })

    /** Writes pending events and removes events beyond the limits. An event stays pending until it is stored. */
    const writeDown = Effect.uninterruptible(
      one.withPermits(1)(
        Effect.gen(function* () {
          const batch = pending.slice()
          const now = yield* Clock.currentTimeMillis
          yield* pool
            .write((sql) =>
              Effect.gen(function* () {
                if (batch.length > 0) yield* sql`INSERT INTO activity ${sql.insert(batch.map(toRow))}`
                yield* trim(sql, now)
              })
            )
            .pipe(
              Effect.matchEffect({
                onSuccess: () => written(batch.length),
                onFailure: (error) => notWritten(batch.length, error)
              })
            )
        })
      )
    )

    const round = Effect.gen(function* () {
      yield* Effect.timeoutOption(due.await, trimInterval)
      yield* due.close
      yield* annotateJob("activity")(writeDown)
      if (pending.length > 0) yield* due.open
      yield* Effect.sleep(failing ? pauseAfterFailure : pause)
    })

    yield* Effect.addFinalizer(() => Effect.suspend(() => (pending.length > 0 ? writeDown : Effect.void)))
    yield* Effect.forkScoped(Effect.forever(round))

    const list = Effect.fn("Activity.list")(function* (range: ActivityRange) {
      if (pending.length > 0) yield* writeDown
      return yield* pool.read(page(range))
    })

    return { record, list, lost: Effect.sync(() => lost) }
  })
)
