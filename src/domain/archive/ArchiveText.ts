import type { Steps } from "../Steps.js"
import type { ArchiveSite } from "./ArchiveSite.js"
import { withoutBracketCodes } from "./BracketCodes.js"
import { withoutComponents } from "./Components.js"
import type { PageContext } from "./Construct.js"
import { withoutDialects } from "./Dialects.js"
import type { OldPage, OldSite } from "./OldSite.js"
import { withoutTemplates } from "./Templates.js"
import { withoutWikilinks } from "./Wikilinks.js"

/**
 * A text of another generator as Markdown or HTML that this site renders; its addresses are still those of the old
 * site.
 */
export interface ArchiveText {
  readonly text: string
  /** Unresolved constructs that are kept as hidden comments, by their name in the report, with their number. */
  readonly hidden: ReadonlyMap<string, number>
  /** Constructs that are shown as they are, by name, with their number. */
  readonly shown: ReadonlyMap<string, number>
  /** Targets of wikilinks that do not exist. */
  readonly deadWikilinks: ReadonlyArray<string>
}

const vaults: ReadonlySet<ArchiveSite["generator"]> = new Set(["obsidian", "quartz"])

/** Converts the text of a page as its generator would render it, as far as the site's files determine that. */
export function* archiveText(given: string, isHtml: boolean, from: OldPage, old: OldSite): Steps<ArchiveText> {
  const { site } = old
  const [address] = from.oldAddresses
  const page: PageContext = {
    site,
    isHtml,
    ...(from.title === undefined ? {} : { title: from.title }),
    ...(address === undefined ? {} : { address }),
    pageAt: (reference) => old.pageAt(reference, from),
    fileAt: (reference) => reference
  }
  const plain = isHtml ? given : yield* withoutDialects(given, site.generator, from.path)
  const templates = yield* withoutTemplates(plain, page)
  const hidden = new Map(templates.hidden)
  const without = (next: { readonly text: string; readonly hidden: ReadonlyMap<string, number> }): string => {
    for (const [name, count] of next.hidden) hidden.set(name, (hidden.get(name) ?? 0) + count)
    return next.text
  }
  let { text } = templates
  if (site.generator === "wordpress" || site.generator === "wxr") text = without(yield* withoutBracketCodes(text, page))
  if (/\.mdx$/i.test(from.path)) text = without(yield* withoutComponents(text, page))
  if (isHtml) return { text, hidden, shown: templates.shown, deadWikilinks: [] }
  const unwikied = yield* withoutWikilinks(text, {
    isVault: vaults.has(site.generator),
    wikilink: (target) => old.wikilink(target, from)
  })
  return { text: unwikied.text, hidden, shown: templates.shown, deadWikilinks: unwikied.dead }
}
