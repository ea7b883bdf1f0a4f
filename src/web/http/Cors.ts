import { HttpApp, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"

/**
 * Micropub clients that live in the browser may talk to the endpoint from any origin: it knows nobody by cookie, only by
 * a bearer token that the client must already have, so there is no ambient authority that another site could borrow
 * (Fetch standard, CORS protocol without credentials).
 */
const allowOrigin = { "access-control-allow-origin": "*" }

const exposed = { "access-control-expose-headers": "Location, Link, WWW-Authenticate, Retry-After, X-Request-ID" }

/** Puts the CORS headers on whatever this request will be answered with, failures included. */
export const allowAnyOrigin = HttpApp.appendPreResponseHandler((_, response) =>
  Effect.succeed(HttpServerResponse.setHeaders(response, { ...allowOrigin, ...exposed }))
)

/** The answer to a preflight. */
export const preflight = HttpServerResponse.empty({
  status: 204,
  headers: {
    ...allowOrigin,
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "Authorization, Content-Type, Accept, X-Request-ID",
    "access-control-max-age": "86400"
  }
})
