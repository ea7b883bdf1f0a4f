import { Args, Command, Options } from "@effect/cli"
import { Effect } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { exitCode } from "../../layers/node/ExitCode.js"
import { errorInfo } from "../../src/errors/Catalogue.js"
import { type BrokenEntry, Import, type ImportReport } from "../../src/services/Import.js"
import { answer, counted, json, Told } from "../Answer.js"
import { withProgress } from "../Progress.js"

const directory = Args.text({ name: "DIR" }).pipe(
  Args.withDescription(
    "What `starpunk export` made, a folder of Markdown files with front matter, or the data directory of StarPunk (Python)"
  )
)

const dryRun = Options.boolean("dry-run").pipe(Options.withDescription("Bring nothing in, and say what would be"))

const withoutMissingMedia = Options.boolean("without-missing-media").pipe(
  Options.withDescription("Bring posts in although pictures that they show are not there, or are not taken")
)

const sources: Record<ImportReport["source"], string> = {
  export: "an export of StarPunk",
  markdown: "a folder of Markdown files",
  starpunk_python: "the data of StarPunk (Python)"
}

/** What is wrong with a file, in the words of the catalogue. */
const explained = ({ failure, file }: BrokenEntry) => {
  const { code, message, operator, suggestion } = errorInfo(failure)
  return { file, code, message: operator?.details ?? message, suggestion: operator?.troubleshooting[0] ?? suggestion }
}

const record = (report: ImportReport) => ({
  directory: report.path,
  source: report.source,
  dry_run: report.dryRun,
  posts: report.posts,
  media: report.media,
  broken: report.broken,
  broken_files: report.brokenEntries.map(explained),
  passed_over: report.passedOver,
  passed_over_files: report.passedOverFiles,
  renamed: report.renamed
})

const rest = (count: number, shown: number) => (count > shown ? [`… and ${count - shown} more`] : [])

/** Files without front matter are told in full only by `--json`: there may be many, and nothing is wrong with them. */
const shownPassedOver = 20

const text = (report: ImportReport): string => {
  const { broken, brokenEntries, dryRun, media, passedOver, passedOverFiles, path, posts, renamed, source } = report
  return [
    `${path} is ${sources[source]}.`,
    `${dryRun ? "Would come in" : "Came in"}: ${counted(posts.stored, "post")}, ${counted(media.stored, "media file")}.`,
    ...(posts.present + media.present === 0
      ? []
      : [`There already: ${counted(posts.present, "post")}, ${counted(media.present, "media file")}.`]),
    ...renamed.map(({ file, from, to }) => `${file}: the slug ${JSON.stringify(from)} became ${to}`),
    ...(passedOver === 0 ? [] : [`Passed over: ${counted(passedOver, "file")}.`]),
    ...passedOverFiles.slice(0, shownPassedOver).map(({ file, why }) => `  ${file}: ${why}`),
    ...rest(passedOver, Math.min(passedOverFiles.length, shownPassedOver)).map((line) => `  ${line}`),
    ...(broken === 0 ? [] : [`Broken: ${counted(broken, "file")}. Mend them and import again.`]),
    ...brokenEntries
      .map(explained)
      .flatMap(({ code, file, message, suggestion }) => [`  ${file}: ${message} [${code}]`, `    → ${suggestion}`]),
    ...rest(broken, brokenEntries.length).map((line) => `  ${line}`)
  ].join("\n")
}

/** `starpunk import DIR`; `import` itself is a word of the language. */
export const importPosts = Command.make(
  "import",
  { json, dryRun, withoutMissingMedia, directory },
  ({ directory, dryRun, json, withoutMissingMedia }) =>
    Effect.gen(function* () {
      const importer = yield* Import
      const report = yield* withProgress((onProgress) =>
        importer.from(directory, { dryRun, withoutMissingMedia, onProgress })
      )
      yield* answer(json, record(report), () => text(report))
      if (report.broken > 0) yield* new Told({ exitCode: exitCode.failed })
    }).pipe(Effect.provide(Maintenance.importing))
).pipe(
  Command.withDescription("Brings in posts and media from a directory, which is only read, beside a running server")
)
