import { Clock, Duration, Effect, Layer } from "effect"
import { Settings } from "../../src/Config.js"
import { TooManyAttempts } from "../../src/errors/failure/Login.js"
import { type Allowance, Attempts } from "../../src/services/Attempts.js"

/** Keys that are remembered at once: some megabyte. */
export const maxKeys = 10_000

/**
 * The generic cell rate algorithm (ITU-T I.371): of every key one instant is remembered, at which all that was taken has
 * grown back. Waiting in milliseconds; 0 when there is an attempt left.
 */
const waitFor = ({ burst, every }: Allowance, restoredAt: number, now: number): number =>
  Math.max(0, restoredAt - (burst - 1) * Duration.toMillis(every) - now)

/** Attempts counted in this process: a server is one process, and a restart forgives. `STARPUNK_RATE_LIMIT_ENABLED` turns it off. */
export const layer: Layer.Layer<Attempts, never, Settings> = Layer.effect(
  Attempts,
  Effect.gen(function* () {
    const { rateLimitEnabled } = yield* Settings
    // In the order of their last use, since a key that is taken from is put at the end.
    const restored = new Map<string, number>()

    const remember = (key: string, instant: number) => {
      restored.delete(key)
      const [oldest] = restored.size < maxKeys ? [] : restored.keys()
      if (oldest !== undefined) restored.delete(oldest)
      restored.set(key, instant)
    }

    return {
      take: Effect.fn("Attempts.take")(function* (...allowances) {
        if (!rateLimitEnabled) return
        const now = yield* Clock.currentTimeMillis
        const wait = Math.max(
          0,
          ...allowances.map((allowance) => waitFor(allowance, restored.get(allowance.key) ?? now, now))
        )
        if (wait > 0) return yield* new TooManyAttempts({ retryAfterSeconds: Math.ceil(wait / 1000) })
        for (const { every, key } of allowances) {
          remember(key, Math.max(now, restored.get(key) ?? now) + Duration.toMillis(every))
        }
      }),
      forget: (key) => Effect.sync(() => restored.delete(key))
    }
  })
)
