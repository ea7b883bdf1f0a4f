import type { HttpLayerRouter } from "@effect/platform"
import type { Answerable } from "./Failures.js"
import type { RequestServices } from "./RequestServices.js"

/** A type that no layer has: makes routes with an unhandled failure a compile error. */
interface NotAnswerable<E> {
  readonly "a route fails with an error that has no entry in the catalogue": E
}

/** A type that no layer has: makes a handler that asks for a service while it runs a compile error. */
interface NotProvided<R> {
  readonly "a handler needs a service that it has to take when its route is made": R
}

/** Layers of routes whose failures are all handled, and whose handlers have all they need. */
export type Answered<R> = [Exclude<HttpLayerRouter.Request.Only<"Error", R>, Answerable>] extends [never]
  ? [Exclude<HttpLayerRouter.Request.Only<"Requires", R>, RequestServices>] extends [never]
    ? unknown
    : NotProvided<Exclude<HttpLayerRouter.Request.Only<"Requires", R>, RequestServices>>
  : NotAnswerable<Exclude<HttpLayerRouter.Request.Only<"Error", R>, Answerable>>
