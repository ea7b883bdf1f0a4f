import { Clock, Duration, Effect, Layer } from "effect"
import { BoundedMap } from "../../src/domain/BoundedMap.js"
import { waitFor } from "../../src/domain/Pace.js"
import { TooManyAttempts } from "../../src/errors/Login.js"
import { type Allowance, Attempts } from "../../src/services/Attempts.js"
import { Settings } from "../../src/settings/Config.js"

/** Maximum number of keys of one kind: about a megabyte. There are about a dozen kinds. */
export const maxKeys = 10_000

/** The instants of one kind; a used key is the newest. */
type Instants = BoundedMap<string, number>

const restoredAt = (instants: Instants, key: string, now: number): number => Math.max(now, instants.get(key) ?? now)

/** Counts attempts in this process; a restart clears the counts. `STARPUNK_RATE_LIMIT_ENABLED` turns it off. */
export const layer: Layer.Layer<Attempts, never, Settings> = Layer.effect(
  Attempts,
  Effect.gen(function* () {
    const { rateLimitEnabled } = yield* Settings
    // In a shared map, a flood of one kind would evict keys of another, and so reset their counts.
    const kinds = new Map<string, Instants>()

    const instantsOf = (kind: string): Instants => {
      const instants = kinds.get(kind) ?? new BoundedMap<string, number>(maxKeys)
      kinds.set(kind, instants)
      return instants
    }

    const take = (allowances: ReadonlyArray<Allowance>, now: number): number => {
      let wait = 0
      for (const allowance of allowances) {
        wait = Math.max(wait, waitFor(allowance, restoredAt(instantsOf(allowance.kind), allowance.key, now), now))
      }
      if (wait > 0) return wait
      for (const { every, key, kind } of allowances) {
        const instants = instantsOf(kind)
        instants.set(key, restoredAt(instants, key, now) + Duration.toMillis(every))
      }
      return 0
    }

    const clock = yield* Effect.clock
    const seconds = (allowances: ReadonlyArray<Allowance>, now: number): number =>
      rateLimitEnabled ? Math.ceil(take(allowances, now) / 1000) : 0

    return {
      take: (...allowances) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          const retryAfterSeconds = seconds(allowances, now)
          return retryAfterSeconds === 0 ? Effect.void : new TooManyAttempts({ retryAfterSeconds })
        }),
      unsafeTake: (...allowances) => seconds(allowances, clock.unsafeCurrentTimeMillis()),
      forget: ({ key, kind }) => Effect.sync(() => instantsOf(kind).delete(key))
    }
  })
)
