import { headingId } from "../markdown/Ids.js"
import { parseMediaPath } from "../media/Media.js"
import { foldedAddress, oldAddressPath } from "../posts/OldAddress.js"
import { permalinkPath } from "../posts/Permalink.js"
import type { Slug } from "../posts/Slug.js"
import { foldTag } from "../posts/Tag.js"
import type { ArchiveSite } from "./ArchiveSite.js"
import { oldFeedTarget } from "./OldFeed.js"

/** A page of the old site that becomes a post here. */
export interface OldPage {
  /** Below the root of the site, with `/`. */
  readonly path: string
  readonly slug: Slug
  readonly title?: string
  /** Where the old site showed it, the address that it linked to first. */
  readonly oldAddresses: ReadonlyArray<string>
}

/** Where an address of a text leads. */
export type Target =
  /** Somewhere that is no concern of the import: another site, a place on the same page, a mailbox. */
  | { readonly kind: "elsewhere" }
  /** To a page of this site: the address, its fragment included. */
  | { readonly kind: "here"; readonly address: string }
  /** To something of the old site that is no page: a file, perhaps, or nothing. Decoded, without query and fragment. */
  | { readonly kind: "old"; readonly path: string; readonly fragment: string }

/** Paths with the same letters in the same order are the same, in whatever case and form. */
const folded = (path: string): string => path.normalize("NFC").toLowerCase()

