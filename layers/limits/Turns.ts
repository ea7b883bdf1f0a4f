import { Clock, Deferred, Duration, Effect, Layer, Queue } from "effect"
import { TooManyAttempts } from "../../src/errors/Login.js"
import { Instances } from "../../src/services/Instances.js"
import { type Line, maxWaiting, Turns, turnPatience } from "../../src/services/Turns.js"
import { Settings } from "../../src/settings/Config.js"
import { NetworkCounts } from "./NetworkCounts.js"

/** A waiting attempt. */
interface Waiter {
  /** The narrowest first. */
  readonly networks: ReadonlyArray<string>
  readonly expiresAt: number
  readonly turn: Deferred.Deferred<void, TooManyAttempts>
}

/** Priority of an attempt for the next turn. */
interface Claim {
  readonly waiter: Waiter
  /** For each of its networks: attempts that had their turn, or that wait and arrived later. */
  readonly before: ReadonlyArray<number>
  readonly lane: number
}

/**
 * Number of attempts of a network that count as one of a single address: the address, then /24 or /48, then /16 or /32.
 * The widest, /8 or IPv6 /16, delays nobody, and only decides between equals.
 */
const weights = [1, 4, 16, Number.POSITIVE_INFINITY]

/** A logarithm for the widest networks, so that among similar ones the newest goes first; exact for others. */
const measured = (count: number, level: number): number =>
  weights[level] === Number.POSITIVE_INFINITY ? Math.floor(Math.log2(1 + count)) : count

/** Negative if `a` has priority. */
const compare = (a: Claim, b: Claim): number => {
  if (a.lane !== b.lane) return a.lane - b.lane
  for (const [level, count] of a.before.entries()) {
    const difference = measured(count, level) - measured(b.before[level] ?? 0, level)
    if (difference !== 0) return difference
  }
  return 0
}

/** The attempts of one kind: waiting ones, the running one, and counts of each network. */
class Queueing {
  private readonly counts = new NetworkCounts(weights.length)
  /** In order of arrival. */
  private readonly waiters = new Set<Waiter>()
  /** When the allowance of each lane is full again (generic cell rate algorithm). */
  private readonly restored: Array<number>
  private running: Waiter | undefined

  /** The pace of the line is that of all instances together. */
  constructor(
    private readonly line: Line,
    private readonly instances: () => number
  ) {
    this.restored = Array<number>(line.lanes).fill(0)
  }

  private spacing(lane: number): number {
    return Duration.toMillis(this.line.every) * 2 ** lane * this.instances()
  }

  /** When a lane admits its next attempt, in epoch milliseconds. */
  private due(lane: number): number {
    return (this.restored[lane] ?? 0) - (Math.ceil(this.line.burst / this.instances()) - 1) * this.spacing(lane)
  }

  private refusal(lane: number, now: number): Effect.Effect<never, TooManyAttempts> {
    const wait = Math.max(this.due(lane) - now, this.spacing(lane))
    return new TooManyAttempts({ retryAfterSeconds: Math.ceil(wait / 1000) })
  }

  /** Priorities of all waiting attempts, the newest first. */
  private claims(now: number): ReadonlyArray<Claim> {
    const newer = weights.map(() => new Map<string, number>())
    return [...this.waiters].toReversed().map((waiter) => {
      const before = waiter.networks.map((network, level) => {
        const waiting = newer[level]?.get(network) ?? 0
        newer[level]?.set(network, waiting + 1)
        return waiting + this.counts.of(level, network, now)
      })
      const load = Math.max(...before.map((count, level) => count / (weights[level] ?? 1)))
      return { waiter, before, lane: Math.min(this.line.lanes - 1, Math.floor(load)) }
    })
  }

  /** Adds an attempt to the queue. If there are too many, the one with the lowest priority is refused. */
  arrive(networks: ReadonlyArray<string>, turn: Waiter["turn"], now: number) {
    const waiter: Waiter = { networks, expiresAt: now + turnPatience, turn }
    this.waiters.add(waiter)
    const worst = this.waiters.size > maxWaiting ? this.claims(now).toSorted(compare).at(-1) : undefined
    if (worst === undefined) return { waiter, refused: Effect.void }
    this.waiters.delete(worst.waiter)
    return { waiter, refused: Deferred.complete(worst.waiter.turn, this.refusal(worst.lane, now)) }
  }

