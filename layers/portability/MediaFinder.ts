import { readdirSync, realpathSync, statSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { isInside } from "./SourceFiles.js"

/** Where the files of a site may lie. Folders are absolute and without links. */
export interface MediaRoots {
  /** The directory that is imported. */
  readonly root: string
  /** The folder of the site that it is, or lies in. */
  readonly siteRoot: string
  /** Folders whose files the generator copies to the top of the site, below `siteRoot`. */
  readonly assetFolders: ReadonlyArray<string>
  /** Folders of pages, below `siteRoot`. */
  readonly contentFolders: ReadonlyArray<string>
  /** Folders that the owner names. */
  readonly named: ReadonlyArray<string>
  /** Whether a file is found by its name alone, wherever it lies. */
  readonly byName: boolean
}

/** What became of a search. */
export type FoundMedia =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "missing" | "outside"; readonly lookedIn: ReadonlyArray<string> }

/** Names under which generators and people keep files that pages show. */
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

/** Names of folders that are a part of a site, not the whole of it: its files may lie above. */
const partOfSite =
  /^(?:_posts|_drafts|_notes|_content|posts?|content|contents|source|src|blog|pages|docs|notes|articles|data|md|markdown|writing|journal|entries|collections)$/i

/** Files that the index holds at most, and folders inside one another. */
const indexed = 200_000
const deepest = 20

const isMedia = (name: string): boolean =>
  /\.(?:jpe?g|png|gif|webp|avif|svg|heic|bmp|tiff?|ico|mp3|m4a|aac|ogg|oga|opus|flac|wav|mp4|m4v|webm|mov|ogv)$/i.test(
    name
  )

const fold = (path: string): string => path.normalize("NFC").toLowerCase()

/** Looks for the files that pages show: beside the page, on the shelves of its site, and anywhere below under the same path. */
export class MediaFinder {
  /** Where files may lie at all. */
  readonly #allowed: ReadonlyArray<string>
  /** Where paths of the old site begin. */
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

  /** The folders in which it looks, as far as there are any. */
  get lookedIn(): ReadonlyArray<string> {
    return this.#tops.filter((top) => statSync(top, { throwIfNoEntry: false })?.isDirectory() === true)
  }

  /**
   * The file that a decoded address means. `folder` is that of the page, absolute; `places` are the paths that a relative
   * address may have at the top of the old site.
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

  /** A file somewhere below whose path ends as the address does; of several the one in the shortest folder. */
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
