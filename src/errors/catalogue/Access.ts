import { type AccessFailure, OriginForeign } from "../failure/Access.js"
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
  }
}
