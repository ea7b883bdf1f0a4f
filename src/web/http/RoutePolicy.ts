import type { RateLimited } from "../../errors/failure/Http.js"

/**
 * Who may call a route:
 *
 * - `anyone`: visitors, and pages that decide for themselves whom they show what;
 * - `owner`: a session that is alive (`OwnerAuth`);
 * - `proven_owner`: a session whose browser proved lately that it is the owner's (`ProofAuth`);
 * - `app`: a program with a bearer token (`AppAuth`);
 * - `probe`: machines that ask how the process is, all the time.
 */
export type Caller = "anyone" | "owner" | "proven_owner" | "app" | "probe"

/** All that a route says of itself, beside what it answers. The pipeline reads it; `docs/routes.md` is made from it. */
export interface RoutePolicy {
  readonly caller: Caller
  /** Rate limits that a request counts against, by client address, before the handler runs. */
  readonly limits: ReadonlyArray<RateLimited["limit"]>
  /** Bytes of a form or of JSON that are read; 0 where no body is read. */
  readonly maxBody: number
  /** Bytes of a form's names and values once they are decoded, where that is less than `maxBody`. */
  readonly maxText?: number
  /** Whether a form may bring files as well, whose sizes the media settings limit. */
  readonly takesFiles: boolean
  /** How errors are written for programs: RFC 9457 (`problem`), or `{ error, error_description }` (`oauth`). */
  readonly errors: "problem" | "oauth"
  /**
   * Which pages may send unsafe requests: pages of the `site`; or `any`, with CORS headers, and `any_without_cors`, both for
   * endpoints that know nobody by a cookie.
   */
  readonly origin: "site" | "any" | "any_without_cors"
  /** Which security headers go out: those of a public page, of what other sites may embed, or of the owner's pages. */
  readonly headers: "page" | "embeddable" | "personal"
  /** `Cache-Control` of answers that do not set their own. */
  readonly cache: string
  /** Whether requests are listed in the activity log. */
  readonly activity: boolean
  /** Whether it answers while the site is starting. */
  readonly whileStarting: boolean
}

/** A public page: kept by caches, which ask each time whether it still holds. */
export const publicPage = {
  caller: "anyone",
  limits: ["requests"],
  maxBody: 0,
  takesFiles: false,
  errors: "problem",
  origin: "site",
  headers: "page",
  cache: "public, no-cache",
  activity: false,
  whileStarting: false
} as const satisfies RoutePolicy

/** A search, which costs more than any other page. */
export const searchRequest = { ...publicPage, limits: ["requests", "searches"] } as const satisfies RoutePolicy

/** A feed, or what describes feeds: any site may load it, and a post that shows five minutes late costs nobody anything. */
export const feed = {
  ...publicPage,
  headers: "embeddable",
  cache: "public, max-age=300"
} as const satisfies RoutePolicy

/** A picture, recording or film: other sites may show it, and its address is never given to another file. */
export const mediaFile = {
  ...publicPage,
  headers: "embeddable",
  cache: "public, max-age=31536000, immutable"
} as const satisfies RoutePolicy

/** A file under an address that is never given to another file. */
export const immutableFile = {
  ...publicPage,
  cache: "public, max-age=31536000, immutable"
} as const satisfies RoutePolicy

/** A file of the site that changes with its version, such as its icon. */
export const staticFile = { ...publicPage, cache: "public, max-age=86400" } as const satisfies RoutePolicy

/** A page of the owner's. */
export const ownerPage = {
  ...publicPage,
  caller: "owner",
  headers: "personal",
  cache: "no-store"
} as const satisfies RoutePolicy

/** A short form of the owner's: a few fields. */
export const ownerForm = { ...ownerPage, maxBody: 65_536 } as const satisfies RoutePolicy

/** A post as the owner writes it: a million characters of up to four bytes, each byte escaped. */
export const textForm = { ...ownerPage, maxBody: 12_582_912, maxText: 4_194_304 } as const satisfies RoutePolicy

/** The same with files. */
export const writingForm = { ...textForm, takesFiles: true } as const satisfies RoutePolicy

/** A page that shows and prepares changes to how the owner logs in. */
export const provenOwnerPage = { ...ownerPage, caller: "proven_owner" } as const satisfies RoutePolicy

/** A form that changes how the owner logs in. */
export const provenOwnerForm = { ...ownerForm, caller: "proven_owner" } as const satisfies RoutePolicy

/** A page on the way to a session. */
export const loginPage = { ...ownerPage, caller: "anyone", errors: "oauth" } as const satisfies RoutePolicy

/** A form on the way to a session. */
export const loginForm = { ...loginPage, maxBody: 65_536, activity: true } as const satisfies RoutePolicy

/** An endpoint of apps. */
export const appEndpoint = {
  ...publicPage,
  caller: "app",
  errors: "oauth",
  origin: "any",
  headers: "personal",
  cache: "no-store",
  activity: true
} as const satisfies RoutePolicy

/** An endpoint of apps that takes a post: a million characters of text, and files. */
export const appUpload = { ...appEndpoint, maxBody: 1_048_576, takesFiles: true } as const satisfies RoutePolicy

/** An endpoint of the IndieAuth server, which apps ask without a session. */
export const oauthEndpoint = { ...appEndpoint, caller: "anyone" } as const satisfies RoutePolicy

/** The question of a browser whether an app may call an endpoint (Fetch standard): the answer has CORS headers of its own. */
export const preflightRequest = {
  ...oauthEndpoint,
  origin: "any_without_cors",
  activity: false
} as const satisfies RoutePolicy

/** Health and metrics: never limited, and answered before the site is ready. */
export const probe = {
  ...publicPage,
  caller: "probe",
  limits: [],
  cache: "no-store",
  whileStarting: true
} as const satisfies RoutePolicy
