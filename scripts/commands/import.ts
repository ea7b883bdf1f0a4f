import { Args, Command, Options } from "@effect/cli"
import { Effect, Option } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { exitCode } from "../../layers/process/ExitCode.js"
import type { GeneratorName } from "../../src/domain/archive/ArchiveSite.js"
import {
  type BrokenEntry,
  type FileGroup,
  type HeldBackReason,
  Import,
  type ImportReport
} from "../../src/services/Import.js"
import { answer, counted, json, Reported } from "../Answer.js"
import { withProgress } from "../Progress.js"

const source = Args.text({ name: "PATH" }).pipe(
  Args.withDescription(
    "A directory: an export of StarPunk, a site of a generator, a folder of Markdown files, or the data of StarPunk (Python). Or a file: a zip file of these, a WordPress export (.xml), a Ghost export (.json) or Markdown"
  )
)

const dryRun = Options.boolean("dry-run").pipe(
  Options.withDescription("Report what would be imported, without changes")
)

const withoutMissingMedia = Options.boolean("without-missing-media").pipe(
  Options.withDescription("Import posts whose media are missing or not supported, without the references to them")
)

const mediaFolders = Options.text("media").pipe(
  Options.withDescription("Additional folder with media of posts; can be repeated"),
  Options.repeated
)

const dateFromFile = Options.boolean("date-from-file").pipe(
  Options.withDescription("Use the time of the file for posts without a date")
)

const heldBackAsDrafts = Options.boolean("held-back-as-drafts").pipe(
  Options.withDescription("Import held-back files as drafts: pages of the site, files without a date and so on")
)

const unmarkedIsPublic = Options.boolean("unmarked-is-public").pipe(
  Options.withDescription("Treat notes of an Obsidian vault without `publish` as public")
)

const fetchMedia = Options.boolean("fetch-media").pipe(
  Options.withDescription("Fetch media that a WordPress or Ghost export does not contain from the old site")
)

const oldSite = Options.text("old-site").pipe(
  Options.withDescription("Address of the old site, for a Ghost export, which does not say it"),
  Options.optional
)

const sources: Record<ImportReport["source"], string> = {
  export: "an export of StarPunk",
  markdown: "a folder of Markdown files",
  starpunk_python: "the data of StarPunk (Python)"
}

/** A broken file with its catalogue entry. */
const explained = ({ failure, file }: BrokenEntry) => {
  const { code, message, operator, suggestion } = failure.info
  return { file, code, message: operator?.details ?? message, suggestion: operator?.troubleshooting[0] ?? suggestion }
}

const titles: Record<GeneratorName, string> = {
  jekyll: "Jekyll",
  hugo: "Hugo",
  zola: "Zola",
  eleventy: "Eleventy",
  astro: "Astro",
  hexo: "Hexo",
  obsidian: "Obsidian",
  quartz: "Quartz",
  wordpress: "WordPress, exported to Markdown",
  wxr: "WordPress",
  ghost: "Ghost",
  markdown: "Markdown files"
}

const rest = (count: number, shown: number) => (count > shown ? [`… and ${count - shown} more`] : [])

const record = (report: ImportReport) => ({
  directory: report.path,
  source: report.source,
  ...(report.generator === undefined ? {} : { generator: report.generator }),
  ...(report.configuredBy === undefined ? {} : { configured_by: report.configuredBy }),
  dry_run: report.dryRun,
  posts: report.posts,
  old_addresses: report.oldAddresses,
  media: report.media,
  remote_media: {
    named: report.remote.named,
    fetched: report.remote.fetched,
    failed: report.remote.failed,
    hosts: report.remote.hosts
  },
  broken: report.broken,
  broken_files: report.brokenEntries.map(explained),
  held_back: report.heldBack,
  passed_over: report.passedOver,
  not_public: report.notPublic,
  notes: report.notes,
  dead_links: report.deadLinks,
  constructs: report.constructs,
  left_out: report.leftOut,
  renamed: report.renamed
})

/** Number of files named in a line; `--json` names all. */
const examples = 3

const sum = (groups: ReadonlyArray<FileGroup>) => groups.reduce((total, { count }) => total + count, 0)

const named = ({ count, files, why }: FileGroup, noun: string) => {
  const shown = files.slice(0, examples).join(", ")
  return `  ${counted(count, noun)}: ${why} (${shown}${count > examples ? ", …" : ""})`
}

/** Number of front matter fields named in a line. */
const shownFields = 12

