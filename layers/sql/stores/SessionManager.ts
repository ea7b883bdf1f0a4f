import type { SqlClient } from "@effect/sql"
import { Clock, Effect, FiberSet, Layer, Option, Redacted, Schema } from "effect"
import {
  expiresAt,
  expiryReason,
  isExpired,
  limitsFrom,
  type NewSession,
  type Session,
  steadyNow,
  touchAfterMillis
} from "../../../src/domain/login/Session.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import { SessionExpired } from "../../../src/errors/Session.js"
import { sessionExtensions } from "../../../src/metrics/Site.js"
import { Logger } from "../../../src/services/Logger.js"
import { SecureRandom } from "../../../src/services/SecureRandom.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { DatabaseVersion } from "../pool/DatabaseVersion.js"
import { removeAll } from "../rows/Batches.js"
import { decodeRows } from "../rows/Rows.js"
import { KnownSessions } from "./KnownSessions.js"
import { hashOf } from "./SecretHash.js"

const SessionRow = Schema.Struct({
  id: Schema.String,
  owner: Schema.String,
  createdAt: Schema.Int,
  lastUsedAt: Schema.Int,
  expiresAt: Schema.Int,
  endsAt: Schema.Int,
  userAgent: Schema.NullOr(Schema.String),
  address: Schema.NullOr(Schema.String),
  provedAt: Schema.NullOr(Schema.Int)
})

const sessionsFrom = decodeRows(SessionRow)

const toSession = ({ userAgent, address, provedAt, ...row }: typeof SessionRow.Type): Session => ({
  ...row,
  ...(userAgent === null ? {} : { userAgent }),
  ...(address === null ? {} : { address }),
  ...(provedAt === null ? {} : { provedAt })
})

const columns = (sql: SqlClient.SqlClient) =>
  sql.literal(`
  id, owner, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt", ends_at AS "endsAt",
  user_agent AS "userAgent", address, proved_at AS "provedAt"`)

const monotonic = (clock: Clock.Clock): number => Number(clock.unsafeCurrentTimeNanos()) / 1e6

