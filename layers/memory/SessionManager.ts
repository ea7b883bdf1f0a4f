import { Clock, Effect, Layer, Redacted } from "effect"
import {
  expiresAt,
  expiryReason,
  isExpired,
  limitsFrom,
  type NewSession,
  type Session,
  steadyNow,
  touchAfterMillis
} from "../../src/domain/login/Session.js"
import { SessionExpired } from "../../src/errors/Session.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import { Settings } from "../../src/settings/Config.js"

/** In-memory sessions for tests. */
export const layer: Layer.Layer<SessionManager, never, SecureRandom | Settings> = Layer.effect(
  SessionManager,
  Effect.gen(function* () {
    const random = yield* SecureRandom
    const { session } = yield* Settings
    const limits = limitsFrom(session)
    const sessions = new Map<string, Session>()
    let latest = 0

    const now = Effect.map(Clock.currentTimeMillis, (clock) => {
      latest = steadyNow(limits, clock, latest)
      return latest
    })

    const create = Effect.fn("SessionManager.create")(function* ({ proved = false, ...session }: NewSession) {
      const instant = yield* now
      const token = yield* random.base64url(32)
      const endsAt = instant + limits.maxAgeMillis
      sessions.set(token, {
        ...session,
        id: yield* random.hex(8),
        createdAt: instant,
        lastUsedAt: instant,
        expiresAt: expiresAt(limits, instant, endsAt),
        endsAt,
        ...(proved && { provedAt: instant })
      })
      return Redacted.make(token)
    })

    const validate = Effect.fn("SessionManager.validate")(function* (token: Redacted.Redacted) {
      const instant = yield* now
      const key = Redacted.value(token)
      const current = sessions.get(key)
      if (current === undefined) return yield* new SessionExpired({ reason: "unknown" })
      if (isExpired(limits, current, instant)) {
        return yield* new SessionExpired({ reason: expiryReason(current, instant) })
      }
      if (instant - current.lastUsedAt < touchAfterMillis(limits)) return current
      const touched = { ...current, lastUsedAt: instant, expiresAt: expiresAt(limits, instant, current.endsAt) }
      sessions.set(key, touched)
      return touched
    })

    const living = Effect.map(now, (instant) =>
      [...sessions.values()].filter((session) => !isExpired(limits, session, instant))
    )

    const removeWhere = (matches: (session: Session) => boolean) => {
      for (const [token, session] of sessions) if (matches(session)) sessions.delete(token)
    }

    return {
      create,
      validate,
      rotate: Effect.fn("SessionManager.rotate")(function* (token, session) {
        sessions.delete(Redacted.value(token))
        return yield* create(session)
      }),
      list: Effect.map(living, (list) =>
        list.toSorted((a, b) => b.lastUsedAt - a.lastUsedAt || a.id.localeCompare(b.id))
      ),
      end: Effect.fn("SessionManager.end")(function* (id) {
        const lived = (yield* living).some((session) => session.id === id)
        removeWhere((session) => session.id === id)
        return lived
      }),
      endOthers: Effect.fn("SessionManager.endOthers")(function* (id) {
        const others = (yield* living).filter((session) => session.id !== id)
        removeWhere((session) => session.id !== id)
        return others.length
      }),
      distrustOthers: Effect.fn("SessionManager.distrustOthers")((id) =>
        Effect.sync(() => {
          for (const [token, { provedAt: _, ...session }] of sessions)
            if (session.id !== id) sessions.set(token, session)
        })
      ),
      endAll: Effect.map(living, (list) => {
        sessions.clear()
        return list.length
      }),
      cleanup: Effect.map(now, (instant) => {
        const before = sessions.size
        removeWhere((session) => isExpired(limits, session, instant))
        return before - sessions.size
      })
    }
  })
)
