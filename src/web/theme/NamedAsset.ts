import { Hash } from "effect"

/** A file of pages, whose name changes with its content, so that caches can keep it permanently. */
export interface NamedAsset {
  readonly path: `/${string}`
  readonly content: string
  readonly contentType: string
}

/** Computes a short text that changes with a content, for names of files. */
export const fingerprint = (content: string): string => (Hash.string(content) >>> 0).toString(36)

const named = (name: string, ending: string, content: string, contentType: string): NamedAsset => ({
  path: `/static/${name}-${fingerprint(content)}.${ending}`,
  content,
  contentType
})

/** A script of `src/browser`, for the `scripts` of a page. */
export const scriptAsset = (name: string, content: string): NamedAsset =>
  named(name, "js", content, "text/javascript; charset=utf-8")

/** A stylesheet of this folder. */
export const stylesheetAsset = (name: string, content: string): NamedAsset =>
  named(name, "css", content, "text/css; charset=utf-8")
