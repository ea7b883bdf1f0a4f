import { Either, ParseResult, Schema } from "effect"
import { kinds } from "../../domain/posts/PostKind.js"
import { cssFault } from "../../domain/site/CustomCss.js"
import { type SectionName, type SiteValues, sections } from "../../domain/site/SiteValues.js"
import type { SettingsValues } from "../../settings/Config.js"
import { texts } from "../../texts/Texts.js"
import type { FormFields } from "../http/Body.js"
import { faultText } from "./FaultText.js"

/** An error of a field. */
export interface SettingsFault {
  /** Where the field is in its section: `name`, `links.1.url`. */
  readonly field: string
  readonly message: string
}

/** A section as it was typed: its texts may be invalid. */
export interface Typed<Name extends SectionName> {
  readonly section: Name
  readonly value: SiteValues[Name]
  /** The revision of the section that the form showed. */
  readonly basedOn: number
  readonly faults: ReadonlyArray<SettingsFault>
  /** A button that changes a list of the form, and saves nothing. */
  readonly edit: ListEdit | undefined
}

/** Change of a list by a button: it adds, moves or removes an item. */
export interface ListEdit {
  readonly action: "add" | "up" | "down" | "remove"
  readonly at: number
}

/** A text as it is stored: lines end as on Unix. */
const normal = (text: string): string => text.replace(/\r\n?/g, "\n")

/** The first value of a field, without white space around it. */
export const one = (fields: FormFields, name: string): string => normal(fields.get(name)?.[0] ?? "").trim()

const oneOf = <A extends string>(given: string, words: ReadonlyArray<A>, otherwise: A): A =>
  words.find((word) => word === given) ?? otherwise

/** Most rows of a list that a form may send; a schema refuses fewer with an error. */
const mostRows = 100

/** Rows of a list, without empty ones: `links.0.label`, `links.0.url`, `links.1.label`, … */
const rows = <const Names extends ReadonlyArray<string>>(fields: FormFields, list: string, names: Names) => {
  const found: Array<Record<Names[number], string>> = []
  for (let at = 0; at < mostRows; at += 1) {
    if (!names.some((name) => fields.has(`${list}.${at}.${name}`))) break
    const row = Object.fromEntries(names.map((name) => [name, one(fields, `${list}.${at}.${name}`)]))
    found.push(row as Record<Names[number], string>)
  }
  return found
}

const colour = (fields: FormFields): string => {
  const chosen = one(fields, "accent")
  return (chosen === "custom" ? one(fields, "accent-custom") : chosen).toLowerCase()
}

/** Parsers of the sections' forms. Values that the environment sets keep their stored value. */
const readers: {
  readonly [Name in SectionName]: (
    fields: FormFields,
    before: SiteValues[Name],
    fixed: SettingsValues
  ) => SiteValues[Name]
} = {
  site: (fields, before, fixed) => ({
    name: fixed.siteName._tag === "Some" ? before.name : one(fields, "name"),
    tagline: fixed.siteDescription._tag === "Some" ? before.tagline : one(fields, "tagline").replaceAll("\n", " "),
    language: fixed.siteLanguage._tag === "Some" ? before.language : one(fields, "language"),
    timeZone: fixed.siteTimeZone._tag === "Some" ? before.timeZone : one(fields, "timeZone")
  }),
  you: (fields, before, fixed) => ({
    name: fixed.siteAuthor._tag === "Some" ? before.name : one(fields, "name"),
    bio: one(fields, "bio"),
    email: one(fields, "email"),
    links: rows(fields, "links", ["label", "url"])
  }),
  menu: (fields) => ({ items: rows(fields, "items", ["label", "href"]) }),
  home: (fields) => ({ hidden: kinds.filter((kind) => !(fields.get("shown") ?? []).includes(kind)) }),
  footer: (fields) => ({ text: one(fields, "text") }),
  look: (fields, before) => ({
    preset: oneOf(one(fields, "preset"), ["paper", "signal", "night"], before.preset),
    accent: colour(fields),
    font: oneOf(one(fields, "font"), ["preset", "serif", "sans"], before.font),
    width: oneOf(one(fields, "width"), ["narrow", "usual", "wide"], before.width),
    scheme: oneOf(one(fields, "scheme"), ["auto", "light", "dark"], before.scheme),
    css: normal(fields.get("css")?.[0] ?? "").trimEnd()
  }),
  care: (fields, before, { updateUrl }) => ({
    ...before,
    countViews: fields.has("countViews"),
    checkUpdates: updateUrl._tag === "None" ? before.checkUpdates : fields.has("checkUpdates")
  })
}

