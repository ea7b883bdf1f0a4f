import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Duration, Layer } from "effect"
import { ownerStylesheet } from "./AdminStylesheet.js"
import { favicon, faviconPath } from "./Favicon.js"
import { assetRoute } from "./NamedAsset.js"
import { stylesheet, stylesheetPath } from "./Stylesheet.js"

/** What pages load: the stylesheet, under a name that changes with its content, and the site's mark. */
export const routes = Layer.mergeAll(
  HttpLayerRouter.add(
    "GET",
    stylesheetPath,
    HttpServerResponse.text(stylesheet, {
      contentType: "text/css; charset=utf-8",
      headers: { "cache-control": `public, max-age=${Duration.toSeconds("365 days")}, immutable` }
    })
  ),
  assetRoute(ownerStylesheet),
  HttpLayerRouter.add(
    "GET",
    faviconPath,
    HttpServerResponse.text(favicon, {
      contentType: "image/svg+xml",
      headers: { "cache-control": `public, max-age=${Duration.toSeconds("1 day")}` }
    })
  ),
  // Asked for by browsers that look before they read the page.
  HttpLayerRouter.add("GET", "/favicon.ico", HttpServerResponse.redirect(faviconPath, { status: 301 }))
)