  /** Removes an attempt: its turn is over, or its client has disconnected. */
  leave(waiter: Waiter): void {
    this.waiters.delete(waiter)
    if (this.running === waiter) this.running = undefined
  }

  forgive({ networks }: Waiter): void {
    this.counts.forgive(networks)
  }

  /** Admits the next attempt, if one is due, and refuses those that have waited too long. */
  advance(now: number): { readonly outcomes: ReadonlyArray<Effect.Effect<unknown>>; readonly nextAt: number } {
    const outcomes: Array<Effect.Effect<unknown>> = []
    const claims = this.claims(now)
    for (const { lane, waiter } of claims) {
      if (waiter.expiresAt > now) continue
      this.waiters.delete(waiter)
      outcomes.push(Deferred.complete(waiter.turn, this.refusal(lane, now)))
    }
    const waiting = claims.filter(({ waiter }) => this.waiters.has(waiter))
    const [next] =
      this.running === undefined ? waiting.filter(({ lane }) => this.due(lane) <= now).toSorted(compare) : []
    if (next !== undefined) {
      this.waiters.delete(next.waiter)
      this.running = next.waiter
      this.restored[next.lane] = Math.max(now, this.restored[next.lane] ?? 0) + this.spacing(next.lane)
      this.counts.add(next.waiter.networks, now)
      outcomes.push(Deferred.succeed(next.waiter.turn, undefined))
    }
    const isFree = this.running === undefined
    const events = waiting.map(({ lane, waiter }) =>
      Math.min(waiter.expiresAt, isFree ? this.due(lane) : Number.POSITIVE_INFINITY)
    )
    return { outcomes, nextAt: Math.min(...events) }
  }
}

/**
 * Queues attempts in this process; a restart clears the counts. With several instances of the site, each takes its part of
 * the pace. `STARPUNK_RATE_LIMIT_ENABLED` turns it off.
 */
export const layer: Layer.Layer<Turns, never, Settings> = Layer.scoped(
  Turns,
  Effect.gen(function* () {
    const { rateLimitEnabled } = yield* Settings
    const { count } = yield* Instances
    const queues = new Map<string, Queueing>()
    const changes = yield* Queue.sliding<void>(1)
    const changed = Queue.offer(changes, undefined)

    const queueOf = (line: Line): Queueing => {
      const queue = queues.get(line.kind) ?? new Queueing(line, count)
      queues.set(line.kind, queue)
      return queue
    }

    yield* Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const steps = [...queues.values()].map((queue) => queue.advance(now))
      for (const { outcomes } of steps) yield* Effect.all(outcomes, { discard: true })
      const next = Math.min(...steps.map(({ nextAt }) => nextAt))
      yield* Number.isFinite(next) ? Effect.timeoutOption(Queue.take(changes), next - now) : Queue.take(changes)
    }).pipe(Effect.forever, Effect.forkScoped)

    return {
      run: (line, networks, attempt) =>
        rateLimitEnabled
          ? Effect.uninterruptibleMask((restore) =>
              Effect.gen(function* () {
                const queue = queueOf(line)
                const turn = yield* Deferred.make<void, TooManyAttempts>()
                const { refused, waiter } = queue.arrive(networks, turn, yield* Clock.currentTimeMillis)
                const leave = Effect.zipRight(
                  Effect.sync(() => queue.leave(waiter)),
                  changed
                )
                yield* refused
                yield* changed
                yield* Effect.onInterrupt(restore(Deferred.await(turn)), () => leave)
                return yield* restore(attempt).pipe(
                  Effect.tap(() => Effect.sync(() => queue.forgive(waiter))),
                  Effect.ensuring(leave)
                )
              })
            )
          : attempt
    }
  })
)
