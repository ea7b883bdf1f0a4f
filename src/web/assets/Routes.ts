import { HttpServerResponse } from "@effect/platform"
import { Layer } from "effect"
import { immutableFile, staticFile } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { favicon, faviconPath } from "../theme/Favicon.js"
import { ownerStylesheet } from "../theme/OwnerStylesheet.js"
import { stylesheet } from "../theme/Stylesheet.js"
import { assetRoute } from "./AssetRoute.js"

/** The site's icon, which other sites may embed. */
const icon = { ...staticFile, headers: "embeddable" } as const

/**
 * Assets of pages: the stylesheet, whose name changes with its content, and the site's icon. Both are served during the
 * start, for the page that reports it.
 */
export const routes = Layer.mergeAll(
  Routes.one(
    { ...immutableFile, whileStarting: true },
    "GET",
    stylesheet.path,
    HttpServerResponse.text(stylesheet.content, { contentType: stylesheet.contentType })
  ),
  assetRoute(ownerStylesheet),
  Routes.one(
    { ...icon, whileStarting: true },
    "GET",
    faviconPath,
    HttpServerResponse.text(favicon, { contentType: "image/svg+xml" })
  ),
  // Browsers request it without reading the page.
  Routes.one(icon, "GET", "/favicon.ico", HttpServerResponse.redirect(faviconPath, { status: 301 }))
)
