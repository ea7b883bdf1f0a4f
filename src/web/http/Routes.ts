import { HttpLayerRouter, type HttpServerRequest, type HttpServerResponse } from "@effect/platform"
import { Context, Effect, Layer, type Scope } from "effect"
import type { CurrentSite } from "../theme/Site.js"
import { maxPathLength, pathOf } from "./Address.js"
import type { AppRequest } from "./AppAuth.js"
import type { OwnerSession, ProvenOwnerSession } from "./OwnerAuth.js"
import type { RequestContext } from "./RequestContext.js"
import { publicPage, type RoutePolicy } from "./RoutePolicy.js"

/**
 * Router configuration: a trailing slash is ignored, everything else matters. The length of parameters is bounded by
 * that of the address.
 */
export const routerConfig: Partial<HttpLayerRouter.FindMyWay.RouterConfig> = {
  ignoreTrailingSlash: true,
  ignoreDuplicateSlashes: false,
  caseSensitive: true,
  maxParamLength: 1024
}

/** Template of the route that handles requests without a match. */
export const fallbackTemplate = "/*"

const everyMethod = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"] as const

/** A method, or `*` for all; the template of an address, such as `/notes/:slug`; and the policy. */
export interface Route {
  readonly method: string
  readonly template: string
  readonly policy: RoutePolicy
}

/** What the caller's middleware provides to the handler: a route for that caller does not compile without it. */
type ProvidedFor<Policy extends RoutePolicy> = Policy["caller"] extends infer Caller
  ? Caller extends "owner"
    ? OwnerSession
    : Caller extends "proven_owner"
      ? ProvenOwnerSession
      : Caller extends "app"
        ? AppRequest
        : never
  : never

type Handler<E, R> =
  | Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>
  | ((request: HttpServerRequest.HttpServerRequest) => Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>)

/** Registry of the features' routes. */
export class Routes extends Context.Tag("starpunk/Routes")<
  Routes,
  {
    /** Adds a route with its policy. A route for the owner or for apps needs its caller's middleware. */
    readonly add: <const Policy extends RoutePolicy, E, R>(
      policy: Policy,
      method: "*" | (typeof everyMethod)[number],
      template: HttpLayerRouter.PathInput,
      handler: Handler<E, R>
    ) => Effect.Effect<
      void,
      never,
      | HttpLayerRouter.Request.From<
          "Requires",
          Exclude<R, HttpLayerRouter.Provided | RequestContext | CurrentSite> | ProvidedFor<Policy>
        >
      | HttpLayerRouter.Request.From<"Error", E>
    >
  }
>() {
  /** Makes a layer of routes. */
  static use<A, E, R>(
    add: (routes: Routes["Type"]) => Effect.Effect<A, E, R>
  ): Layer.Layer<never, E, Routes | Exclude<R, Scope.Scope>> {
    return Layer.scopedDiscard(Effect.flatMap(Routes, add))
  }

  /** Makes a layer of one route. */
  static one<const Policy extends RoutePolicy, E, R>(
    policy: Policy,
    method: "*" | (typeof everyMethod)[number],
    template: HttpLayerRouter.PathInput,
    handler: Handler<E, R>
  ) {
    return Routes.use((routes) => routes.add(policy, method, template, handler))
  }
}

/**
 * All routes with their policies, because the platform's router only reports whether one matched. Used to distinguish a
 * wrong method (405) from a wrong address (404), to name the route in the access log, and for the pipeline's checks
 * before the handler runs.
 */
export class RouteTable {
  private readonly finder = HttpLayerRouter.FindMyWay.make<Route>(routerConfig)
  private readonly known: Array<Route> = []
  /** The policy of each area, by the first segment of its addresses: of its first page, or of its first route. */
  private readonly areas = new Map<string, RoutePolicy>()

  /** All routes, in order of addition. */
  get routes(): ReadonlyArray<Route> {
    return this.known
  }

  /** Adds a route; `*` means all methods. */
  add(route: Route): void {
    if (route.template === fallbackTemplate) return
    this.known.push(route)
    const area = areaOf(route.template)
    // The feeds of a list share the area of its pages, and are added in any order.
    if ((this.areas.get(area)?.headers ?? "embeddable") === "embeddable") this.areas.set(area, route.policy)
    const template = route.template as HttpLayerRouter.PathInput
    for (const name of route.method === "*" ? everyMethod : [route.method]) this.finder.on(name, template, route)
  }

  /** Addresses that are refused for their length match nothing: the router takes time by the square of it. */
  private find(method: string, path: string): Route | undefined {
    if (path.length > maxPathLength) return undefined
    return (this.finder.find(method, path) ?? (method === "HEAD" ? this.finder.find("GET", path) : undefined))?.handler
  }

  /** The matching route. HEAD is handled by the route for GET. */
  routeOf(method: string, target: string): Route | undefined {
    return this.find(method, pathOf(target))
  }

  /** The template of the matching route, such as `/notes/:slug`. */
  templateOf(method: string, target: string): string | undefined {
    return this.routeOf(method, target)?.template
  }

  /**
   * The route whose policy applies to a request: the matching one; with a wrong method another one at the same address.
   * `undefined` if there is none at the address.
   */
  governing(method: string, target: string): Route | undefined {
    const path = pathOf(target)
    return this.find(method, path) ?? this.find("POST", path) ?? this.find("GET", path)
  }

  /** The policy for an address without a route: a public page's, with the headers and errors of its area. */
  policyAround(target: string): RoutePolicy {
    const { errors, headers } = this.areas.get(areaOf(pathOf(target))) ?? publicPage
    return { ...publicPage, errors, headers }
  }

  /** The methods that the address supports, sorted; empty without a route. */
  allowedAt(target: string): ReadonlyArray<string> {
    const path = pathOf(target)
    const methods = everyMethod.filter((method) => this.find(method, path) !== undefined)
    return methods.includes("GET") ? [...methods, "HEAD"].toSorted() : methods
  }

  /** A `Routes` that adds to the platform's router and to this table. */
  readonly layer: Layer.Layer<Routes, never, HttpLayerRouter.HttpRouter> = Layer.effect(
    Routes,
    Effect.map(HttpLayerRouter.HttpRouter, (router) =>
      Routes.of({
        // The pipeline and middleware meet the handler's requirements beyond the router's: the type of `Routes.add`
        // says which.
        add: (policy, method, template, handler) =>
          Effect.zipRight(
            Effect.sync(() => this.add({ method, template, policy })),
            router.add(method, template, handler)
          ) as never
      })
    )
  )
}

const areaOf = (path: string): string => path.split("/", 2)[1] ?? ""
