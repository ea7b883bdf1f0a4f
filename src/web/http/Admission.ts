import type { HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"
import { isNearby } from "../../domain/Network.js"
import { AddressMalformed } from "../../errors/Address.js"
import { SiteStarting } from "../../errors/Availability.js"
import type { Failure } from "../../errors/Failure.js"
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
 * Maximum time that a request waits for the end of the start. Without migrations a start takes less than a second, so
 * nobody notices a restart; clients and proxies wait longer than this.
 */
const startPatience = "5 seconds"

/** Checks of a request before any route handles it. */
export interface Admission {
  /**
   * Returns the phase that applies to the request. Requests during a start wait for its end, and are refused only after
   * some time.
   */
  readonly phase: (request: HttpServerRequest.HttpServerRequest, policy: RoutePolicy) => Effect.Effect<Phase>
  /** Fails if no route may handle the request. */
  readonly admit: (
    request: HttpServerRequest.HttpServerRequest,
    policy: RoutePolicy,
    phase: Phase
  ) => Effect.Effect<void, Failure>
}

/** Makes the checks of this site, with these rate limits. */
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

    /**
     * Logs once that an unconfigured proxy is in front of the site. Headers of distant clients are ignored, because
     * they can be forged.
     */
    let isProxyReported = false
    const noticeProxy = (request: HttpServerRequest.HttpServerRequest): Effect.Effect<void> =>
      Effect.suspend(() => {
        const address = peer(request)
        if (isProxyReported || request.headers["x-forwarded-for"] === undefined || proxies.isTrusted(address))
          return Effect.void
        if (!isNearby(address)) return Effect.void
        isProxyReported = true
        return log.warning("A proxy is not trusted: all its visitors share one limit", {
          peer: address,
          suggestion: "Add its address to STARPUNK_TRUSTED_PROXIES"
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
