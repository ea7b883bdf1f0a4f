import { HttpServerResponse } from "@effect/platform"
import { staticFile } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"

/** Allows crawlers posts, but not search results and the owner's pages. */
export const robots = Routes.one(
  staticFile,
  "GET",
  "/robots.txt",
  HttpServerResponse.text("User-agent: *\nDisallow: /search\nDisallow: /api/\nDisallow: /admin/\nDisallow: /auth/\n")
)
