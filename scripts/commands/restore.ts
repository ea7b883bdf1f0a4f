import { Args, Command, Options } from "@effect/cli"
import { Effect } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { formatInstant } from "../../src/domain/Instant.js"
import { Restore, type RestoreReport } from "../../src/services/Restore.js"
import { answer, counted, json } from "../Answer.js"
import { withProgress } from "../Progress.js"

const file = Args.text({ name: "FILE" }).pipe(Args.withDescription("An archive created by `starpunk backup`"))

const force = Options.boolean("force").pipe(
  Options.withDescription("Restore even if other data is in the target directory; it is kept")
)

const record = ({ manifest, ...report }: RestoreReport) => ({
  created_at: formatInstant(manifest.createdAt),
  program: manifest.program,
  posts: manifest.posts,
  media: manifest.media,
  database_before: report.databaseBefore,
  media_before: report.mediaBefore,
  sessions_ended: report.sessionsEnded,
  tokens_revoked: report.tokensRevoked
})

const text = ({ databaseBefore, manifest, mediaBefore, sessionsEnded, tokensRevoked }: RestoreReport): string =>
  [
    `Restored: ${counted(manifest.posts, "post")} and ${counted(manifest.media, "media file")}, as of ${formatInstant(manifest.createdAt)}.`,
    ...(databaseBefore === undefined ? [] : [`The old database is kept: ${databaseBefore}`]),
    ...(mediaBefore === undefined ? [] : [`The old media are kept: ${mediaBefore}`]),
    `Sessions of the backup were logged out (${sessionsEnded}): log in again.`,
    tokensRevoked === 0
      ? "Access tokens come from the backup: `starpunk token list` shows them."
      : `Access tokens come from the backup, except ${tokensRevoked} revoked since: \`starpunk token list\` shows them.`,
    "Start the server now."
  ].join("\n")

/** `starpunk restore FILE`. */
export const restore = Command.make("restore", { json, force, file }, ({ file, force, json }) =>
  Effect.gen(function* () {
    const restore = yield* Restore
    const report = yield* withProgress((onProgress) => restore.restore(file, { force, onProgress }))
    yield* answer(json, record(report), () => text(report))
  }).pipe(Effect.provide(Maintenance.restore))
).pipe(Command.withDescription("Replaces the site's data by a backup and keeps the old data; stop the server first"))
