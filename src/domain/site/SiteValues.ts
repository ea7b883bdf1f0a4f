import { Option, Schema } from "effect"
import { isLanguage } from "../Language.js"
import { kinds } from "../posts/PostKind.js"
import { isTimeZone } from "../TimeZone.js"
import { cssFault } from "./CustomCss.js"
import { MenuItem, ProfileLink } from "./Links.js"
import { line, lines } from "./Texts.js"

const unset = Schema.Literal("")

/** A field with a default, for settings that were never stored or that this version cannot read. */
const field = <A, I>(schema: Schema.Schema<A, I>, fallback: NoInfer<A>) =>
  Schema.optionalWith(schema, { default: () => fallback })

const site = Schema.Struct({
  /** Empty if the owner has chosen none. */
  name: field(line(200), ""),
  tagline: field(line(500), ""),
  /** BCP 47; empty if the owner has chosen none. */
  language: field(Schema.Union(unset, Schema.String.pipe(Schema.maxLength(100), Schema.filter(isLanguage))), ""),
  /** Name in the IANA database; empty if the owner has chosen none. */
  timeZone: field(Schema.Union(unset, Schema.String.pipe(Schema.maxLength(100), Schema.filter(isTimeZone))), "")
})

/** An e-mail address, as far as a form can tell. */
const Email = Schema.String.pipe(
  Schema.maxLength(254),
  Schema.pattern(/^[^\s@<>"(),:;[\\\]]+@[^\s@<>"(),:;[\\\]]+$/, { message: () => "an e-mail address" })
)

const you = Schema.Struct({
  name: field(line(200), ""),
  bio: field(lines(1_000), ""),
  email: field(Schema.Union(unset, Email), ""),
  links: field(Schema.Array(ProfileLink).pipe(Schema.maxItems(30)), [])
})

const menu = Schema.Struct({ items: field(Schema.Array(MenuItem).pipe(Schema.maxItems(30)), []) })

const home = Schema.Struct({
  /**
   * Kinds that the home page does not list. Storing these, and not the listed ones, makes it list kinds that a later
   * version adds.
   */
  hidden: field(Schema.Array(Schema.Literal(...kinds)), [])
})

const footer = Schema.Struct({ text: field(lines(2_000), "") })

const look = Schema.Struct({
  preset: field(Schema.Literal("paper", "signal", "night"), "paper"),
  /** `#rrggbb`, or empty for the preset's own. */
  accent: field(Schema.Union(unset, Schema.String.pipe(Schema.pattern(/^#[0-9a-f]{6}$/))), ""),
  font: field(Schema.Literal("preset", "serif", "sans"), "preset"),
  width: field(Schema.Literal("narrow", "usual", "wide"), "usual"),
  scheme: field(Schema.Literal("auto", "light", "dark"), "auto"),
  css: field(Schema.String.pipe(Schema.filter((css) => cssFault(css) === undefined)), "")
})

const care = Schema.Struct({
  /** Whether views of posts are counted. */
  countViews: field(Schema.Boolean, false),
  /** Whether the server asks once a day for the newest release. */
  checkUpdates: field(Schema.Boolean, false),
  /** Whether the owner's list of posts suggests a passkey as long as there is none. */
  remindsOfPasskey: field(Schema.Boolean, true)
})

/** The sections of the settings that the owner makes in the browser. Each is changed as a whole. */
export const sections = { site, you, menu, home, footer, look, care } as const

/** The name of a section. */
export type SectionName = keyof typeof sections

/** Names of all sections. */
export const sectionNames = [
  "site",
  "you",
  "menu",
  "home",
  "footer",
  "look",
  "care"
] as const satisfies ReadonlyArray<SectionName>

/** Values that the owner chose in the browser, by section. */
export type SiteValues = { readonly [Name in SectionName]: (typeof sections)[Name]["Type"] }

/** The look of the site's public pages. */
export type Look = SiteValues["look"]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/**
 * Reads a section field by field: a field that this version cannot read, because a newer one wrote it or because it is
 * damaged, has its default. Unreadable items of a list are left out.
 */
export const readSection = <Name extends SectionName>(name: Name, stored: unknown): SiteValues[Name] => {
  const schema: Schema.Schema<SiteValues[Name], unknown> = sections[name] as never
  const decode = Schema.decodeUnknownOption(schema)
  const given = isRecord(stored) ? stored : {}
  const readable = Object.entries(given).flatMap(([key, value]) => {
    const holds = (candidate: unknown) => Option.isSome(decode({ [key]: candidate }))
    if (holds(value)) return [[key, value] as const]
    return Array.isArray(value) ? [[key, value.filter((item) => holds([item])).slice(0, 30)] as const] : []
  })
  return Option.getOrElse(decode(Object.fromEntries(readable)), () => Schema.decodeUnknownSync(schema)({}))
}

/** The values of a site whose owner has chosen nothing yet. */
export const initialValues: SiteValues = {
  site: readSection("site", {}),
  you: readSection("you", {}),
  menu: readSection("menu", {}),
  home: readSection("home", {}),
  footer: readSection("footer", {}),
  look: readSection("look", {}),
  care: readSection("care", {})
}
