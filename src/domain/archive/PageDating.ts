import type { TimeZone } from "../TimeZone.js"
import { ownAddressFields } from "./ArchiveAddresses.js"
import { type ArchiveDate, dateAt, readArchiveDate, readDatedName, readDatedPath } from "./ArchiveDate.js"
import type { ArchiveRules, Page } from "./ArchiveRules.js"
import { type Field, type Fields, listIn, textIn } from "./Fields.js"
import type { Finding } from "./Withholding.js"

/** Fields that hold the publication time, in order of precedence. */
export const publishedFields = [
  ...["published", "date", "publishedat", "publishdate", "pubdate", "pubdatetime", "publishedon", "publisheddate"],
  ...["datepublished", "publishedtime", "postdate", "datetime", "postedat", "posted", "firstpublished"],
  ...["created", "createdat", "createdon", "datecreated", "createddate", "creationdate", "createdtime"]
] as const

export const updatedFields = [
  ...["updated", "lastmod", "lastmodified", "lastmodifiedat", "modified", "modifiedat", "updatedat", "updateddate"],
  ...["moddatetime", "modifieddate", "datemodified", "dateupdated", "lastupdated", "lastupdate", "edited", "editedat"]
] as const

/** Returns whether a value names no date: keywords of Eleventy, template expressions, and truth values. */
const namesNoDate = (value: unknown): boolean =>
  typeof value === "boolean" ||
  (typeof value === "string" &&
    /^(?:git )?(?:last modified|created)$|^(?:null|nil|none|false|true|tbd|todo)$|\{\{|<%/i.test(value.trim()))

interface Dating {
  readonly date?: ArchiveDate
  /** A field that should hold a date and does not. */
  readonly unreadable?: Field
}

export const firstDate = (fields: Fields, names: ReadonlyArray<string>, zone: TimeZone): Dating => {
  let unreadable: Field | undefined
  for (const name of names) {
    const field = fields.first(name)
    if (field === undefined || namesNoDate(field.value)) continue
    const date = readArchiveDate(listIn(field.value)[0], zone)
    if (date !== undefined) return { date }
    // `published: yes` is not meant as a date.
    if (name !== "published" || /\d{4}/.test(textIn(field.value) ?? "")) unreadable ??= field
  }
  return unreadable === undefined ? {} : { unreadable }
}

/** The publication time of a post that has separate fields for the beginning of its publication. */
export const publicationOf = (fields: Fields, date: ArchiveDate, { now, zone }: ArchiveRules): ArchiveDate => {
  const { date: later } = firstDate(fields, ["publishdate", "publishat", "embargo", "scheduled", "scheduledfor"], zone)
  return later !== undefined && later.at > now && later.at > date.at ? later : date
}

/** Findings for Hugo's `expiryDate` and similar fields: a post that expires must not stay public. */
export const expiryOf = (fields: Fields, { now, zone }: ArchiveRules): ReadonlyArray<Finding> => {
  const { date } = firstDate(
    fields,
    ["expirydate", "expires", "unpublishdate", "expire", "expiration", "expiresat"],
    zone
  )
  if (date === undefined || date.wall.year < 1970) return []
  return [
    {
      level: "draft",
      because: date.at <= now ? "its expiry date has passed" : "it has an expiry date, which is not supported"
    }
  ]
}

/** The publication date of a page, from its fields, its name or its path; `isOwn` if a field gives it. */
export const datingOf = (
  { fields, file }: Page,
  name: string,
  { zone }: ArchiveRules
): Dating & { readonly isOwn: boolean } => {
  const given = firstDate(fields, publishedFields, zone)
  if (given.date !== undefined) return { ...given, isOwn: true }
  const addresses = () => fields.all(...ownAddressFields).map(({ value }) => textIn(value) ?? "")
  const wall =
    readDatedName(name).wall ??
    readDatedPath(file.path) ??
    // If addresses contain dates, an explicit address may hold the page's only date.
    addresses()
      .map(readDatedPath)
      .find((found) => found !== undefined)
  const date = wall === undefined ? undefined : dateAt(wall, zone)
  return {
    ...(date === undefined ? {} : { date }),
    ...(given.unreadable === undefined ? {} : { unreadable: given.unreadable }),
    isOwn: false
  }
}
