import { HttpServerResponse } from "@effect/platform"

/**
 * Micropub clients in browsers may call the endpoint from any origin: it uses no cookies, only a bearer token that the
 * client must have, so there is no ambient authority that another site could use (Fetch standard, CORS protocol without
 * credentials).
 */
const allowOrigin = { "access-control-allow-origin": "*" }

const exposed = { "access-control-expose-headers": "Location, Link, WWW-Authenticate, Retry-After, X-Request-ID" }

/** Headers of every response of a route for any origin, failures included. */
export const corsHeaders: Readonly<Record<string, string>> = { ...allowOrigin, ...exposed }

/** The response to a preflight. */
export const preflight = HttpServerResponse.empty({
  status: 204,
  headers: {
    ...allowOrigin,
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "Authorization, Content-Type, Accept, X-Request-ID",
    "access-control-max-age": "86400"
  }
})
