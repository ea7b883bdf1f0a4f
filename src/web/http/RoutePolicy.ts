import type { RateLimited } from "../../errors/Availability.js"

/**
 * Caller of a route:
 *
 * - `anyone`: visitors, and pages that decide themselves what to show;
 * - `owner`: an active session (`OwnerAuth`);
 * - `proven_owner`: a session with recent authentication (`ProofAuth`);
 * - `app`: a program with a bearer token (`AppAuth`);
 * - `probe`: health probes and scrapers.
 */
export type Caller = "anyone" | "owner" | "proven_owner" | "app" | "probe"

/**
 * Policy of a route: everything that it declares beside its handler. The pipeline reads it, and `docs/routes.md` is
 * generated from it.
 */
export interface RoutePolicy {
  readonly caller: Caller
  /** Rate limits per client address that apply before the handler runs. */
  readonly limits: ReadonlyArray<RateLimited["limit"]>
  /** Maximum bytes of a form or of JSON; 0 if no body is read. */
  readonly maxBody: number
  /** Maximum bytes of a form's decoded names and values, if less than `maxBody`. */
  readonly maxText?: number
  /** Whether a form may contain files, whose sizes the media settings limit. */
  readonly takesFiles: boolean
  /** Format of errors for programs: RFC 9457 (`problem`), or `{ error, error_description }` (`oauth`). */
  readonly errors: "problem" | "oauth"
  /**
   * Which pages may send unsafe requests: pages of the `site`; or `any`, with CORS headers, and `any_without_cors`,
   * both for endpoints that use no cookies.
   */
  readonly origin: "site" | "any" | "any_without_cors"
  /**
   * Class of security headers: a public page, a page whose address is a secret, content that other sites may embed, or the
   * owner's pages.
   */
  readonly headers: "page" | "secret" | "embeddable" | "personal"
  /** `Cache-Control` of responses that do not set their own. */
  readonly cache: string
  /** Whether requests are in the activity log. */
  readonly activity: boolean
  /** Whether it responds while the site is starting. */
  readonly whileStarting: boolean
}

/** A public page: caches store it and revalidate it each time. */
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

/** A search, which costs more than other pages. */
export const searchRequest = { ...publicPage, limits: ["requests", "searches"] } as const satisfies RoutePolicy

/** A feed, or a description of feeds: any site may load it, and a delay of five minutes does not matter. */
export const feed = {
  ...publicPage,
  headers: "embeddable",
  cache: "public, max-age=300"
} as const satisfies RoutePolicy

/** An image, audio or video file: other sites may embed it, and its address never changes its content. */
export const mediaFile = {
  ...publicPage,
  headers: "embeddable",
  cache: "public, max-age=31536000, immutable"
} as const satisfies RoutePolicy

/** A file at an address that never changes its content. */
export const immutableFile = {
  ...publicPage,
  cache: "public, max-age=31536000, immutable"
} as const satisfies RoutePolicy

/** A file that changes with the version of the program, such as the icon. */
export const staticFile = { ...publicPage, cache: "public, max-age=86400" } as const satisfies RoutePolicy

/** A page for people who have its address, which is a secret: no cache and no search engine keeps it. */
export const secretPage = { ...publicPage, headers: "secret", cache: "no-store" } as const satisfies RoutePolicy

/** A page for the owner. */
export const ownerPage = {
  ...publicPage,
  caller: "owner",
  headers: "personal",
  cache: "no-store"
} as const satisfies RoutePolicy

/** A short form of the owner: a few fields. */
export const ownerForm = { ...ownerPage, maxBody: 65_536 } as const satisfies RoutePolicy

/** A post from the editor: a million characters of up to four bytes, each byte escaped. */
export const textForm = { ...ownerPage, maxBody: 12_582_912, maxText: 4_194_304 } as const satisfies RoutePolicy

/** Like `textForm`, with files. */
export const writingForm = { ...textForm, takesFiles: true } as const satisfies RoutePolicy

/** A page that shows and prepares changes of login settings. */
export const provenOwnerPage = { ...ownerPage, caller: "proven_owner" } as const satisfies RoutePolicy

/** A form that changes login settings. */
export const provenOwnerForm = { ...ownerForm, caller: "proven_owner" } as const satisfies RoutePolicy

/** A page of the login. */
export const loginPage = { ...ownerPage, caller: "anyone", errors: "oauth" } as const satisfies RoutePolicy

/** A form of the login. */
export const loginForm = { ...loginPage, maxBody: 65_536, activity: true } as const satisfies RoutePolicy

/** An endpoint for apps. */
export const appEndpoint = {
  ...publicPage,
  caller: "app",
  errors: "oauth",
  origin: "any",
  headers: "personal",
  cache: "no-store",
  activity: true
} as const satisfies RoutePolicy

/** An endpoint for apps that accepts posts: a million characters of text, and files. */
export const appUpload = { ...appEndpoint, maxBody: 1_048_576, takesFiles: true } as const satisfies RoutePolicy

/** An endpoint of the IndieAuth server, which apps call without a session. */
export const oauthEndpoint = { ...appEndpoint, caller: "anyone" } as const satisfies RoutePolicy

/** A CORS preflight (Fetch standard): the response has CORS headers of its own. */
export const preflightRequest = {
  ...oauthEndpoint,
  origin: "any_without_cors",
  activity: false
} as const satisfies RoutePolicy

/** Health and metrics: without rate limits, also during the start. */
export const probe = {
  ...publicPage,
  caller: "probe",
  limits: [],
  cache: "no-store",
  whileStarting: true
} as const satisfies RoutePolicy
