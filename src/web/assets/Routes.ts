import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Effect, Layer, Option } from "effect"
import { PageNotFound } from "../../errors/Address.js"
import { immutableFile, staticFile } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { favicon, faviconPath } from "../theme/Favicon.js"
import { type FontFile, fontFiles } from "../theme/Fonts.js"
import { lookOfName } from "../theme/Look.js"
import type { NamedAsset } from "../theme/NamedAsset.js"
import { ownerStylesheet } from "../theme/OwnerStylesheet.js"
import { lookStylesheet, pageStylesheet } from "../theme/Stylesheet.js"
import { assetRoute } from "./AssetRoute.js"
import { manifest } from "./Manifest.js"

/** The site's icon, which other sites may embed. */
const icon = { ...staticFile, headers: "embeddable" } as const

/** Also served during the start, for the page that reports it. */
const alwaysServed = { ...immutableFile, whileStarting: true } as const

const stylesheetRoute = ({ content, contentType, path }: NamedAsset) =>
  Routes.one(alwaysServed, "GET", path, HttpServerResponse.text(content, { contentType }))

/** The stylesheet of any look, so that the owner can try one. An address of another version of the program is not found. */
const lookRoute = Routes.one(
  alwaysServed,
  "GET",
  "/static/look/:sheet",
  Effect.flatMap(HttpLayerRouter.params, ({ sheet = "" }) => {
    const stylesheet = Option.map(lookOfName(sheet.replace(/\..*$/, "")), lookStylesheet)
    return Option.isSome(stylesheet) && stylesheet.value.path.endsWith(`/${sheet}`)
      ? HttpServerResponse.text(stylesheet.value.content, { contentType: stylesheet.value.contentType })
      : new PageNotFound()
  })
)

const fontRoute = ({ bytes, path }: FontFile) =>
  Routes.one(
    immutableFile,
    "GET",
    path,
    Effect.sync(() => HttpServerResponse.uint8Array(bytes(), { contentType: "font/woff2" }))
  )

/**
 * Assets of pages: stylesheets and fonts, whose names change with their content, the site's icon, and the manifest.
 */
export const routes = Layer.mergeAll(
  lookRoute,
  manifest,
  stylesheetRoute(pageStylesheet),
  assetRoute(ownerStylesheet),
  ...fontFiles.map(fontRoute),
  Routes.one(
    { ...icon, whileStarting: true },
    "GET",
    faviconPath,
    HttpServerResponse.text(favicon, { contentType: "image/svg+xml" })
  ),
  // Browsers request it without reading the page.
  Routes.one(icon, "GET", "/favicon.ico", HttpServerResponse.redirect(faviconPath, { status: 301 }))
)
