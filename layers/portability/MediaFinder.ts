import { readdirSync, realpathSync, statSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { isInside } from "./SourceFiles.js"

/** Folders in which the files of a site may be. Paths are absolute, with links resolved. */
export interface MediaRoots {
  /** The imported directory. */
  readonly root: string
  /** Root of the site that it is, or is part of. */
  readonly siteRoot: string
  /** Folders whose files the generator copies to the root of the site, relative to `siteRoot`. */
  readonly assetFolders: ReadonlyArray<string>
  /** Content folders, relative to `siteRoot`. */
  readonly contentFolders: ReadonlyArray<string>
  /** Folders given as options. */
  readonly named: ReadonlyArray<string>
  /** Whether files may be found by name alone, in any folder. */
  readonly byName: boolean
}

/** Result of a search. */
export type FoundMedia =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "missing" | "outside"; readonly lookedIn: ReadonlyArray<string> }

/** Common folders of files that pages show. */
const shelves = [
  "",
  "static",
  "public",
  "assets",
  "source",
  "images",
  "img",
  "media",
  "uploads",
  "files",
  "src/assets",
  "src"
]

/** Folders that are usually part of a site, so that its files may be above them. */
const partOfSite =
  /^(?:_posts|_drafts|_notes|_content|posts?|content|contents|source|src|blog|pages|docs|notes|articles|data|md|markdown|writing|journal|entries|collections)$/i

/** Maximum number of indexed files, and maximum depth of folders. */
const indexed = 200_000
const deepest = 20

const isMedia = (name: string): boolean =>
  /\.(?:jpe?g|png|gif|webp|avif|svg|heic|bmp|tiff?|ico|mp3|m4a|aac|ogg|oga|opus|flac|wav|mp4|m4v|webm|mov|ogv)$/i.test(
    name
  )

const fold = (path: string): string => path.normalize("NFC").toLowerCase()

/**
 * Finds the files that pages show: beside the page, in common folders of its site, and anywhere below with a matching
 * path.
 */
export class MediaFinder {
  /** Folders that a file may be in. */
  readonly #allowed: ReadonlyArray<string>
  /** Folders in which paths of the old site may start. */
  readonly #tops: ReadonlyArray<string>
  #index: ReadonlyMap<string, ReadonlyArray<string>> | undefined

  constructor(readonly roots: MediaRoots) {
    const { assetFolders, contentFolders, named, root, siteRoot } = roots
    const above: Array<string> = []
    let folder = root
    while (folder === siteRoot && partOfSite.test(basename(folder)) && above.length < 2) {
      above.push(dirname(folder))
      folder = dirname(folder)
      if (!partOfSite.test(basename(folder))) break
    }
    this.#allowed = [...new Set([root, siteRoot, ...above, ...named])]
    this.#tops = [
      ...new Set([
        ...named,
        ...assetFolders.map((name) => join(siteRoot, name)),
        ...contentFolders.map((name) => join(siteRoot, name)),
        ...[siteRoot, root, ...above].flatMap((top) => shelves.map((shelf) => join(top, shelf)))
      ])
    ]
  }

  /** The existing folders in which it searches. */
  get lookedIn(): ReadonlyArray<string> {
    return this.#tops.filter((top) => statSync(top, { throwIfNoEntry: false })?.isDirectory() === true)
  }

  /**
   * Finds the file of a decoded address. `folder` is the page's, absolute; `places` are possible absolute paths of a
   * relative address on the old site.
   */
  find(address: string, folder: string, pageName: string, places: ReadonlyArray<string>): FoundMedia {
    if (address.includes("\0")) return { kind: "missing", lookedIn: [] }
    const isAbsolute = address.startsWith("/")
    const beside = isAbsolute ? [] : [join(folder, address), join(folder, pageName, address)]
    const onTop = [...places, address].flatMap((path) => this.#tops.map((top) => join(top, path)))
    let isOutside = false
    for (const candidate of [...beside, ...onTop]) {
      const found = this.#at(candidate)
      if (found === "outside") isOutside = true
      else if (found !== undefined) return { kind: "file", path: found }
    }
    const below = this.#below(address)
    if (below !== undefined) return { kind: "file", path: below }
    const leads =
      !isAbsolute && [...beside, ...onTop].every((path) => !this.#allowed.some((root) => isInside(root, path)))
    return { kind: isOutside || leads ? "outside" : "missing", lookedIn: this.lookedIn }
  }

  #at(candidate: string): string | "outside" | undefined {
    try {
      const target = realpathSync(candidate)
      if (!this.#allowed.some((root) => isInside(root, target))) return "outside"
      return statSync(target).isFile() ? target : undefined
    } catch {
      return undefined
    }
  }

  /** A file anywhere below whose path ends with the address; of several the one in the shortest folder. */
  #below(address: string): string | undefined {
    const wanted = fold(
      `/${address
        .split("/")
        .filter((part) => part !== "" && part !== "." && part !== "..")
        .join("/")}`
    )
    this.#index ??= this.#indexed()
    const candidates = this.#index.get(wanted.slice(wanted.lastIndexOf("/") + 1)) ?? []
    const ending = candidates.filter((path) => fold(path).endsWith(wanted))
    const [first, ...others] = ending.length > 0 || !this.roots.byName ? ending : candidates
    return others.reduce((best, path) => (best !== undefined && best.length <= path.length ? best : path), first)
  }

  #indexed(): ReadonlyMap<string, ReadonlyArray<string>> {
    const files = new Map<string, Array<string>>()
    let count = 0
    const walk = (folder: string, depth: number): void => {
      if (depth > deepest || count > indexed) return
      let entries: ReadonlyArray<import("node:fs").Dirent>
      try {
        entries = readdirSync(folder, { withFileTypes: true })
      } catch {
        return
      }
      for (const entry of entries) {
        if (entry.name.startsWith(".") || entry.name === "node_modules" || count > indexed) continue
        if (entry.isDirectory()) walk(join(folder, entry.name), depth + 1)
        else if (entry.isFile() && isMedia(entry.name)) {
          count += 1
          const key = fold(entry.name)
          const known = files.get(key)
          if (known === undefined) files.set(key, [join(folder, entry.name)])
          else known.push(join(folder, entry.name))
        }
      }
    }
    for (const root of new Set([this.roots.root, this.roots.siteRoot, ...this.roots.named])) walk(root, 0)
    return files
  }
}
