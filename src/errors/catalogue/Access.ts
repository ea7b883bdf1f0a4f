import { type AccessFailure, HeaderStripped, MetricsNotShown, OriginForeign } from "../failure/Access.js"
import { brief, type Entries } from "./Entry.js"

const sender: Record<OriginForeign["reason"], string> = {
  cross_site: "This was sent from a page of another site",
  same_site: "This was sent from a page on another host of this domain",
  opaque: "This was sent from a page that does not say which site it belongs to",
  other_origin: "This was sent from a page under another address than this site's own"
}

/** What people are told when a request does not come from where it would have to. */
export const access: Entries<AccessFailure> = {
  OriginForeign: {
    example: new OriginForeign({
      reason: "other_origin",
      expected: "https://me.example",
      given: "http://192.0.2.7:8000"
    }),
    explain: ({ expected, given, reason }) => ({
      code: "auth.origin_foreign",
      status: 403,
      fault: "user",
      retryable: false,
      oauth: "forbidden",
      message: sender[reason],
      suggestion: `Open ${expected} in the address bar, and do it again from there`,
      troubleshooting: [
        `The address bar has to begin with ${expected}, \`${expected.split(":", 1)[0]}\` and all; another name or number for the same site does not do`,
        "If you did not send anything, another page tried to do it in your name; nothing was changed",
        "Privacy extensions that hide where a form was sent from can cause this"
      ],
      operator: {
        details: `A request that changes something came from ${given === undefined ? `elsewhere (${reason})` : brief(given)}; STARPUNK_SITE_URL is ${expected}`,
        troubleshooting: [
          "STARPUNK_SITE_URL has to be the address, scheme and all, that stands in the browser's address bar",
          "Behind a proxy that speaks https, it begins with https://, although the proxy speaks http to StarPunk",
          "`starpunk config show` prints the value in effect"
        ]
      }
    })
  },
  MetricsNotShown: {
    example: new MetricsNotShown({ reason: "not_set" }),
    explain: ({ reason }) => ({
      code: "auth.metrics_not_shown",
      status: 401,
      fault: "user",
      retryable: false,
      message:
        reason === "wrong"
          ? "This is not the token for this site's measurements"
          : "This site's measurements are for its owner and its monitoring",
      suggestion:
        "Send the site's health token as `Authorization: Bearer …`, or log in and open the page of metrics instead",
      troubleshooting: [
        "Prometheus sends it with `authorization: {credentials_file: …}` in its scrape configuration",
        "As the owner, log in and open /admin/metrics-dashboard: it shows the same numbers, with their history"
      ],
      operator: {
        details:
          reason === "not_set"
            ? "STARPUNK_HEALTH_TOKEN is not set, so nobody but the owner, logged in, can see /metrics"
            : `/metrics was asked for with ${reason === "wrong" ? "a wrong token" : "no token"}`,
        troubleshooting: [
          "Set STARPUNK_HEALTH_TOKEN to the output of `openssl rand -hex 32`, or name a file that holds it by STARPUNK_HEALTH_TOKEN_FILE, and restart",
          "Give the same token to Prometheus: `authorization: {credentials_file: /path/to/token}` under the job in `scrape_configs`",
          'To try: `curl -H "Authorization: Bearer $TOKEN" SITE/metrics`',
          "Where a peer connects from makes no difference, loopback included: a proxy on this machine connects from there as well"
        ]
      }
    })
  },
  HeaderStripped: {
    example: new HeaderStripped({ sign: "substitute", header: "x-authorization" }),
    explain: ({ header, sign }) => ({
      code: "auth.header_stripped",
      status: 401,
      fault: "user",
      retryable: false,
      oauth: "unauthorized",
      message: "This request has no access token; it seems that its Authorization header was lost on the way",
      suggestion:
        "Tell the owner of the site; until it is mended, the token gets through as `access_token` in a form-encoded body",
      troubleshooting: [
        sign === "substitute"
          ? "The token came in a header of another name, as proxies rename it"
          : "A client like this one got a token here within the last hour, and came without it",
        "If your client was never signed in here, sign in first",
        "If it works from another network, something in the first one removes the header"
      ],
      operator: {
        details:
          header === undefined
            ? "A client that had just got a token came without an Authorization header; none like it has sent one"
            : `The token came in the header \`${header}\`, and the Authorization header was missing`,
        troubleshooting: [
          "nginx: remove `proxy_set_header Authorization`, or write `proxy_set_header Authorization $http_authorization;`",
          'Apache: remove `RequestHeader unset Authorization`; before a CGI, FastCGI or PHP relay `CGIPassAuth On`, or `SetEnvIf Authorization "(.+)" HTTP_AUTHORIZATION=$1`',
          "A proxy that asks for a password itself (`auth_basic`, `AuthType Basic`) takes the header for its own: leave /micropub and /indieauth out of that",
          "A CDN or firewall may have a rule that removes credentials: exempt the same addresses",
          "To try: `curl -H 'Authorization: Bearer x' SITE/micropub?q=config` answers auth.token_missing while the header is lost, and auth.token_invalid once it arrives"
        ]
      }
    })
  }
}
