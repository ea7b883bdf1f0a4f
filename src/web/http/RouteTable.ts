import { HttpLayerRouter } from "@effect/platform"
import { Effect, Layer } from "effect"
import { pathOf } from "./Address.js"

/**
 * How addresses are matched: a trailing slash makes no difference, everything else does. The parameter length is
 * bounded by the address's own.
 */
export const routerConfig: Partial<HttpLayerRouter.FindMyWay.RouterConfig> = {
  ignoreTrailingSlash: true,
  ignoreDuplicateSlashes: false,
  caseSensitive: true,
  maxParamLength: 1024
}

/** The template of the route that sees what no other route answers. Nothing lives at the addresses that only it matches. */
export const fallbackTemplate = "/*"

const everyMethod = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"] as const

/** A method, or `*` for every one, and the template of an address such as `/notes/:slug`. */
export interface Route {
  readonly method: string
  readonly route: string
}

/**
 * Which routes there are: the platform's router only tells whether one matched. For telling a wrong method (405) from a
 * wrong address (404), and for naming the route in the access log.
 */
export class RouteTable {
  private readonly finder = HttpLayerRouter.FindMyWay.make<string>(routerConfig)
  private readonly known: Array<Route> = []

  /** Every route, in the order in which they were added. */
  get routes(): ReadonlyArray<Route> {
    return this.known
  }

  /** Remembers a route; `*` stands for every method. */
  add(method: string, template: HttpLayerRouter.PathInput): void {
    if (template === fallbackTemplate) return
    this.known.push({ method, route: template })
    for (const name of method === "*" ? everyMethod : [method]) this.finder.on(name, template, template)
  }

  /** The template of the route that answers, such as `/notes/:slug`. A HEAD is answered by the route for GET. */
  templateOf(method: string, target: string): string | undefined {
    const path = pathOf(target)
    const found = this.finder.find(method, path) ?? (method === "HEAD" ? this.finder.find("GET", path) : undefined)
    return found?.handler
  }

  /** The methods that the address answers, sorted; none when nothing lives there. */
  allowedAt(target: string): ReadonlyArray<string> {
    const path = pathOf(target)
    const methods = everyMethod.filter((method) => this.finder.find(method, path) !== undefined)
    return methods.includes("GET") ? [...methods, "HEAD"].toSorted() : methods
  }

  /** A router that hands everything on to the platform's, and remembers it here. */
  readonly layer: Layer.Layer<HttpLayerRouter.HttpRouter, never, HttpLayerRouter.HttpRouter> = Layer.effect(
    HttpLayerRouter.HttpRouter,
    Effect.map(HttpLayerRouter.HttpRouter, (router) => this.remembering(router))
  )

  private remembering(router: HttpLayerRouter.HttpRouter, prefix = ""): HttpLayerRouter.HttpRouter {
    const under = (path: HttpLayerRouter.PathInput) =>
      (prefix === "" ? path : HttpLayerRouter.prefixPath(path, prefix)) as HttpLayerRouter.PathInput
    return HttpLayerRouter.HttpRouter.of({
      ...router,
      add: (method, path, handler, options) => {
        this.add(method, under(path))
        return router.add(method, path, handler, options)
      },
      addAll: (routes) => {
        for (const { method, path } of routes) this.add(method, under(path))
        return router.addAll(routes)
      },
      prefixed: (next) => this.remembering(router.prefixed(next), prefix + next)
    })
  }
}
