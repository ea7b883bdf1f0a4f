import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Duration, Hash } from "effect"

/** A file that pages load, under a name that changes with its content, so that caches may keep it for ever. */
export interface NamedAsset {
  readonly path: `/${string}`
  readonly content: string
  readonly contentType: string
}

const named = (name: string, ending: string, content: string, contentType: string): NamedAsset => ({
  path: `/static/${name}-${(Hash.string(content) >>> 0).toString(36)}.${ending}`,
  content,
  contentType
})

/** A script of `src/browser`, as a page names it in `scripts`. */
export const scriptAsset = (name: string, content: string): NamedAsset =>
  named(name, "js", content, "text/javascript; charset=utf-8")

/** A stylesheet beside the theme's. */
export const stylesheetAsset = (name: string, content: string): NamedAsset =>
  named(name, "css", content, "text/css; charset=utf-8")

/** The route that serves it. */
export const assetRoute = ({ content, contentType, path }: NamedAsset) =>
  HttpLayerRouter.add(
    "GET",
    path,
    HttpServerResponse.text(content, {
      contentType,
      headers: { "cache-control": `public, max-age=${Duration.toSeconds("365 days")}, immutable` }
    })
  )
