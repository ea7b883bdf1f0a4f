import { headingId } from "../markdown/Ids.js"
import { parseMediaPath } from "../media/Media.js"
import { foldedAddress, oldAddressPath } from "../posts/OldAddress.js"
import { oldFeedTarget } from "../posts/OldFeed.js"
import { permalinkPath } from "../posts/Permalink.js"
import type { Slug } from "../posts/Slug.js"
import { foldTag } from "../posts/Tag.js"
import type { ArchiveSite } from "./ArchiveSite.js"

/** A page of the old site that becomes a post. */
export interface OldPage {
  /** Relative to the root of the site, with `/`. */
  readonly path: string
  readonly slug: Slug
  readonly title?: string
  /** Its addresses on the old site; the site linked to the first. */
  readonly oldAddresses: ReadonlyArray<string>
}

/** The target of an address in a text. */
export type Target =
  /** A target outside of the import: another site, a place on the same page, a mailbox. */
  | { readonly kind: "elsewhere" }
  /** A page of this site, with the fragment. */
  | { readonly kind: "here"; readonly address: string }
  /** A target on the old site that is not a page: a file, or nothing. Decoded, without query and fragment. */
  | { readonly kind: "old"; readonly path: string; readonly fragment: string }

/** Normalizes a path for a comparison that ignores case and Unicode form. */
const folded = (path: string): string => path.normalize("NFC").toLowerCase()

/** Resolves `.`, `..` and double slashes; `undefined` if the path leaves the root. */
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

/** Names by which generators refer to a page: its file without folder, extension and date. */
const namesOf = (path: string): ReadonlyArray<string> => {
  const bare = withoutExtension(path).replace(/\/_?index$/i, "")
  const name = folded(bare.slice(bare.lastIndexOf("/") + 1))
  const undated = name.replace(/^\d{4}-\d{2}-\d{2}-/, "")
  return undated === name ? [name] : [name, undated]
}

/** The list of posts here that replaces a list of the old site. */
const listAt = (path: string): string | undefined => {
  const tag = /^\/(?:tags?|categor(?:y|ies)|topics?)\/(?<tag>[^/]+)$/i.exec(path)?.groups?.tag
  const folds = tag === undefined ? "" : foldTag(tag)
  if (folds !== "") return `/tag/${encodeURIComponent(folds)}`
  return path === "/" ? "/" : oldFeedTarget(path)
}

/** All pages of a site, by their files, addresses, slugs and names. */
export class OldSite {
  readonly #files = new Map<string, OldPage>()
  readonly #addresses = new Map<string, OldPage>()
  readonly #slugs = new Map<string, Slug>()
  readonly #names = new Map<string, Array<OldPage>>()
  /** Hosts of the old site. */
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
    for (const page of pages) this.add(page)
  }

  /** Adds a page. Earlier pages keep their files and addresses. */
  add(page: OldPage): void {
    this.#slugs.set(page.slug, page.slug)
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

  /** Returns the page at a path of the old site, with or without its base path. */
  #ofAddress(path: string): OldPage | undefined {
    const { basePath } = this.site
    return (
      this.#at(path) ??
      (basePath !== "" && path.startsWith(`${basePath}/`) ? this.#at(path.slice(basePath.length)) : undefined)
    )
  }

  /** Returns the page of a file in one of these folders. */
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
   * Finds a page by name, as Obsidian and Hugo do: of several pages the one in the shortest folder. `name` may contain
   * the last folders of the page's path.
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

  /**
   * Path of a file beside the page that its address is below, relative to the root of the site: `/blog/a/x.png` is
   * `content/blog/a/x.png`.
   */
  bundled(address: string): string | undefined {
    const end = address.lastIndexOf("/")
    const page = end > 0 ? this.#ofAddress(address.slice(0, end)) : undefined
    return page === undefined ? undefined : `${folderOf(page.path)}/${address.slice(end + 1)}`
  }

  /**
   * Returns the address here of a page that a template names by a file, an address or a post's name; otherwise the
   * reference itself.
   */
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

  /** Returns the address here of a wikilink, such as `Note#Heading`; `undefined` if there is no such page. */
  wikilink(target: string, from: OldPage): string | undefined {
    const [name = "", ...headings] = target.split("#")
    const heading = headings.at(-1)
    const fragment = heading === undefined || heading.startsWith("^") ? "" : `#${headingId(heading)}`
    if (name.trim() === "") return fragment === "" ? undefined : fragment
    const page = this.#ofFile(name.trim(), [folderOf(from.path), ...this.#roots]) ?? this.named(name.trim())
    return page === undefined ? undefined : `${permalinkPath(page.slug)}${fragment}`
  }

  /** Returns the target of an address in the text of a page. */
  target(address: string, from: OldPage): Target {
    const given = address.trim()
    // A template that could not be resolved.
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

  /** Returns the slug of the page with this address on this site. */
  slugAt(address: string): Slug | undefined {
    const slug = /^\/notes\/(?<slug>[a-z0-9-]+)\/?(?:[?#]|$)/.exec(address)?.groups?.slug
    return slug === undefined ? undefined : this.#slugs.get(slug)
  }

  #ofPath(given: string, from: OldPage): Target {
    const fragment = /#.*$/.exec(given)?.[0] ?? ""
    const path = decoded(given.replace(/[?#].*$/, ""))
    if (path === "") return { kind: "elsewhere" }
    const page = path.startsWith("/") ? this.#ofAbsolute(path) : this.#ofRelative(path, from)
    if (page !== undefined) return { kind: "here", address: `${permalinkPath(page.slug)}${fragment}` }
    if (this.slugAt(path) !== undefined || parseMediaPath(path) !== undefined) return { kind: "elsewhere" }
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
   * Returns the only page whose file has the last segment of an address as its name, if that is more than one word.
   * Sites change their address schemes, but the last segment usually stays.
   */
  #alike(path: string): OldPage | undefined {
    const last = oldAddressPath(path)?.trim().split("/").at(-1) ?? ""
    const [only, ...others] = last.includes("-") ? (this.#names.get(folded(last)) ?? []) : []
    return others.length === 0 ? only : undefined
  }

  /** Returns the page whose path ends with the given folders and file name, for references whose base is unknown. */
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
