import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { brief } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

const sender: Record<OriginForeign["reason"], string> = {
  cross_site: "This form was sent from a page of another site",
  same_site: "This form was sent from another host of this domain",
  opaque: "This form was sent from a page that hides which site it belongs to",
  other_origin: "This form was sent from a different address than this site's"
}

/**
 * A browser sent the request from a page of another origin: a forged request, or a site that is open at another address
 * than its configured one.
 */
export class OriginForeign extends TaggedFailure<OriginForeign>()(
  "OriginForeign",
  {
    /**
     * The browser's description of the origin: another site, another host of the same domain, a page without an origin
     * of its own (a file, a sandbox), or an `Origin` that is not the configured one.
     */
    reason: Schema.Literal("cross_site", "same_site", "opaque", "other_origin"),
    /** The origin that the site is configured for. */
    expected: Schema.String,
    /** The origin from the browser, if it is well-formed. */
    given: Schema.optional(Schema.String)
  },
  {
    reason: "other_origin",
    expected: "https://me.example",
    given: "http://192.0.2.7:8000"
  }
) {
  get info(): ErrorInfo {
    const { expected, given, reason } = this
    return {
      code: "auth.origin_foreign",
      failure: this,
      status: 403,
      fault: "user",
      retryable: false,
      oauth: "forbidden",
      message: sender[reason],
      suggestion: `Open ${expected} in the address bar, then send the form again`,
      troubleshooting: [
        `The address bar must begin with ${expected}, including \`${expected.split(":", 1)[0]}\`. Another name or IP address of the same site does not work`,
        "If you did not send anything, another page tried to act in your name. Nothing was changed",
        "A privacy extension that hides the origin of a form can cause this error"
      ],
      operator: {
        details: `A request that changes data came from ${given === undefined ? `another origin (${reason})` : brief(given)}; STARPUNK_SITE_URL is ${expected}`,
        troubleshooting: [
          "Set STARPUNK_SITE_URL to the address in the browser's address bar, including the scheme",
          "Behind a proxy that terminates https, use https://, even though the proxy uses http to reach StarPunk",
          "Run `starpunk config show` to see the current value"
        ]
      }
    }
  }
}

/** A request without a token, with a sign that something removed the token on the way. */
export class HeaderStripped extends TaggedFailure<HeaderStripped>()(
  "HeaderStripped",
  {
    /** The token is in another header, or this client got a token recently. */
    sign: Schema.Literal("substitute", "recent_token"),
    /** The header that contains the token. */
    header: Schema.optional(Schema.String)
  },
  { sign: "substitute", header: "x-authorization" }
) {
  get info(): ErrorInfo {
    const { header, sign } = this
    return {
      code: "auth.header_stripped",
      status: 401,
      fault: "user",
      retryable: false,
      oauth: "unauthorized",
      message: "This request has no access token. Its Authorization header seems to have been removed on the way",
      suggestion:
        "Report this to the owner of the site. Until it is fixed, send the token as `access_token` in a form-encoded body",
      troubleshooting: [
        sign === "substitute"
          ? "The token arrived in a different header; a proxy probably renamed it"
          : "A client like this one received a token within the last hour, but sent none",
        "If your client has never signed in here, sign in first",
        "If the request works from another network, a proxy in your network removes the header"
      ],
      operator: {
        details:
          header === undefined
            ? "A client that recently received a token sent no Authorization header, and no similar client has sent one"
            : `The token arrived in the header \`${header}\`; the Authorization header was missing`,
        troubleshooting: [
          "nginx: remove `proxy_set_header Authorization`, or set `proxy_set_header Authorization $http_authorization;`",
          'Apache: remove `RequestHeader unset Authorization`; for a CGI, FastCGI or PHP relay, set `CGIPassAuth On` or `SetEnvIf Authorization "(.+)" HTTP_AUTHORIZATION=$1`',
          "A proxy with its own password (`auth_basic`, `AuthType Basic`) consumes the header: exclude /micropub and /indieauth from it",
          "A CDN or firewall rule may remove credentials: exempt the same paths",
          "Test it: `curl -H 'Authorization: Bearer x' SITE/micropub?q=config` returns auth.token_missing while the header is removed, and auth.token_invalid once it arrives"
        ]
      }
    }
  }
}

/** A client that is neither the owner nor the monitoring requested the metrics. */
export class MetricsNotShown extends TaggedFailure<MetricsNotShown>()(
  "MetricsNotShown",
  {
    /** The request has no token, a wrong one, or the site has none. */
    reason: Schema.Literal("missing", "wrong", "not_set")
  },
  { reason: "not_set" }
) {
  get info(): ErrorInfo {
    const { reason } = this
    return {
      code: "auth.metrics_not_shown",
      status: 401,
      fault: "user",
      retryable: false,
      message:
        reason === "wrong"
          ? "The token for this site's metrics is wrong"
          : "Only the owner and the monitoring system can read this site's metrics",
      suggestion: "Send the site's health token as `Authorization: Bearer …`, or log in and open the metrics page",
      troubleshooting: [
        "In Prometheus, set `authorization: {credentials_file: …}` in the scrape configuration",
        "As the owner, log in and open /admin/metrics-dashboard. It shows the same metrics with their history"
      ],
      operator: {
        details:
          reason === "not_set"
            ? "STARPUNK_HEALTH_TOKEN is not set, so only the logged-in owner can read /metrics"
            : `/metrics was requested with ${reason === "wrong" ? "a wrong token" : "no token"}`,
        troubleshooting: [
          "Set STARPUNK_HEALTH_TOKEN to the output of `openssl rand -hex 32`, or set STARPUNK_HEALTH_TOKEN_FILE to a file that contains it. Then restart the server",
          "Give the same token to Prometheus: `authorization: {credentials_file: /path/to/token}` under the job in `scrape_configs`",
          'Test it: `curl -H "Authorization: Bearer $TOKEN" SITE/metrics`',
          "Requests from loopback need the token too, because a proxy on this machine also connects from loopback"
        ]
      }
    }
  }
}

/** Failures of a request because of its origin or its sender. */
export type AccessFailure = OriginForeign | HeaderStripped | MetricsNotShown
