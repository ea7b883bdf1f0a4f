import { Option, Schema } from "effect"
import { Slug } from "../posts/Slug.js"
import { formatViewDay, parseViewDay, type ViewDay } from "../views/ViewDay.js"

/** Views of a post on a day, as an export has them. */
export interface ExportedViews {
  readonly slug: Slug
  readonly day: ViewDay
  readonly count: number
}

/** The folder of an export with numbers of views: one file for each month that has some. */
export const viewsFolder = "views"

/** The file of the month of a day: `views/2026-11.csv`. */
export const viewsFile = (day: ViewDay): string => `${viewsFolder}/${formatViewDay(day).slice(0, 7)}.csv`

const header = "post,day,views"

/** Writes numbers of views as CSV. Slugs need no quotes. */
export const writeViews = (views: ReadonlyArray<ExportedViews>): string =>
  [header, ...views.map(({ count, day, slug }) => `${slug},${formatViewDay(day)},${count}`)].join("\n").concat("\n")

const isSlug = Schema.is(Slug)

const lineOf = (line: string): Option.Option<ExportedViews> => {
  const [slug, date = "", number = "", ...rest] = line.split(",")
  const day = parseViewDay(date)
  const isNumber = /^[1-9]\d{0,14}$/.test(number)
  return isSlug(slug) && day !== undefined && isNumber && rest.length === 0
    ? Option.some({ slug, day, count: Number(number) })
    : Option.none()
}

/** Reads numbers of views, and counts the lines that are none. */
export const readViews = (
  text: string
): { readonly views: ReadonlyArray<ExportedViews>; readonly unreadable: number } => {
  const [first, ...lines] = text.split(/\r?\n/).filter((line) => line !== "")
  const all = first === header ? lines : [first ?? "", ...lines].filter((line) => line !== "")
  const views = all.map(lineOf)
  return { views: views.flatMap(Option.toArray), unreadable: views.filter(Option.isNone).length }
}