/** A list of a section, with the members of its items. */
const lists = { you: "links", menu: "items" } as const

const isEmpty = (row: Readonly<Record<string, string>>): boolean => Object.values(row).every((text) => text === "")

const move = <A>(items: ReadonlyArray<A>, blank: A, { action, at }: ListEdit): ReadonlyArray<A> => {
  if (action === "add") return [...items, blank]
  if (action === "remove") return items.filter((_, index) => index !== at)
  const to = action === "up" ? at - 1 : at + 1
  const [one, other] = [items[at], items[to]]
  if (one === undefined || other === undefined) return items
  return items.map((item, index) => (index === at ? other : index === to ? one : item))
}

/** The form's list after a button. */
const edited = <Name extends SectionName>(section: Name, value: SiteValues[Name], edit: ListEdit): SiteValues[Name] => {
  const given: Partial<SiteValues["you"] & SiteValues["menu"]> = value as object
  if (section === "you") return { ...value, links: move(given.links ?? [], { label: "", url: "" }, edit) }
  if (section === "menu") return { ...value, items: move(given.items ?? [], { label: "", href: "" }, edit) }
  return value
}

/** Leaves out rows in which nothing was typed. */
const filled = <Name extends SectionName>(section: Name, value: SiteValues[Name]): SiteValues[Name] => {
  const list = section === "you" ? lists.you : section === "menu" ? lists.menu : undefined
  if (list === undefined) return value
  const items = Object.entries(value).flatMap(
    ([name, member]): ReadonlyArray<Readonly<Record<string, string>>> => (name === list ? (member as never) : [])
  )
  return { ...value, [list]: items.filter((row) => !isEmpty(row)) }
}

const at = (value: unknown, path: ReadonlyArray<PropertyKey>): string => {
  const found = path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value
  )
  return typeof found === "string" ? found : ""
}

/** The errors of a section, one for each field. */
export const faultsOf = <Name extends SectionName>(
  section: Name,
  value: SiteValues[Name]
): ReadonlyArray<SettingsFault> => {
  const schema: Schema.Schema<SiteValues[Name], unknown> = sections[section] as never
  const decoded = Schema.decodeUnknownEither(schema, { errors: "all" })(value)
  if (Either.isRight(decoded)) return []
  const found = new Map<string, SettingsFault>()
  for (const { path } of ParseResult.ArrayFormatter.formatErrorSync(decoded.left)) {
    const field = path.map(String).join(".")
    const css = field === "css" ? cssFault(at(value, path)) : undefined
    const message = css === undefined ? faultText(section, field, at(value, path)) : texts.settings.cssFaults[css]
    if (!found.has(field)) found.set(field, { field, message })
  }
  // If an item of a list is invalid, only the item is reported, not also the list.
  return [...found.values()].filter(({ field }) => ![...found.keys()].some((other) => other.startsWith(`${field}.`)))
}

const editOf = (text: string): ListEdit | undefined => {
  const [, action, place] = /^(add|up|down|remove)\.(\d{1,3})$/.exec(text) ?? []
  return action === undefined ? undefined : { action: action as ListEdit["action"], at: Number(place) }
}

/** Reads the form of a section. `before` is the section as it is stored. */
export const typedIn = <Name extends SectionName>(
  section: Name,
  fields: FormFields,
  before: SiteValues[Name],
  fixed: SettingsValues
): Typed<Name> => {
  const edit = editOf(one(fields, "do"))
  const read = readers[section](fields, before, fixed)
  const value = edit === undefined ? filled(section, read) : edited(section, read, edit)
  const basedOn = Number(one(fields, "based-on"))
  return {
    section,
    value,
    basedOn: Number.isSafeInteger(basedOn) ? basedOn : 0,
    faults: edit === undefined ? faultsOf(section, value) : [],
    edit
  }
}
