import { Parser } from "htmlparser2"
import type { WordPressItem } from "../../src/domain/archive/exports/WordPressItem.js"
import { ImportFileRefused } from "../../src/errors/ImportFile.js"

/** Facts about the site in an export. */
export interface WordPressSite {
  /** Address of the blog, without a slash at the end; absent if the export names none. */
  readonly address: string | undefined
}

/** Limits that no export of a real site reaches. */
const deepest = 32
const longestText = 16_777_216
const longestWithoutTag = 67_108_864

/** Values of a post's metadata that are read. */
const wantedMeta: ReadonlySet<string> = new Set(["_thumbnail_id", "_wp_attachment_image_alt"])

/** An item while it is read. */
class Item implements WordPressItem {
  readonly texts = new Map<string, string>()
  readonly tags: Array<string> = []
  readonly categories: Array<string> = []
  readonly meta = new Map<string, string>()
  comments = 0
}

const rootPath = ["rss", "channel"]

/**
 * Parses a WordPress export (WXR) in chunks, and passes on each item when it is complete. Ignores document type
 * declarations: an entity that a document declares stays as it is written, so none can expand. Handles markup that is
 * not well-formed as browsers do, because old exports contain it.
 */
export class WordPressReader {
  readonly #decoder = new TextDecoder("utf-8", { fatal: true })
  readonly #parser: Parser
  readonly #path: Array<string> = []
  readonly #site = new Map<string, string>()
  #item: Item | undefined
  #text = ""
  #keeps = false
  #domain = ""
  #metaKey = ""
  #sinceTag = 0
  #isClosed = false
  #isExport = false

  constructor(readonly onItem: (item: WordPressItem) => void) {
    this.#parser = new Parser(
      {
        onopentag: (name, attributes) => this.#open(name, attributes),
        ontext: (text) => this.#add(text),
        onclosetag: (name) => this.#close(name)
      },
      { xmlMode: true }
    )
  }

  /** Reads a chunk. Throws `ImportFileRefused`. */
  write(chunk: Uint8Array): void {
    this.#sinceTag += chunk.length
    if (this.#sinceTag > longestWithoutTag) throw new ImportFileRefused({ reason: "part_too_large", detail: "" })
    this.#parser.write(this.#decoded(chunk))
  }

  /** Ends the parsing, and returns the facts about the site. Throws `ImportFileRefused` if the file is incomplete. */
  end(): WordPressSite {
    this.#parser.write(this.#decoded())
    const isClosed = this.#isClosed
    this.#parser.end()
    if (!this.#isExport) throw new ImportFileRefused({ reason: "kind", detail: "" })
    if (!isClosed) throw new ImportFileRefused({ reason: "xml", detail: "" })
    const address = ["wp:base_blog_url", "link", "wp:base_site_url"]
      .map((name) => this.#site.get(name)?.trim() ?? "")
      .find((text) => /^https?:\/\//i.test(text) && URL.canParse(text))
    return { address: address?.replace(/\/+$/, "") }
  }

  #decoded(chunk?: Uint8Array): string {
    try {
      return chunk === undefined ? this.#decoder.decode() : this.#decoder.decode(chunk, { stream: true })
    } catch {
      throw new ImportFileRefused({ reason: "encoding", detail: "" })
    }
  }

  #isAt(...path: ReadonlyArray<string>): boolean {
    return this.#path.length === path.length && path.every((name, place) => this.#path[place] === name)
  }

  #open(name: string, attributes: { readonly [name: string]: string }): void {
    this.#sinceTag = 0
    if (this.#path.length === deepest) throw new ImportFileRefused({ reason: "part_too_large", detail: name })
    this.#path.push(name)
    const depth = this.#path.length
    if (this.#isAt(...rootPath, "item")) this.#item = new Item()
    if (this.#isAt("rss") && Object.values(attributes).some((value) => /wordpress\.org\/export\//.test(value))) {
      this.#isExport = true
    }
    if (this.#item !== undefined && depth === 4 && name === "wp:comment") this.#item.comments += 1
    this.#domain = name === "category" ? (attributes.domain ?? "") : this.#domain
    this.#text = ""
    this.#keeps =
      this.#item === undefined ? depth === 3 : depth === 4 || (depth === 5 && this.#path[3] === "wp:postmeta")
  }

  #add(text: string): void {
    if (!this.#keeps) return
    if (this.#text.length + text.length > longestText) {
      throw new ImportFileRefused({ reason: "part_too_large", detail: this.#item?.texts.get("title") ?? "" })
    }
    this.#text += text
  }

  #close(name: string): void {
    this.#sinceTag = 0
    const depth = this.#path.length
    if (this.#isAt("rss")) this.#isClosed = true
    if (this.#item === undefined) {
      if (depth === 3 && !this.#site.has(name)) this.#site.set(name, this.#text)
    } else if (depth === 3) {
      this.onItem(this.#item)
      this.#item = undefined
    } else if (depth === 5 && name === "wp:meta_key") this.#metaKey = this.#text
    else if (depth === 5 && name === "wp:meta_value" && wantedMeta.has(this.#metaKey)) {
      this.#item.meta.set(this.#metaKey, this.#text.trim())
    } else if (depth === 4 && name === "category") this.#label(this.#item)
    else if (depth === 4 && !this.#item.texts.has(name)) this.#item.texts.set(name, this.#text)
    this.#path.pop()
    this.#text = ""
    this.#keeps = false
  }

  #label(item: Item): void {
    const label = this.#text.trim()
    if (label === "") return
    if (this.#domain === "category") item.categories.push(label)
    else if (this.#domain === "post_tag" || this.#domain === "tag") item.tags.push(label)
  }
}
