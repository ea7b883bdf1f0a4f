import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { inWords } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

const tooMany: Record<RateLimited["limit"], string> = {
  requests: "Your network sent too many requests",
  searches: "Your network sent too many searches",
  authorizations: "Your network sent too many authorization requests",
  token_requests: "Your network sent too many token requests",
  refused_tokens: "Your network sent too many requests with invalid tokens",
  health_tokens: "Your network sent too many wrong health tokens",
  writes: "Too many requests with this token"
}

/** A client exceeded a rate limit, per address or per token. */
export class RateLimited extends TaggedFailure<RateLimited>()(
  "RateLimited",
  {
    /** The exceeded limit. */
    limit: Schema.Literal(
      "requests",
      "searches",
      "authorizations",
      "token_requests",
      "refused_tokens",
      "health_tokens",
      "writes"
    ),
    /** Whole seconds until the next request is accepted. */
    retryAfterSeconds: Schema.Number
  },
  { limit: "requests", retryAfterSeconds: 2 }
) {
  get info(): ErrorInfo {
    const { limit, retryAfterSeconds } = this
    return {
      code: "http.rate_limited",
      failure: this,
      status: 429,
      fault: "user",
      retryable: true,
      retryAfter: retryAfterSeconds,
      message: tooMany[limit],
      suggestion: `Wait ${inWords(retryAfterSeconds)}, then try again`,
      troubleshooting: [
        "The header `Retry-After` has the number of seconds to wait",
        ...(limit === "refused_tokens" ? ["Valid tokens are still accepted, also from the same address"] : []),
        ...(limit === "health_tokens" ? ["Until then, even the right token is rejected"] : [])
      ],
      operator: {
        details: `A client exceeded the \`${limit}\` rate limit`,
        troubleshooting: [
          "Log lines `http.access` with status 429 give the client address",
          "Behind a proxy, set STARPUNK_TRUSTED_PROXIES to the proxy's address; otherwise all visitors share one limit",
          "For a load test, set STARPUNK_RATE_LIMIT_ENABLED=false"
        ]
      }
    }
  }
}

/** Requests use all the memory that they may use. */
export class ServerBusy extends TaggedFailure<ServerBusy>()("ServerBusy", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "http.server_busy",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 5,
      message: "The site is busy",
      suggestion: "Try again in a few seconds",
      troubleshooting: ["Small requests and pages still work", "Your input was not stored"],
      operator: {
        details: "Requests and responses in progress use all the memory that is reserved for them",
        troubleshooting: [
          "Log lines `http.access` with this error code or with `aborted` give the client addresses",
          "Put a reverse proxy that buffers requests and responses in front of the site, to protect it from slow clients",
          "Behind a proxy, set STARPUNK_TRUSTED_PROXIES to the proxy's address; otherwise all visitors share one limit"
        ]
      }
    }
  }
}

/** More pages are requested than the machine can render. */
export class Overloaded extends TaggedFailure<Overloaded>()(
  "Overloaded",
  {
    /** Whole seconds, different for each client, so that they do not all come back at once. */
    retryAfterSeconds: Schema.Number
  },
  { retryAfterSeconds: 3 }
) {
  get info(): ErrorInfo {
    const { retryAfterSeconds } = this
    return {
      code: "http.overloaded",
      failure: this,
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: retryAfterSeconds,
      message: "The site has too many visitors right now",
      suggestion: `Try again in ${inWords(retryAfterSeconds)}`,
      troubleshooting: ["Pages that many people read now, such as the home page, may still work"],
      operator: {
        details: "More pages were requested than this machine can render, and the request waited too long for its turn",
        troubleshooting: [
          "Look at `http.access` lines: if a few clients request many different pages, limit these clients in a reverse proxy",
          "If `starpunk_page_cache_misses_total` grows as fast as requests do, raise STARPUNK_PAGE_CACHE_SIZE",
          "Put a caching proxy in front of the site, or use a faster machine"
        ]
      }
    }
  }
}

/** The site has not finished starting. */
export class SiteStarting extends TaggedFailure<SiteStarting>()("SiteStarting", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "http.site_starting",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 2,
      message: "The site is starting",
      suggestion: "Try again in a few seconds",
      troubleshooting: ["Wait a few seconds and retry"],
      operator: {
        details: "A request arrived before the start was complete",
        troubleshooting: [
          "Let the load balancer wait until `/health/startup` returns 200",
          "If the start takes long, read the last lines of the log"
        ]
      }
    }
  }
}

/** An unexpected error. The log contains its cause under the request id. */
export class Unforeseen extends TaggedFailure<Unforeseen>()("Unforeseen", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "internal.unforeseen",
      status: 500,
      fault: "system",
      retryable: false,
      message: "An internal error occurred",
      suggestion: "Report the request id and what you were doing to the owner of the site",
      troubleshooting: ["You can safely reload a page. Before you send a form again, check whether it was stored"],
      operator: {
        details: "Unexpected error. The log contains its cause under the same request id",
        troubleshooting: [
          "Run `grep REQUEST_ID LOGFILE` with the request id to find its log lines",
          "This is a bug in StarPunk. Report it with those lines"
        ]
      }
    }
  }
}
