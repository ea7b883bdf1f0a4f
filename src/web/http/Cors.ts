import { HttpServerResponse } from "@effect/platform"

/**
 * Micropub clients that live in the browser may talk to the endpoint from any origin: it knows nobody by cookie, only by
 * a bearer token that the client must already have, so there is no ambient authority that another site could borrow
 * (Fetch standard, CORS protocol without credentials).
 */
const allowOrigin = { "access-control-allow-origin": "*" }

const exposed = { "access-control-expose-headers": "Location, Link, WWW-Authenticate, Retry-After, X-Request-ID" }

/** Headers of every answer of a route for any origin, failures included. */
export const corsHeaders: Readonly<Record<string, string>> = { ...allowOrigin, ...exposed }

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
