import { Duration, Effect } from "effect"
import { isNearby, networkOf } from "../../domain/Network.js"
import type { Failure } from "../../errors/Failure.js"
import { RateLimited } from "../../errors/failure/Http.js"
import { Attempts } from "../../services/Attempts.js"
import type { RoutePolicy } from "./RoutePolicy.js"

type Limit = RateLimited["limit"]

interface Pace {
  readonly burst: number
  readonly every: Duration.Duration
}

/**
 * How often may be asked, by one address (of IPv6 by one /64) and, for writes, with one token.
 *
 * - `requests`: a page with its pictures is some forty requests. A hundred readers behind one address who open one in the
 *   same moment make 4,000, and each of them may turn to the next page every forty seconds for ever.
 * - `searches`: those hundred search three times each at once, and then three hundred times a minute.
 * - `authorizations`, `token_requests`: people consent and apps renew a few times a day; resource servers ask about
 *   tokens once per request of theirs.
 * - `refused_tokens`: an app with a token that was revoked and goes on trying.
 * - `health_tokens`: a scraper with a wrong token asks four times a minute, so it never uses this up and works again as soon as
 *   its token is right. A probe at each second does, and waits ten seconds.
 * - `writes`: an app that brings a thousand old posts is not held up, one that runs wild fills no disk in an hour.
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
 * Reading is limited for those who come from elsewhere: nearby are the site's own programs, and proxies that the settings
 * do not name, whose visitors would all be counted as one.
 */
const forReading: ReadonlySet<Limit> = new Set<Limit>(["requests", "searches"])

/** The limits of a server, for requests whose client has this address, seen through our own proxies. */
export interface RateLimits {
  /** Counts a request before any route sees it. */
  readonly admit: (policy: Pick<RoutePolicy, "limits">, address: string) => Effect.Effect<void, RateLimited>
  /**
   * Counts a failure that tells of a guess; answers what the request fails with. A token that is valid is never refused
   * for others that were not, so that nobody locks out the owner's apps, be it from the next room.
   */
  readonly afterFailure: (failure: Failure, address: string) => Effect.Effect<Failure>
  /** Counts a request that writes with a token. */
  readonly countWrite: (tokenId: string) => Effect.Effect<void, RateLimited>
}

/** Limits in the process's own memory (`Attempts`). */
export const make: Effect.Effect<RateLimits, never, Attempts> = Effect.gen(function* () {
  const attempts = yield* Attempts

  const take = (limits: ReadonlyArray<Limit>, key: string): Effect.Effect<void, RateLimited> =>
    Effect.forEach(
      limits,
      (limit) =>
        Effect.mapError(
          attempts.take({ ...paces[limit], kind: limit, key }),
          ({ retryAfterSeconds }) => new RateLimited({ limit, retryAfterSeconds })
        ),
      { discard: true }
    )

  return {
    admit: ({ limits }, address) =>
      take(isNearby(address) ? limits.filter((limit) => !forReading.has(limit)) : limits, networkOf(address)),
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