/** Names the fields that were left out, with their counts, in one line. */
const fieldsLine = (notes: ReadonlyArray<FileGroup>): ReadonlyArray<string> => {
  const fields = notes.filter(({ reason }) => reason === "field_left_out")
  if (fields.length === 0) return []
  const shown = fields.slice(0, shownFields).map(({ count, why }) => `${why} (${count})`)
  const more = fields.length > shownFields ? `, and ${fields.length - shownFields} more` : ""
  return [`Fields not imported: ${shown.join(", ")}${more}.`]
}

const section = (title: string, groups: ReadonlyArray<FileGroup>, noun = "file") =>
  groups.length === 0 ? [] : [`${title}: ${counted(sum(groups), noun)}.`, ...groups.map((group) => named(group, noun))]

/** Groups the problems of media files by kind, one line each. */
const mediaSection = (entries: ReadonlyArray<BrokenEntry>) => {
  const kinds = new Map<string, Array<BrokenEntry>>()
  for (const entry of entries) {
    const { failure } = entry
    if (failure._tag !== "ImportMediaMissing" && failure._tag !== "ImportMediaRefused") continue
    const key = `${failure._tag} ${failure.reason}`
    const known = kinds.get(key)
    if (known === undefined) kinds.set(key, [entry])
    else known.push(entry)
  }
  return [...kinds.values()].flatMap((group) => {
    const explanations = group.map(explained)
    const [first] = explanations
    if (first === undefined) return []
    const lines = explanations.slice(0, examples).map(({ file, message }) => `    ${file}: ${message}`)
    return [
      `  ${counted(group.length, "reference")} to media that were not imported [${first.code}]`,
      ...lines,
      ...rest(group.length, lines.length).map((line) => `    ${line}; --json lists all`),
      `    → ${first.suggestion}`
    ]
  })
}

const isOfMedia = ({ failure }: BrokenEntry) =>
  failure._tag === "ImportMediaMissing" || failure._tag === "ImportMediaRefused"

/** Notes on imported posts, without a total, since a post may have several. */
const remarks = (notes: ReadonlyArray<FileGroup>): ReadonlyArray<string> => {
  const shown = notes.filter(({ reason }) => reason !== "field_left_out")
  return shown.length === 0 ? [] : ["Remarks on imported files:", ...shown.map((group) => named(group, "file"))]
}

/** Number of failures printed in full; `--json` prints all. */
const shownFailures = 40