/** Sessions in the table `sessions`. */
export const layer: Layer.Layer<SessionManager, never, SqlPool | SecureRandom | Logger | Settings> = Layer.scoped(
  SessionManager,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const random = yield* SecureRandom
    const log = (yield* Logger).named("starpunk.sessions")
    const { session } = yield* Settings
    const limits = limitsFrom(session)
    const touches = yield* FiberSet.make<void>()
    const touching = new Set<string>()
    const known = new KnownSessions(yield* DatabaseVersion)

    let latest: Option.Option<number> = Option.none()
    const newestUse = pool
      .read((sql) => sql<{ latest: number | null }>`SELECT max(last_used_at) AS latest FROM sessions`)
      .pipe(Effect.map(([row]) => row?.latest ?? 0))
    const now = Effect.gen(function* () {
      const seen = Option.isSome(latest) ? latest.value : yield* newestUse
      const steady = steadyNow(limits, yield* Clock.currentTimeMillis, seen)
      latest = Option.some(steady)
      return steady
    })

    const insert = Effect.fnUntraced(function* (sql: SqlClient.SqlClient, instant: number, session: NewSession) {
      const token = Redacted.make(yield* random.base64url(32))
      const endsAt = instant + limits.maxAgeMillis
      const row = {
        token_hash: hashOf(token),
        id: yield* random.hex(8),
        owner: session.owner,
        created_at: instant,
        last_used_at: instant,
        expires_at: expiresAt(limits, instant, endsAt),
        ends_at: endsAt,
        user_agent: session.userAgent ?? null,
        address: session.address ?? null,
        proved_at: session.proved === true ? instant : null
      }
      yield* sql`INSERT INTO sessions ${sql.insert(row)}`
      return { token, id: row.id }
    })

    const create = Effect.fn("SessionManager.create")(function* (session: NewSession) {
      const instant = yield* now
      const { token, id } = yield* pool.write((sql) => insert(sql, instant, session))
      yield* log.info("Session created", { session_ref: id })
      return token
    })

    const rotate = Effect.fn("SessionManager.rotate")(function* (old: Redacted.Redacted, session: NewSession) {
      const instant = yield* now
      const { token, id } = yield* pool.write((sql) =>
        Effect.zipRight(sql`DELETE FROM sessions WHERE token_hash = ${hashOf(old)}`, insert(sql, instant, session))
      )
      yield* log.info("Session rotated", { session_ref: id })
      return token
    })

    /** Runs in the background, because a locked or full database must neither delay nor end an active session. */
    const touch = (tokenHash: Buffer, current: Session, instant: number) =>
      pool
        .write((sql) => {
          const extended = expiresAt(limits, instant, current.endsAt)
          return sql`UPDATE sessions SET last_used_at = ${instant}, expires_at = ${extended}
            WHERE token_hash = ${tokenHash} AND expires_at > ${instant} AND last_used_at < ${instant}`
        })
        .pipe(
          Effect.tap(() => Effect.sync(() => sessionExtensions.add({}))),
          Effect.catchAll((error) => log.warning("Session not extended", { session_ref: current.id, error })),
          Effect.ensuring(Effect.sync(() => touching.delete(current.id))),
          Effect.asVoid
        )

    /** Judges a session as it is stored, and extends it if it was not used for a while. */
    const judge = (tokenHash: Buffer, current: Session, instant: number): Effect.Effect<Session, SessionExpired> => {
      if (isExpired(limits, current, instant)) return new SessionExpired({ reason: expiryReason(current, instant) })
      if (instant - current.lastUsedAt < touchAfterMillis(limits)) return Effect.succeed(current)
      const extended = { ...current, lastUsedAt: instant, expiresAt: expiresAt(limits, instant, current.endsAt) }
      if (touching.has(current.id)) return Effect.succeed(extended)
      touching.add(current.id)
      return Effect.as(FiberSet.run(touches, touch(tokenHash, current, instant)), extended)
    }

    const read = Effect.fn("SessionManager.validate")(function* (tokenHash: Buffer) {
      const instant = yield* now
      const version = known.before()
      const [row] = yield* pool
        .read((sql) => sql`SELECT ${columns(sql)} FROM sessions WHERE token_hash = ${tokenHash}`)
        .pipe(Effect.flatMap(sessionsFrom))
      if (row === undefined) return yield* new SessionExpired({ reason: "unknown" })
      const current = toSession(row)
      known.keep(tokenHash, current, version, monotonic(yield* Effect.clock))
      return yield* judge(tokenHash, current, instant)
    })

    const validate = (token: Redacted.Redacted): Effect.Effect<Session, SessionExpired | DatabaseFailure> =>
      Effect.clockWith((clock) => {
        const tokenHash = hashOf(token)
        if (Option.isNone(latest)) return read(tokenHash)
        const instant = steadyNow(limits, clock.unsafeCurrentTimeMillis(), latest.value)
        const current = known.find(tokenHash, monotonic(clock))
        if (current === undefined) return read(tokenHash)
        latest = Option.some(instant)
        return judge(tokenHash, current, instant)
      })

    const list = Effect.gen(function* () {
      const instant = yield* now
      const rows = yield* pool
        .read(
          (sql) => sql`SELECT ${columns(sql)} FROM sessions WHERE expires_at > ${instant}
            ORDER BY last_used_at DESC, id`
        )
        .pipe(Effect.flatMap(sessionsFrom))
      return rows.map(toSession).filter((session) => !isExpired(limits, session, instant))
    }).pipe(Effect.withSpan("SessionManager.list"))

    const end = Effect.fn("SessionManager.end")(function* (id: string) {
      const instant = yield* now
      const ended = yield* pool.write(
        (sql) => sql<{ expiresAt: number }>`DELETE FROM sessions WHERE id = ${id} RETURNING expires_at AS "expiresAt"`
      )
      const lived = ended.some((session) => session.expiresAt > instant)
      if (lived) yield* log.info("Session ended", { session_ref: id })
      return lived
    })

    const endOthers = Effect.fn("SessionManager.endOthers")(function* (id: string) {
      const instant = yield* now
      const ended = yield* pool.write(
        (sql) => sql<{ expiresAt: number }>`DELETE FROM sessions WHERE id <> ${id} RETURNING expires_at AS "expiresAt"`
      )
      const count = ended.filter((session) => session.expiresAt > instant).length
      yield* log.info("Other sessions ended", { session_ref: id, count })
      return count
    })

    const distrustOthers = Effect.fn("SessionManager.distrustOthers")(function* (id: string) {
      yield* pool.write((sql) => sql`UPDATE sessions SET proved_at = NULL WHERE id <> ${id}`)
    })

    const endAll = Effect.gen(function* () {
      const instant = yield* now
      const ended = yield* pool.write(
        (sql) => sql<{ expiresAt: number }>`DELETE FROM sessions RETURNING expires_at AS "expiresAt"`
      )
      const count = ended.filter((session) => session.expiresAt > instant).length
      yield* log.info("All sessions ended", { count })
      return count
    }).pipe(Effect.withSpan("SessionManager.endAll"))

    const cleanup = Effect.gen(function* () {
      const instant = yield* now
      const total = yield* removeAll((limit) =>
        pool.write(
          (sql) => sql`DELETE FROM sessions WHERE token_hash IN (
            SELECT token_hash FROM sessions
            WHERE expires_at <= ${instant} LIMIT ${limit}) RETURNING id`
        )
      )
      if (total > 0) yield* log.info("Expired sessions removed", { count: total })
      return total
    }).pipe(Effect.withSpan("SessionManager.cleanup"))

    return { create, validate, rotate, list, end, endOthers, distrustOthers, endAll, cleanup }
  })
)
