import { Duration, Effect } from "effect"
import { isNearby, networkOf } from "../../domain/Network.js"
import { RateLimited } from "../../errors/Availability.js"
import type { Failure } from "../../errors/Failure.js"
import { Attempts } from "../../services/Attempts.js"
import type { RoutePolicy } from "./RoutePolicy.js"

type Limit = RateLimited["limit"]

interface Pace {
  readonly burst: number
  readonly every: Duration.Duration
}

/**
 * Rate limits per address (for IPv6 per /64) and, for writes, per token.
 *
 * - `requests`: a page with its pictures is some forty requests. A hundred readers behind one address who open one at
 *   the same moment make 4,000, and each can open another page every forty seconds.
 * - `searches`: the same hundred can search three times each at once, and then three hundred times a minute.
 * - `authorizations`, `token_requests`: people consent and apps renew a few times a day; resource servers introspect a
 *   token once per request.
 * - `refused_tokens`: an app that keeps using a revoked token.
 * - `health_tokens`: a scraper with a wrong token asks four times a minute, which never exhausts the limit, so it works
 *   again as soon as its token is right. A probe every second does exhaust it, and waits ten seconds.
 * - `writes`: an app that imports a thousand old posts is not delayed, and one in an endless loop does not fill the
 *   disk within an hour.
 */
export const paces: Readonly<Record<Limit, Pace>> = {
  requests: { burst: 6_000, every: Duration.millis(10) },
  searches: { burst: 300, every: Duration.millis(200) },
  authorizations: { burst: 300, every: Duration.seconds(1) },
  token_requests: { burst: 300, every: Duration.millis(500) },
  refused_tokens: { burst: 100, every: Duration.seconds(1) },
  health_tokens: { burst: 30, every: Duration.seconds(10) },
  writes: { burst: 1_000, every: Duration.millis(100) }
}

/**
 * Limits of reading, which do not apply to nearby addresses: the site's own programs, and unconfigured proxies, whose
 * visitors would all be counted as one.
 */
const forReading: ReadonlySet<Limit> = new Set<Limit>(["requests", "searches"])

/** The rate limits of a server, for requests with this client address. */
export interface RateLimits {
  /** Counts a request before any route handles it. */
  readonly admit: (policy: Pick<RoutePolicy, "limits">, address: string) => Effect.Effect<void, RateLimited>
  /** As `admit`, outside of fibers: returns whether the request may pass. */
  readonly unsafeAdmit: (policy: Pick<RoutePolicy, "limits">, address: string) => boolean
  /**
   * Counts a failure that may be a guess, and returns the failure of the request. A valid token is never refused
   * because of invalid ones, so that nobody can lock out the owner's apps.
   */
  readonly afterFailure: (failure: Failure, address: string) => Effect.Effect<Failure>
  /** Counts a write with a token. */
  readonly countWrite: (tokenId: string) => Effect.Effect<void, RateLimited>
}

const limitsFor = ({ limits }: Pick<RoutePolicy, "limits">, address: string): ReadonlyArray<Limit> =>
  isNearby(address) ? limits.filter((limit) => !forReading.has(limit)) : limits

/** Rate limits in this process's memory (`Attempts`). */
export const make: Effect.Effect<RateLimits, never, Attempts> = Effect.gen(function* () {
  const attempts = yield* Attempts

  const take = (limits: ReadonlyArray<Limit>, key: string): Effect.Effect<void, RateLimited> =>
    Effect.forEach(
      limits,
      (limit) =>
        Effect.mapError(
          attempts.take({
            ...paces[limit],
            ...(limit === "refused_tokens" && { guards: "secret" as const }),
            kind: limit,
            key
          }),
          ({ retryAfterSeconds }) => new RateLimited({ limit, retryAfterSeconds })
        ),
      { discard: true }
    )

  return {
    admit: (policy, address) =>
      Effect.suspend(() => {
        const limits = limitsFor(policy, address)
        return limits.length === 0 ? Effect.void : take(limits, networkOf(address))
      }),
    unsafeAdmit: (policy, address) =>
      limitsFor(policy, address).every(
        (limit) => attempts.unsafeTake({ ...paces[limit], kind: limit, key: networkOf(address) }) === 0
      ),
    afterFailure: (failure, address) =>
      failure._tag === "TokenInvalid" || failure._tag === "MeMismatch"
        ? Effect.match(take(["refused_tokens"], networkOf(address)), {
            onSuccess: () => failure,
            onFailure: (limited) => limited
          })
        : Effect.succeed(failure),
    countWrite: (tokenId) => take(["writes"], tokenId)
  }
})