/** Prints each distinct failure once, with the first files that have it. */
const failures = (entries: ReadonlyArray<BrokenEntry>): ReadonlyArray<string> => {
  const groups = new Map<string, { readonly entry: ReturnType<typeof explained>; readonly files: Array<string> }>()
  for (const entry of entries.map(explained)) {
    const key = `${entry.code} ${entry.message}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { entry, files: [entry.file] })
    else if (group.files.at(-1) !== entry.file) group.files.push(entry.file)
  }
  const lines = [...groups.values()].toSorted((a, b) => b.files.length - a.files.length)
  return [
    ...lines.slice(0, shownFailures).flatMap(({ entry: { code, message, suggestion }, files }) => {
      const places = files.slice(0, examples).join(", ")
      const more = files.length > examples ? ` and ${files.length - examples} more` : ""
      return [`  ${places}${more}: ${message} [${code}]`, `    → ${suggestion}`]
    }),
    ...rest(lines.length, Math.min(lines.length, shownFailures)).map((line) => `  ${line}; --json lists all`)
  ]
}

/** Advice on how notes of a vault become public. */
const vaultAdvice = ({ generator, notPublic }: ImportReport): ReadonlyArray<string> =>
  (generator === "obsidian" || generator === "quartz") && notPublic.some(({ why }) => why.includes("`publish: true`"))
    ? ["  → Use --unmarked-is-public to import notes without `publish` as public."]
    : []

const advice: Record<HeldBackReason, string | undefined> = {
  undated: "Use --date-from-file to date these files by their file time.",
  page: undefined,
  template: undefined,
  not_published: undefined,
  empty: undefined,
  format: undefined,
  redirect: undefined,
  trash: undefined
}

const heldBackAdvice = (groups: ReadonlyArray<FileGroup>) =>
  groups.length === 0
    ? []
    : [
        ...Object.entries(advice).flatMap(([reason, line]) =>
          line !== undefined && groups.some((group) => group.reason === reason) ? [`  → ${line}`] : []
        ),
        "  → Use --held-back-as-drafts to import these files as drafts where possible."
      ]

/** Counts of the imported posts that the public does not see, and of pages. */
const withheld = ({ posts }: ImportReport) => {
  const parts = [
    [posts.drafts, posts.drafts === 1 ? "draft" : "drafts"],
    [posts.private, "private"],
    [posts.unlisted, "unlisted"],
    [posts.scheduled, "scheduled"],
    [posts.pages, posts.pages === 1 ? "page" : "pages"]
  ].flatMap(([count, name]) => (count === 0 ? [] : [`${count} ${name}`]))
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`
}

/** Media on the old site, and how to fetch them. */
const remoteLines = ({ dryRun, remote }: ImportReport): ReadonlyArray<string> => {
  const { failed, fetched, hosts, isPlaceUnknown, named } = remote
  const unknown = isPlaceUnknown ? ["  → The export does not say where its media are. Use --old-site https://…"] : []
  if (named === 0) return unknown
  const of = `on the old site (${hosts.join(", ")})`
  if (fetched + failed === 0) {
    return [
      `Media ${of}: ${counted(named, "file")}${dryRun ? "" : ", which stay there"}.`,
      "  → Use --fetch-media to fetch them.",
      ...unknown
    ]
  }
  const rest = failed === 0 ? "" : `; ${failed} could not be fetched and stay there`
  return [`Media ${of}: ${counted(fetched, "file")} fetched${rest}.`, ...unknown]
}

/** Number of renamed posts that are listed; `--json` lists all. */
const shownRenamed = 20

const text = (report: ImportReport): string => {
  const { broken, brokenEntries, configuredBy, dryRun, generator, media, path, posts, renamed, source } = report
  const site = generator === undefined || generator === "markdown" ? sources[source] : `a site of ${titles[generator]}`
  return [
    `${path} is ${site}${configuredBy === undefined ? "" : ` (${configuredBy})`}.`,
    `${dryRun ? "Would be imported" : "Imported"}: ${counted(posts.stored, "post")}${withheld(report)}, ${counted(media.stored, "media file")}.`,
    ...(posts.present + media.present === 0
      ? []
      : [`Already imported: ${counted(posts.present, "post")}, ${counted(media.present, "media file")}.`]),
    ...remoteLines(report),
    ...section("Not public", report.notPublic),
    ...vaultAdvice(report),
    ...section("Held back", report.heldBack),
    ...heldBackAdvice(report.heldBack),
    ...section("Not posts", report.passedOver),
    ...section("Broken links", report.deadLinks, "link"),
    ...section("Left out of the text", report.leftOut, "reference"),
    ...section("Constructs of the old generator", report.constructs),
    ...remarks(report.notes),
    ...fieldsLine(report.notes),
    ...(renamed.length === 0 ? [] : [`Renamed: ${counted(renamed.length, "post")}.`]),
    ...renamed.slice(0, shownRenamed).map(({ file, from, to }) => `  ${file}: ${JSON.stringify(from)} became ${to}`),
    ...rest(renamed.length, Math.min(renamed.length, shownRenamed)).map((line) => `  ${line}`),
    ...(broken === 0 ? [] : [`Failed: ${counted(broken, "file")}. Fix them and import again.`]),
    ...mediaSection(brokenEntries),
    ...failures(brokenEntries.filter((entry) => !isOfMedia(entry)))
  ].join("\n")
}

/** `starpunk import PATH`; `import` is a reserved word. */
export const importPosts = Command.make(
  "import",
  {
    json,
    dryRun,
    withoutMissingMedia,
    mediaFolders,
    dateFromFile,
    heldBackAsDrafts,
    unmarkedIsPublic,
    fetchMedia,
    oldSite,
    source
  },
  ({ json, oldSite, source, ...given }) =>
    Effect.gen(function* () {
      const importer = yield* Import
      const options = {
        ...given,
        ...Option.match(oldSite, { onNone: () => ({}), onSome: (url) => ({ oldSite: url }) })
      }
      const report = yield* withProgress((onProgress) => importer.from(source, { ...options, onProgress }))
      yield* answer(json, record(report), () => text(report))
      if (report.broken > 0) yield* new Reported({ exitCode: exitCode.failed })
    }).pipe(Effect.provide(Maintenance.importing))
).pipe(
  Command.withDescription(
    "Imports posts and media from a directory or a file, which is not changed; works while the server runs"
  )
)
