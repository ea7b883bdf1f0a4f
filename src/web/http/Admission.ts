import type { HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"
import { isNearby } from "../../domain/Network.js"
import type { Failure } from "../../errors/Failure.js"
import { AddressMalformed, SiteStarting } from "../../errors/failure/Http.js"
import { Lifecycle, type Phase } from "../../services/Lifecycle.js"
import { Logger } from "../../services/Logger.js"
import { TrustedProxies } from "../../services/TrustedProxies.js"
import { Settings } from "../../settings/Config.js"
import { faviconPath } from "../theme/Favicon.js"
import { stylesheetPath } from "../theme/Stylesheet.js"
import { addressFault, pathOf } from "./Address.js"
import { clientAddress, peer } from "./Client.js"
import { allowAnyOrigin } from "./Cors.js"
import type { RateLimits } from "./RateLimits.js"
import { isForAnyOrigin, originFault } from "./SameOrigin.js"

/**
 * How long a request waits for the start to end. A start takes less than a second when there is nothing to migrate, so
 * that nobody notices that the server was started anew; clients and proxies wait longer than this.
 */
const startPatience = "5 seconds"

/** Health and metrics speak before the site is ready, and the page that says so comes with its style. */
const needsNoStart = (target: string): boolean => {
  const path = pathOf(target)
  return /^\/(?:health(?:\/|$)|metrics$)/.test(path) || path === stylesheetPath || path === faviconPath
}

/** What a request has to meet before any route sees it. */
export interface Admission {
  /** The phase that the request meets: who comes during a start is kept waiting for its end, and told off only after a while. */
  readonly phase: (request: HttpServerRequest.HttpServerRequest) => Effect.Effect<Phase>
  /** Passes a request that a route may see. Apps that live in a browser are to read why theirs may not. */
  readonly admit: (
    request: HttpServerRequest.HttpServerRequest,
    phase: Phase
  ) => Effect.Effect<void, Failure, HttpServerRequest.HttpServerRequest>
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

    const refusal = (request: HttpServerRequest.HttpServerRequest, phase: Phase): Failure | undefined => {
      const fault = addressFault(request.url)
      if (fault !== undefined) return new AddressMalformed({ reason: fault })
      return phase === "starting" && !needsNoStart(request.url) ? new SiteStarting() : foreign(request)
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
      phase: ({ url }) =>
        Effect.flatMap(lifecycle.phase, (phase) =>
          phase !== "starting" || needsNoStart(url) || addressFault(url) !== undefined
            ? Effect.succeed(phase)
            : Effect.zipRight(
                Effect.timeoutOption(Effect.interruptible(lifecycle.reached("ready")), startPatience),
                lifecycle.phase
              )
        ),
      admit: (request, phase) =>
        Effect.gen(function* () {
          yield* noticeProxy(request)
          yield* limits.admit(request, clientAddress(proxies, request))
          const refused = refusal(request, phase)
          if (refused !== undefined) return yield* Effect.fail(refused)
        }).pipe(Effect.tapError(() => Effect.when(allowAnyOrigin, () => isForAnyOrigin(request.url))))
    }
  })
