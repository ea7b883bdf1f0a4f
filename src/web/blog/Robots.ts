import { HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Option } from "effect"
import { PageNotFound } from "../../errors/Address.js"
import { Settings } from "../../settings/Config.js"
import { staticFile } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { site } from "../theme/Site.js"

/** Milliseconds until a security contact expires: less than a year (RFC 9116, 2.5.5). */
const validity = 300 * 86_400_000

const day = 86_400_000

/**
 * Files for programs: the addresses of posts for crawlers, and the owner's address for reporters of faults (RFC 9116).
 */
export const robots = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const { siteUrl } = yield* Settings

    // Crawlers get posts, but neither search results nor the owner's pages.
    yield* routes.add(
      staticFile,
      "GET",
      "/robots.txt",
      HttpServerResponse.text(
        `User-agent: *\nDisallow: /search\nDisallow: /api/\nDisallow: /admin/\nDisallow: /auth/\n\nSitemap: ${siteUrl}/sitemap.xml\n`
      )
    )

    yield* routes.add(
      staticFile,
      "GET",
      "/.well-known/security.txt",
      Effect.gen(function* () {
        const { email, language } = yield* site
        if (Option.isNone(email)) return yield* new PageNotFound()
        const now = yield* Clock.currentTimeMillis
        const expires = new Date(Math.ceil((now + validity) / day) * day).toISOString()
        const lines = [
          `Contact: mailto:${encodeURI(email.value)}`,
          `Expires: ${expires}`,
          `Preferred-Languages: ${language}`,
          `Canonical: ${siteUrl}/.well-known/security.txt`
        ]
        // Without `public`, no cache of the site keeps it beyond its date.
        return HttpServerResponse.text(`${lines.join("\n")}\n`, { headers: { "cache-control": "max-age=86400" } })
      })
    )
  })
)
