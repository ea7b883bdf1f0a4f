import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Duration } from "effect"

/** Crawlers are welcome to the posts; search results and the owner's pages are not for them. */
export const robots = HttpLayerRouter.add(
  "GET",
  "/robots.txt",
  HttpServerResponse.text("User-agent: *\nDisallow: /search\nDisallow: /api/\nDisallow: /admin/\nDisallow: /auth/\n", {
    headers: { "cache-control": `public, max-age=${Duration.toSeconds("1 day")}` }
  })
)
