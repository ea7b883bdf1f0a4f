import { Clock, Duration, Effect, Layer } from "effect"
import { TooManyAttempts } from "../../src/errors/Login.js"
import { type Allowance, Attempts } from "../../src/services/Attempts.js"
import { Settings } from "../../src/settings/Config.js"

/** Maximum number of keys of one kind: about a megabyte. There are about a dozen kinds. */
export const maxKeys = 10_000

/**
 * The generic cell rate algorithm (ITU-T I.371), which stores one instant per key: when its allowance is full again.
 * Returns the wait in milliseconds; 0 if there is an attempt left.
 */
const waitFor = ({ burst, every }: Allowance, restoredAt: number, now: number): number =>
  Math.max(0, restoredAt - (burst - 1) * Duration.toMillis(every) - now)

/** The instants of one kind, ordered by last use: a used key moves to the end. */
class Room {
  private readonly restored = new Map<string, number>()

  restoredAt(key: string, now: number): number {
    return Math.max(now, this.restored.get(key) ?? now)
  }

  remember(key: string, instant: number): void {
    this.restored.delete(key)
    const [oldest] = this.restored.size < maxKeys ? [] : this.restored.keys()
    if (oldest !== undefined) this.restored.delete(oldest)
    this.restored.set(key, instant)
  }

  forget(key: string): void {
    this.restored.delete(key)
  }
}

/** Counts attempts in this process; a restart clears the counts. `STARPUNK_RATE_LIMIT_ENABLED` turns it off. */
export const layer: Layer.Layer<Attempts, never, Settings> = Layer.effect(
  Attempts,
  Effect.gen(function* () {
    const { rateLimitEnabled } = yield* Settings
    // In a shared map, a flood of one kind would evict keys of another, and so reset their counts.
    const rooms = new Map<string, Room>()

    const roomOf = (kind: string): Room => {
      const room = rooms.get(kind) ?? new Room()
      rooms.set(kind, room)
      return room
    }

    const take = (allowances: ReadonlyArray<Allowance>, now: number): number => {
      let wait = 0
      for (const allowance of allowances) {
        wait = Math.max(wait, waitFor(allowance, roomOf(allowance.kind).restoredAt(allowance.key, now), now))
      }
      if (wait > 0) return wait
      for (const { every, key, kind } of allowances) {
        const room = roomOf(kind)
        room.remember(key, room.restoredAt(key, now) + Duration.toMillis(every))
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
      forget: ({ key, kind }) => Effect.sync(() => roomOf(kind).forget(key))
    }
  })
)
