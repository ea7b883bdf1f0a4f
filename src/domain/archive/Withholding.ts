import { isObject } from "../posts/Microformats.js"
import type { PostStatus, Visibility } from "../posts/Post.js"
import { type Field, type Fields, listIn, textIn } from "./Fields.js"
import { saysNo, saysYes } from "./Truth.js"

/** The audience of a post, and what in its file restricts it. */
export interface Audience {
  readonly status: PostStatus
  readonly visibility: Visibility
  /** As in the file, such as `draft: true`; absent for public posts. */
  readonly because?: string
  /** The file is in the trash. */
  readonly isTrash?: true
  /** It is scheduled. If its time is over, it is unknown whether it was published. */
  readonly isWaiting?: true
}

/** From the least to the most restricted. */
const order = ["public", "unlisted", "private", "draft", "trash"] as const

type Level = (typeof order)[number]

/** A restriction, and its reason. */
export interface Finding {
  readonly level: Level
  readonly because: string
}

const named = (level: Level, ...names: ReadonlyArray<string>): ReadonlyArray<readonly [string, Level]> =>
  names.map((name) => [name, level])

/**
 * Fields that restrict a page unless their value clearly means no. Generators expect booleans, but people also write
 * `yes`, `"true"` and `1`. Names are normalized as in `Fields`.
 */
const unlessOff: ReadonlyMap<string, Level> = new Map([
  // Hugo, Zola, Jekyll, Eleventy, Astro, Docusaurus, and themes with drafts.
  ...named("draft", "draft", "isdraft", "wip", "unpublished", "notpublished"),
  // Hugo's headless bundles.
  ...named("draft", "headless"),
  ...named("trash", "trash", "trashed"),
  // WordPress, hexo-blog-encrypt: the page exists, but its text is protected.
  ...named("private", "private", "isprivate", "secret", "protected", "isprotected", "passwordprotected"),
  ...named("private", "password", "postpassword", "encrypt", "encrypted", "confidential", "membersonly"),
  // Reachable by address but in no list: Docusaurus, Eleventy, jekyll-paginate, hexo-hide-posts, themes of Hugo.
  ...named("unlisted", "unlisted", "hidden", "ishidden", "hiddeninhomelist", "hideinlist", "hidefromlist"),
  ...named("unlisted", "eleventyexcludefromcollections", "excludefromcollections", "searchhidden"),
  ...named("unlisted", "noindex", "robotsnoindex", "nositemap")
])

/** Fields with other meanings too: they restrict a page only if their value clearly means yes. */
const whenOn: ReadonlyMap<string, Level> = new Map([
  ...named("draft", "drafts", "ignore", "ignored", "exclude", "excluded", "disabled", "expired", "withdrawn", "skip"),
  ...named("trash", "deleted", "isdeleted"),
  ...named("private", "locked", "internal", "restricted", "subscribersonly", "friendsonly", "loginrequired", "paywall"),
  ...named("unlisted", "hide", "hidefromhome", "excludefromindex", "excludefromlist", "hidefromsearch", "nosearch")
])

/** Fields that restrict a page unless their value clearly means yes or is a date. */
const unlessOn: ReadonlyMap<string, Level> = new Map(
  // Jekyll and Hexo (`published`), Obsidian and its publishers.
  named("draft", "published", "ispublished", "publish", "dgpublish")
)

/** Fields that restrict a page if their value clearly means no. */
const whenOff: ReadonlyMap<string, Level> = new Map([
  ...named("draft", "public", "ispublic", "live", "visible", "enabled", "render", "output"),
  ...named("unlisted", "listed", "list", "showinlist", "showinlists", "insearchindex", "searchable", "indexable")
])

/** Status words of other programs; an unknown word makes the post a draft. */
const statuses: ReadonlyMap<string, Level> = new Map([
  ...named("public", "published", "publish", "public", "live", "final", "finished", "done", "complete", "completed"),
  ...named("public", "posted", "release", "released"),
  ...named("unlisted", "unlisted", "hidden"),
  ...named("private", "private", "protected", "secret", "password", "members", "internal"),
  ...named("trash", "trash", "trashed", "deleted", "removed")
])

const audiences: ReadonlyMap<string, Level> = new Map([
  ...named("public", "public", "everyone", "everybody", "all", "anyone", "world", "open", "visible", "published"),
  ...named("unlisted", "unlisted", "hidden", "link"),
  ...named("draft", "draft", "none")
])

/** Words that restrict a page in fields with other meanings too. */
const closed = /^(?:private|members?|paid|subscribers?|friends|family|me|self|owner|internal|restricted|password|none)$/

/** The field as the report names it; never the value of a password. */
const described = ({ name, value }: Field): string => {
  if (/pass|encrypt/i.test(name)) return name
  const text = textIn(value)
  return text === undefined || text.length > 30 ? name : `${name}: ${text}`
}

/** Findings of Hugo's `build` (`_build` before 0.145): whether a page is rendered and listed. */
const buildFindings = (fields: Fields): ReadonlyArray<Finding> =>
  fields.all("build").flatMap(({ name, value }): ReadonlyArray<Finding> => {
    if (typeof value === "boolean" || typeof value === "string") {
      return saysYes(value) ? [] : [{ level: "draft", because: described({ name, value }) }]
    }
    if (!isObject(value)) return []
    const { list, render } = value
    const word = (given: unknown) => String(given).trim().toLowerCase()
    return [
      ...(render === undefined || saysYes(render) || word(render) === "always"
        ? []
        : [{ level: "draft" as const, because: `${name}.render: ${word(render)}` }]),
      ...(list === undefined || saysYes(list) || word(list) === "always"
        ? []
        : [{ level: "unlisted" as const, because: `${name}.list: ${word(list)}` }])
    ]
  })

