import { Hash } from "effect"

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

/** A stylesheet of this folder. */
export const stylesheetAsset = (name: string, content: string): NamedAsset =>
  named(name, "css", content, "text/css; charset=utf-8")
