import { Args, Command, Options } from "@effect/cli"
import { Effect } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { formatInstant } from "../../src/domain/Instant.js"
import { Backup, type BackupReport } from "../../src/services/Backup.js"
import { answer, counted, json } from "../Answer.js"
import { size, withProgress } from "../Progress.js"

const file = Args.text({ name: "FILE" }).pipe(Args.withDescription("Path of the archive, such as starpunk-backup.tar"))

const force = Options.boolean("force").pipe(Options.withDescription("Replace FILE if it exists"))

const verify = Options.boolean("verify").pipe(
  Options.withDescription("Verify an existing archive; create and restore nothing")
)

const record = ({ bytes, manifest, mediaElsewhere, path, skipped }: BackupReport) => ({
  file: path,
  bytes,
  created_at: formatInstant(manifest.createdAt),
  program: manifest.program,
  schema: manifest.schema,
  posts: manifest.posts,
  media: manifest.media,
  skipped,
  ...(mediaElsewhere !== undefined && { media_elsewhere: mediaElsewhere })
})

const amounts = ({ bytes, manifest }: BackupReport): string =>
  `${size(bytes)}, ${counted(manifest.posts, "post")}, ${counted(manifest.media, "media file")}`

const made = (report: BackupReport): string =>
  [
    `Backup created and verified: ${report.path} (${amounts(report)}).`,
    ...report.skipped.map((name) => `Left out, because it is not a StarPunk media file: media/${name}`),
    ...(report.mediaElsewhere === undefined
      ? []
      : [
          `Media are in ${report.mediaElsewhere} and not in the archive: turn on the versioning of the bucket, or copy them with \`starpunk media move --to DIR\`.`
        ]),
    "The archive contains credential hashes and all private data: store it where only you can read it."
  ].join("\n")

const sound = (report: BackupReport): string =>
  `The backup is valid: created at ${formatInstant(report.manifest.createdAt)} by StarPunk ${report.manifest.program} (${amounts(report)}).`

/** `starpunk backup [--verify] FILE`. */
export const backup = Command.make("backup", { json, force, verify, file }, ({ file, force, json, verify }) =>
  Effect.gen(function* () {
    const backup = yield* Backup
    const report = yield* withProgress((onProgress) =>
      verify ? backup.verify(file, { onProgress }) : backup.create(file, { replace: force, onProgress })
    )
    yield* answer(json, record(report), () => (verify ? sound(report) : made(report)))
  }).pipe(Effect.provide(Maintenance.backup))
).pipe(
  Command.withDescription("Copies database and media into one archive and verifies it; works while the server runs")
)
