import type { HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"
import { isNearby } from "../../domain/Network.js"
import type { Failure } from "../../errors/Failure.js"
import { AddressMalformed, SiteStarting } from "../../errors/failure/Http.js"
import { Lifecycle, type Phase } from "../../services/Lifecycle.js"
import { Logger } from "../../services/Logger.js"
import { TrustedProxies } from "../../services/TrustedProxies.js"
import { Settings } from "../../settings/Config.js"
import { addressFault } from "./Address.js"
import { clientAddress, peer } from "./Client.js"
import type { RateLimits } from "./RateLimits.js"
import type { RoutePolicy } from "./RoutePolicy.js"
import { originFault } from "./SameOrigin.js"

/**
 * How long a request waits for the start to end. A start takes less than a second when there is nothing to migrate, so
 * that nobody notices that the server was started anew; clients and proxies wait longer than this.
 */
const startPatience = "5 seconds"

/** What a request has to meet before any route sees it. */
export interface Admission {
  /** The phase that the request meets: who comes during a start is kept waiting for its end, and told off only after a while. */
  readonly phase: (request: HttpServerRequest.HttpServerRequest, policy: RoutePolicy) => Effect.Effect<Phase>
  /** Passes a request that a route may see. */
  readonly admit: (
    request: HttpServerRequest.HttpServerRequest,
    policy: RoutePolicy,
    phase: Phase
  ) => Effect.Effect<void, Failure>
}

/** Admission to this site, under these limits. */
export const make = (
  limits: RateLimits
): Effect.Effect<Admission, never, Settings | Lifecycle | Logger | TrustedProxies> =>
  Effect.gen(function* () {
    const { siteUrl } = yield* Settings
    const lifecycle = yield* Lifecycle
    const proxies = yield* TrustedProxies
    const log = (yield* Logger).named("starpunk.http")
    const foreign = originFault(siteUrl)

    const refusal = (
      request: HttpServerRequest.HttpServerRequest,
      policy: RoutePolicy,
      phase: Phase
    ): Failure | undefined => {
      const fault = addressFault(request.url)
      if (fault !== undefined) return new AddressMalformed({ reason: fault })
      return phase === "starting" && !policy.whileStarting ? new SiteStarting() : foreign(request, policy)
    }

    /** Says once that a proxy stands before the site that the settings do not name. Strangers from afar may write what they like. */
    let isProxyTold = false
    const noticeProxy = (request: HttpServerRequest.HttpServerRequest): Effect.Effect<void> =>
      Effect.suspend(() => {
        const address = peer(request)
        if (isProxyTold || request.headers["x-forwarded-for"] === undefined || proxies.isTrusted(address))
          return Effect.void
        if (!isNearby(address)) return Effect.void
        isProxyTold = true
        return log.warning("A proxy is not trusted: all its visitors look like one", {
          peer: address,
          suggestion: "Name it in STARPUNK_TRUSTED_PROXIES"
        })
      })

    return {
      phase: ({ url }, { whileStarting }) =>
        Effect.flatMap(lifecycle.phase, (phase) =>
          phase !== "starting" || whileStarting || addressFault(url) !== undefined
            ? Effect.succeed(phase)
            : Effect.zipRight(
                Effect.timeoutOption(Effect.interruptible(lifecycle.reached("ready")), startPatience),
                lifecycle.phase
              )
        ),
      admit: (request, policy, phase) =>
        Effect.gen(function* () {
          yield* noticeProxy(request)
          yield* limits.admit(policy, clientAddress(proxies, request))
          const refused = refusal(request, policy, phase)
          if (refused !== undefined) return yield* Effect.fail(refused)
        })
    }
  })
