import { join, relative, sep } from "node:path"
import { Either } from "effect"
import picomatch from "picomatch"
import { readArchiveFile } from "../../src/domain/archive/ArchiveReading.js"
import type { ArchiveRules } from "../../src/domain/archive/ArchiveRules.js"
import type { ArchiveSite, InheritedFields } from "../../src/domain/archive/ArchiveSite.js"
import { readFrontMatter } from "../../src/domain/archive/FrontMatter.js"
import { folderOf, isBelow } from "../../src/domain/archive/Generator.js"
import { generators } from "../../src/domain/archive/Generators.js"
import { eleventyData, isEleventyData } from "../../src/domain/archive/generators/Eleventy.js"
import { cascadeBelow } from "../../src/domain/archive/generators/Hugo.js"
import { mayBePage, placeOf } from "../../src/domain/archive/PagePlacing.js"
import { isTimeZone, type TimeZone, timeZone } from "../../src/domain/TimeZone.js"
import type { ImportOptions } from "../../src/services/Import.js"
import type { Entry } from "./Entry.js"
import type { Site } from "./SiteFinder.js"
import * as SourceFiles from "./SourceFiles.js"

/** Maximum size of a post's file in bytes: four times the editor's limit. */
const limit = 4_194_304

const globOptions = { dot: true, nocase: true } as const

/**
 * Makes a function that matches paths against patterns; a pattern without a slash matches files and folders at any
 * depth.
 */
