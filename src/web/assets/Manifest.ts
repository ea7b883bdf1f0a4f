import { HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import { conditional } from "../http/Conditional.js"
import { publicPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { faviconPath } from "../theme/Favicon.js"
import { manifestPath } from "../theme/ManifestPath.js"
import { iconPath } from "../theme/Photo.js"
import { type Site, site } from "../theme/Site.js"

/** Width and height of the owner's photo as an icon, in pixels. */
const iconSize = "180x180"

/**
 * The site as an app (W3C Web Application Manifest), which other apps can share to. The fields of a shared item have the
 * names of the editor's.
 */
const manifestOf = ({ description, language, name, photo }: Site) => ({
  id: "/",
  name,
  short_name: name,
  ...(description !== "" && { description }),
  lang: language,
  start_url: "/",
  scope: "/",
  display: "minimal-ui",
  icons: [
    ...(Option.isSome(photo) ? [{ src: iconPath, sizes: iconSize, type: "image/png" }] : []),
    { src: faviconPath, sizes: "any", type: "image/svg+xml" }
  ],
  share_target: {
    action: "/admin/share",
    method: "POST",
    enctype: "multipart/form-data",
    params: {
      title: "name",
      text: "content",
      url: "bookmark-of",
      files: [{ name: "media_file", accept: ["image/*", "video/*", "audio/*"] }]
    }
  }
})

/** `/manifest.webmanifest`. */
export const manifest = Routes.one(
  publicPage,
  "GET",
  manifestPath,
  Effect.flatMap(site, (about) =>
    conditional(
      HttpServerResponse.text(JSON.stringify(manifestOf(about)), { contentType: "application/manifest+json" })
    )
  )
)
