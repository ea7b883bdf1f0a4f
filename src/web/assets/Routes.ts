import { HttpServerResponse } from "@effect/platform"
import { Layer } from "effect"
import { immutableFile, staticFile } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { favicon, faviconPath } from "../theme/Favicon.js"
import { ownerStylesheet } from "../theme/OwnerStylesheet.js"
import { stylesheet } from "../theme/Stylesheet.js"
import { assetRoute } from "./AssetRoute.js"

/** The site's icon: other sites may show it. */
const icon = { ...staticFile, headers: "embeddable" } as const

/**
 * What pages load: the stylesheet, under a name that changes with its content, and the site's icon. Both are there while the
 * site is starting, for the page that says so.
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
  // Asked for by browsers that look before they read the page.
  Routes.one(icon, "GET", "/favicon.ico", HttpServerResponse.redirect(faviconPath, { status: 301 }))
)