/** Findings of fields that exclude the page from search engines, such as `sitemap: false`. */
const sitemapFindings = (fields: Fields): ReadonlyArray<Finding> => [
  ...fields.all("sitemap").flatMap(({ name, value }): ReadonlyArray<Finding> => {
    const isOut = isObject(value)
      ? [value.exclude, value.disable, value.ignore].some((given) => given !== undefined && !saysNo(given))
      : saysNo(value)
    return isOut ? [{ level: "unlisted", because: `${name}: ${isObject(value) ? "excluded" : String(value)}` }] : []
  }),
  ...fields.all("robots", "metarobots").flatMap(({ name, value }): ReadonlyArray<Finding> => {
    const words = isObject(value)
      ? Object.entries(value).map(([key, on]) => (saysNo(on) ? `no${key}` : key))
      : listIn(value)
    return words.some((given) => /\bno-?index\b/i.test(String(given)))
      ? [{ level: "unlisted", because: `${name}: noindex` }]
      : []
  })
]

/** Findings of `permalink: false` (Eleventy) and `url: false`: no page is made. */
const addressFindings = (fields: Fields): ReadonlyArray<Finding> =>
  fields
    .all("permalink", "url")
    .flatMap(
      (field): ReadonlyArray<Finding> =>
        field.value === false || (typeof field.value === "string" && saysNo(field.value))
          ? [{ level: "draft", because: described(field) }]
          : []
    )

/** A single word, also as the only entry of a list or as a wikilink: `["[[Published]]"]`. */
const wordIn = (value: unknown): string => {
  const given = Array.isArray(value) && value.length === 1 ? value[0] : value
  return (textIn(given) ?? "")
    .replace(/^\[\[|\]\]$/g, "")
    .trim()
    .toLowerCase()
}

/** Returns whether the status means scheduled, as in WordPress and others. */
const isWaiting = (value: unknown): boolean => /^(?:future|scheduled)$/.test(wordIn(value))

const statusFields = ["status", "poststatus", "publishstatus", "publicationstatus"] as const

const statusFindings = (fields: Fields): ReadonlyArray<Finding> => [
  ...fields
    .all(...statusFields)
    .flatMap(
      (field): ReadonlyArray<Finding> =>
        isWaiting(field.value)
          ? []
          : [{ level: statuses.get(wordIn(field.value)) ?? "draft", because: described(field) }]
    ),
  ...fields.all("visibility").map((field): Finding => {
    return { level: audiences.get(wordIn(field.value)) ?? "private", because: described(field) }
  }),
  ...fields
    .all("access", "audience", "state")
    .flatMap(
      (field): ReadonlyArray<Finding> =>
        closed.test(wordIn(field.value)) ? [{ level: "private", because: described(field) }] : []
    )
]

/** Returns whether the value is a date: `published` may hold one. */
const isTime = (value: unknown): boolean => /\d{4}/.test(textIn(value) ?? "")

const findingsBy = (
  fields: Fields,
  levels: ReadonlyMap<string, Level>,
  isWithheld: (value: unknown) => boolean
): ReadonlyArray<Finding> =>
  fields.among(levels).flatMap(([name, field]) => {
    const level = levels.get(name)
    return level !== undefined && isWithheld(field.value) ? [{ level, because: described(field) }] : []
  })

const findingsIn = (fields: Fields): ReadonlyArray<Finding> => [
  ...findingsBy(fields, unlessOff, (value) => !saysNo(value)),
  ...findingsBy(fields, whenOn, saysYes),
  ...findingsBy(fields, unlessOn, (value) => !saysYes(value) && !isTime(value)),
  ...findingsBy(fields, whenOff, saysNo),
  ...buildFindings(fields),
  ...sitemapFindings(fields),
  ...addressFindings(fields),
  ...statusFindings(fields)
]

/** Returns whether a note is marked as public, as publishers of Obsidian vaults require it. */
export const isMarkedPublic = (fields: Fields): boolean =>
  fields
    .all("publish", "dgpublish", "published", "public", "share")
    .some(({ value }) => saysYes(value) || (isTime(value) && !saysNo(value))) ||
  fields.all("draft").some(({ value }) => value === false || (typeof value === "string" && saysNo(value))) ||
  fields.all("status", "poststatus").some(({ value }) => statuses.get(wordIn(value)) === "public")

/**
 * Determines the audience of a post from the fields of all known generators, not only the site's own, because a field
 * of another generator still states the author's intention. `more` are findings from outside of the file. The strictest
 * finding decides.
 */
export const audienceOf = (fields: Fields, more: ReadonlyArray<Finding> = []): Audience => {
  const strictest = [...findingsIn(fields), ...more].reduce<Finding | undefined>(
    (worst, finding) =>
      worst === undefined || order.indexOf(finding.level) > order.indexOf(worst.level) ? finding : worst,
    undefined
  )
  const waiting = fields.all(...statusFields).find(({ value }) => isWaiting(value))
  if (strictest === undefined || strictest.level === "public") {
    return {
      status: "published",
      visibility: "public",
      ...(waiting === undefined ? {} : { isWaiting: true, because: described(waiting) })
    }
  }
  const { because, level } = strictest
  if (level === "trash") return { status: "draft", visibility: "public", because, isTrash: true }
  if (level === "draft") return { status: "draft", visibility: "public", because }
  return { status: "published", visibility: level, because, ...(waiting === undefined ? {} : { isWaiting: true }) }
}