const matcherOf = (patterns: ReadonlyArray<string>): ((path: string) => boolean) => {
  const globs = patterns.flatMap((pattern) => {
    const plain = pattern.replace(/^\.?\//, "").replace(/\/+$/, "")
    if (plain === "") return []
    const anywhere = !plain.includes("/") && !pattern.startsWith("/")
    const glob = anywhere ? `**/${plain}` : plain
    return [glob, `${glob}/**`, ...(anywhere ? [plain, `${plain}/**`] : [])]
  })
  return globs.length === 0 ? () => false : picomatch(globs, globOptions)
}

/** Makes a function that converts a path to one relative to the root of the site; `../` if it is outside. */
const pathIn = (siteRoot: string, root: string) => {
  const from = relative(siteRoot, root).split(sep).join("/")
  if (from === "") return (file: string) => file
  if (!from.startsWith("..")) return (file: string) => `${from}/${file}`
  // The site is below the imported folder.
  const below = relative(root, siteRoot).split(sep).join("/")
  return (file: string) => (file.startsWith(`${below}/`) ? file.slice(below.length + 1) : `../${file}`)
}

/** Fields, and the pages that inherit them. */
interface Inheritance {
  readonly fields: { readonly [name: string]: unknown }
  readonly depth: number
  readonly applies: (path: string) => boolean
}

const inheritanceOf = ({ fields, folder, glob }: InheritedFields): Inheritance => {
  const matches = glob === undefined ? () => true : picomatch(glob, globOptions)
  return {
    fields,
    depth: folder === "" ? 0 : folder.split("/").length,
    applies: (path) => isBelow(folder, path) && matches(path)
  }
}

/** Fields that a file gives to the pages below it: Hugo's `cascade`, draft sections of Zola, data files of Eleventy. */
const inheritedFrom = (site: ArchiveSite, path: string, text: string): ReadonlyArray<InheritedFields> => {
  if (site.generator === "eleventy") return eleventyData(path, text)
  const fields = Either.getOrUndefined(readFrontMatter(text))?.fields ?? {}
  const folder = folderOf(path)
  if (site.generator === "zola") return fields.draft === true ? [{ folder, fields: { draft: true } }] : []
  const name = Object.keys(fields).find((key) => key.toLowerCase() === "cascade")
  const content = site.contentFolders.find((content) => isBelow(content, path)) ?? ""
  return name === undefined ? [] : cascadeBelow(folder, content, fields[name])
}

const saysOfOthers = (site: ArchiveSite, path: string): boolean =>
  site.generator === "eleventy"
    ? isEleventyData(path)
    : (site.generator === "hugo" || site.generator === "zola") && /(?:^|\/)_index(?:\.[^./]+)?\.[^./]+$/.test(path)

/** Options for reading a site's files. */
export interface SiteOptions extends Pick<ImportOptions, "dateFromFile" | "heldBackAsDrafts" | "unmarkedIsPublic"> {
  /** Time zone of times without one. */
  readonly zone: TimeZone
  /** Current time in epoch milliseconds. */
  readonly now: number
}

/** Possible posts of a folder, and what cannot be read. */
export interface SiteListing extends Pick<SourceFiles.Listing, "refused" | "skipped"> {
  readonly site: Site
  readonly entries: ReadonlyArray<Entry>
}

/** Fields that only converters of WordPress write. */
const wordpressField = /^(?:wordpress_id|wordpress_url|wp_id|guid|coverImage|post_id)\s*[:=]/m

/** Returns whether a folder of Markdown is the output of a WordPress converter, by its first files. */
const isWordPress = (
  site: Site,
  files: ReadonlyArray<string>,
  read: (file: string) => Either.Either<SourceFiles.SourceText, unknown>
) =>
  site.generator === "markdown" &&
  files
    .filter((file) => /\.md$/i.test(file))
    .slice(0, 20)
    .some((file) =>
      wordpressField.test(Either.match(read(file), { onLeft: () => "", onRight: ({ text }) => text.slice(0, 2_000) }))
    )

/** Files in a folder of a site that may be posts, each read by the rules of its generator. Yields at each file. */
export function* siteFiles(root: string, found: Site, options: SiteOptions): Generator<void, SiteListing> {
  const pathOf = pathIn(found.siteRoot, root)
  const isOutput = (file: string) => found.outputFolders.includes(pathOf(file))
  const listing = yield* SourceFiles.listing(
    root,
    "",
    (file) => mayBePage(file) || saysOfOthers(found, pathOf(file)),
    isOutput
  )
  const read = (file: string) => SourceFiles.readText(join(root, file), limit)
  const site: Site = isWordPress(found, listing.files, read) ? { ...found, generator: "wordpress" } : found
  const files: Array<string> = []
  const given: Array<InheritedFields> = [...site.inherited]
  for (const file of listing.files) {
    yield
    if (mayBePage(file)) files.push(file)
    if (!saysOfOthers(site, pathOf(file))) continue
    const text = Either.getOrUndefined(read(file))?.text
    if (text !== undefined) given.push(...inheritedFrom(site, pathOf(file), text))
  }
  const inheritance = given
    .map(inheritanceOf)
    // The nearest first; of two equally near ones the later one, as in Jekyll.
    .toReversed()
    .toSorted((a, b) => b.depth - a.depth)
  const rules: ArchiveRules = {
    site,
    reading: generators[site.generator].read(site, files.map(pathOf)),
    inherited: (path) => inheritance.flatMap(({ applies, fields }) => (applies(path) ? [fields] : [])),
    isIgnored: matcherOf(site.ignored),
    zone: site.timeZone !== undefined && isTimeZone(site.timeZone) ? timeZone(site.timeZone) : options.zone,
    now: options.now,
    dateFromFile: options.dateFromFile ?? false,
    heldBackAsDrafts: options.heldBackAsDrafts ?? false,
    unmarkedIsPublic: options.unmarkedIsPublic ?? false
  }
  const entryOf = (file: string): Entry => {
    const path = pathOf(file)
    let place: ReturnType<typeof placeOf> | undefined
    return {
      file,
      read: () => {
        place ??= placeOf(path, rules)
        // The path decides, so the file need not be read.
        if (!("kind" in place)) return Either.right(place)
        const known = place
        return Either.flatMap(read(file), ({ modifiedAt, text }) =>
          readArchiveFile({ path, text, modifiedAt }, rules, known)
        )
      }
    }
  }
  yield
  return { site, entries: files.map(entryOf), refused: listing.refused, skipped: listing.skipped }
}
