import { Args, Command } from "@effect/cli"
import { Effect } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { Export, type ExportReport } from "../../src/services/Export.js"
import { answer, counted, json } from "../Answer.js"
import { withProgress } from "../Progress.js"

const directory = Args.text({ name: "DIR" }).pipe(
  Args.withDescription("A directory that does not exist yet, or is empty")
)

const text = ({ media, missing, path, posts }: ExportReport): string =>
  [
    `Exported to ${path}: ${counted(posts, "post")}, ${counted(media, "media file")}.`,
    ...missing.map((name) => `Left out, because its file is missing: ${name}`),
    "The export contains private posts, drafts and deleted posts, but no logins and tokens: store it where only you can read it."
  ].join("\n")

/** `starpunk export DIR`; `export` is a reserved word. */
export const exportPosts = Command.make("export", { json, directory }, ({ directory, json }) =>
  Effect.gen(function* () {
    const exporter = yield* Export
    const report = yield* withProgress((onProgress) => exporter.create(directory, { onProgress }))
    const { media, missing, path, posts } = report
    yield* answer(json, { directory: path, posts, media, missing }, () => text(report))
  }).pipe(Effect.provide(Maintenance.exporting))
).pipe(
  Command.withDescription(
    "Writes every post as Markdown and every media file to a directory; works while the server runs"
  )
)