/** A path without `.`, `..` and double slashes; `undefined` where it leads out. */
const straight = (path: string): string | undefined => {
  const parts: Array<string> = []
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue
    if (part !== "..") parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join("/")
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")))
const withoutExtension = (path: string): string => path.replace(/\.(?:mdx?|markdown|html?|adoc|rst|org|txt)$/i, "")

/** What a generator calls a page by: its file without folder, extension and date. */
const namesOf = (path: string): ReadonlyArray<string> => {
  const bare = withoutExtension(path).replace(/\/_?index$/i, "")
  const name = folded(bare.slice(bare.lastIndexOf("/") + 1))
  const undated = name.replace(/^\d{4}-\d{2}-\d{2}-/, "")
  return undated === name ? [name] : [name, undated]
}

/** Addresses of the old site's lists of posts, by what of ours took their place. */
const listAt = (path: string): string | undefined => {
  const tag = /^\/(?:tags?|categor(?:y|ies)|topics?)\/(?<tag>[^/]+)$/i.exec(path)?.groups?.tag
  const folds = tag === undefined ? "" : foldTag(tag)
  if (folds !== "") return `/tag/${encodeURIComponent(folds)}`
  return path === "/" ? "/" : oldFeedTarget(path)
}

/** All pages of a site by everything that texts call them. */
export class OldSite {
  readonly #files = new Map<string, OldPage>()
  readonly #addresses = new Map<string, OldPage>()
  readonly #slugs = new Set<string>()
  readonly #names = new Map<string, Array<OldPage>>()
  /** Hosts whose addresses are those of the old site. */
  readonly #hosts: ReadonlySet<string>

  constructor(
    readonly site: ArchiveSite,
    pages: ReadonlyArray<OldPage>,
    siteUrl: string
  ) {
    const hosts = [site.origin, siteUrl].flatMap((url) =>
      url !== undefined && URL.canParse(url) ? [new URL(url).host.replace(/^www\./, "")] : []
    )
    this.#hosts = new Set(hosts)
    for (const page of pages) this.#add(page)
  }

  #add(page: OldPage): void {
    this.#slugs.add(page.slug)
    const file = folded(page.path)
    const bare = withoutExtension(file)
    for (const key of [file, bare, bare.replace(/\/_?index$/, "")])
      if (!this.#files.has(key)) this.#files.set(key, page)
    for (const address of page.oldAddresses) {
      const key = oldAddressPath(address)
      if (key !== undefined && !this.#addresses.has(foldedAddress(key))) this.#addresses.set(foldedAddress(key), page)
    }
    for (const name of namesOf(page.path)) {
      const known = this.#names.get(name)
      if (known === undefined) this.#names.set(name, [page])
      else known.push(page)
    }
  }

  #at(path: string): OldPage | undefined {
    const key = oldAddressPath(path)
    return key === undefined ? undefined : this.#addresses.get(foldedAddress(key))
  }

  /** The page at a path of the old site, with its base path or without. */
  #ofAddress(path: string): OldPage | undefined {
    const { basePath } = this.site
    return (
      this.#at(path) ??
      (basePath !== "" && path.startsWith(`${basePath}/`) ? this.#at(path.slice(basePath.length)) : undefined)
    )
  }

  /** The page of a file below one of these folders. */
  #ofFile(path: string, folders: ReadonlyArray<string>): OldPage | undefined {
    for (const folder of folders) {
      const straightened = straight(`${folder}/${path}`)
      const found = straightened === undefined ? undefined : this.#files.get(folded(straightened))
      if (found !== undefined) return found
    }
    return undefined
  }

  get #roots(): ReadonlyArray<string> {
    return [...this.site.contentFolders, ""]
  }

  /**
   * The page of a name, as Obsidian and Hugo look for it: of several the one in the shortest folder. `name` may hold
   * folders, which must be the last ones of the page's.
   */
  named(name: string): OldPage | undefined {
    const wanted = folded(withoutExtension(straight(name) ?? ""))
    const candidates = this.#names.get(wanted.slice(wanted.lastIndexOf("/") + 1)) ?? []
    const matching = candidates.filter(({ path }) =>
      `/${folded(withoutExtension(path)).replace(/\/_?index$/, "")}`.endsWith(`/${wanted}`)
    )
    const [first, ...others] = matching.length > 0 || wanted.includes("/") ? matching : candidates
    return others.reduce(
      (best, page) => (best !== undefined && best.path.length <= page.path.length ? best : page),
      first
    )
  }

  /** A file beside the page at whose address it was, below the root of the site: `/blog/a/x.png` is `content/blog/a/x.png`. */
  bundled(address: string): string | undefined {
    const end = address.lastIndexOf("/")
    const page = end > 0 ? this.#ofAddress(address.slice(0, end)) : undefined
    return page === undefined ? undefined : `${folderOf(page.path)}/${address.slice(end + 1)}`
  }

  /** The address here of a page that a template names: a file, an address, the name of a post; otherwise the reference. */
  pageAt(reference: string, from: OldPage): string {
    const [path = "", fragment] = reference.trim().split("#", 2)
    const suffix = fragment === undefined ? "" : `#${fragment}`
    if (path === "") return reference
    const plain = path.replace(/^@\//, "").replace(/^\//, "")
    const page =
      this.#ofFile(
        plain,
        path.startsWith("/") || path.startsWith("@/") ? this.#roots : [folderOf(from.path), ...this.#roots]
      ) ??
      (path.startsWith("/") ? this.#ofAddress(path) : undefined) ??
      this.named(plain)
    return page === undefined ? reference : `${permalinkPath(page.slug)}${suffix}`
  }

  /** The address here of a wikilink, such as `Note#Heading`; `undefined` where there is no such page. */
  wikilink(target: string, from: OldPage): string | undefined {
    const [name = "", ...headings] = target.split("#")
    const heading = headings.at(-1)
    const fragment = heading === undefined || heading.startsWith("^") ? "" : `#${headingId(heading)}`
    if (name.trim() === "") return fragment === "" ? undefined : fragment
    const page = this.#ofFile(name.trim(), [folderOf(from.path), ...this.#roots]) ?? this.named(name.trim())
    return page === undefined ? undefined : `${permalinkPath(page.slug)}${fragment}`
  }

  /** Where an address in the text of a page leads. */
  target(address: string, from: OldPage): Target {
    const given = address.trim()
    // A template that nobody could resolve.
    if (given.startsWith("{{") || given.startsWith("{%")) return { kind: "elsewhere" }
    if (given === "" || given.startsWith("#") || given.startsWith("?")) return { kind: "elsewhere" }
    if (given.startsWith("@/")) {
      const found = this.pageAt(given, from)
      return found === given ? { kind: "old", path: given, fragment: "" } : { kind: "here", address: found }
    }
    const filed = /^(?:\{(?:filename|static|attach)\}|\|filename\|)(?<path>.*)$/.exec(given)?.groups?.path
    if (filed !== undefined) return this.#ofPath(filed, from)
    if (/^(?:https?:)?\/\//i.test(given)) {
      const absolute = given.startsWith("//") ? `https:${given}` : given
      if (!URL.canParse(absolute)) return { kind: "elsewhere" }
      const { hash, host, pathname } = new URL(absolute)
      return this.#hosts.has(host.replace(/^www\./, ""))
        ? this.#ofPath(`${pathname}${hash}`, from)
        : { kind: "elsewhere" }
    }
    return /^[a-z][a-z0-9+.-]*:/i.test(given) ? { kind: "elsewhere" } : this.#ofPath(given, from)
  }

  #ofPath(given: string, from: OldPage): Target {
    const fragment = /#.*$/.exec(given)?.[0] ?? ""
    const path = decoded(given.replace(/[?#].*$/, ""))
    if (path === "") return { kind: "elsewhere" }
    const page = path.startsWith("/") ? this.#ofAbsolute(path) : this.#ofRelative(path, from)
    if (page !== undefined) return { kind: "here", address: `${permalinkPath(page.slug)}${fragment}` }
    const own = /^\/notes\/(?<slug>[a-z0-9-]+)\/?$/.exec(path)?.groups?.slug
    if ((own !== undefined && this.#slugs.has(own)) || parseMediaPath(path) !== undefined) return { kind: "elsewhere" }
    const list = path.startsWith("/")
      ? listAt(
          oldAddressPath(path.startsWith(`${this.site.basePath}/`) ? path.slice(this.site.basePath.length) : path) ??
            path
        )
      : undefined
    return list === undefined ? { kind: "old", path, fragment } : { kind: "here", address: `${list}${fragment}` }
  }

  #ofAbsolute(path: string): OldPage | undefined {
    return this.#ofAddress(path) ?? this.#ofFile(path, this.#roots) ?? this.#ending(path) ?? this.#alike(path)
  }

  /**
   * The only page whose file has the name that an address ends in, where that is more than a word: sites change how they
   * make addresses, and some make them by programs, while the last part stays.
   */
  #alike(path: string): OldPage | undefined {
    const last = oldAddressPath(path)?.trim().split("/").at(-1) ?? ""
    const [only, ...others] = last.includes("-") ? (this.#names.get(folded(last)) ?? []) : []
    return others.length === 0 ? only : undefined
  }

  /** The page whose file ends with a path of several folders, or with a file's name: where nobody knows what it is below. */
  #ending(path: string): OldPage | undefined {
    const straightened = straight(path)
    if (straightened === undefined || !(straightened.includes("/") || /\.mdx?$/i.test(path))) return undefined
    return this.named(straightened)
  }

  #ofRelative(path: string, from: OldPage): OldPage | undefined {
    const beside = this.#ofFile(path, [folderOf(from.path)])
    if (beside !== undefined) return beside
    for (const base of from.oldAddresses) {
      const [folder = ""] = /^.*\//.exec(base.startsWith("/") ? base : `/${base}`) ?? []
      const straightened = straight(`${folder}${path}`)
      const found = straightened === undefined ? undefined : this.#ofAddress(`/${straightened}`)
      if (found !== undefined) return found
    }
    return this.#ofFile(path, this.#roots) ?? this.#ending(path)
  }
}
