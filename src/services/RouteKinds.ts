import { Context } from "effect"

/**
 * Kind of page that a target names: `shared`, a public page that is the same for every visitor; `probe`, health and
 * metrics; `other`, a page for the owner, for apps or for one visitor; `none`, no page.
 */
export type RouteKind = "shared" | "probe" | "other" | "none"

/** Facts about the routes that the HTTP server needs before a request reaches them. */
export interface RouteKindsShape {
  /** The kind of what a request target names for `GET`. */
  readonly of: (target: string) => RouteKind
  /** Tells what the routes are. Until then, every target is `other`. */
  readonly learn: (kindOf: (target: string) => RouteKind) => void
}

/** The kinds of this server's routes. By default, as for servers in tests, all are `other`. */
export class RouteKinds extends Context.Reference<RouteKinds>()("starpunk/RouteKinds", {
  defaultValue: (): RouteKindsShape => ({ of: () => "other", learn: () => {} })
}) {}
