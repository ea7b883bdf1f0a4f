import { Args, Command, Options } from "@effect/cli"
import { Effect } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { formatInstant } from "../../src/domain/Instant.js"
import { Backup, type BackupReport } from "../../src/services/Backup.js"
import { answer, counted, json } from "../Answer.js"
import { size, withProgress } from "../Progress.js"

const file = Args.text({ name: "FILE" }).pipe(Args.withDescription("The archive, such as starpunk-backup.tar"))

const force = Options.boolean("force").pipe(Options.withDescription("Replace FILE where it exists"))

const verify = Options.boolean("verify").pipe(
  Options.withDescription("Check an archive that exists, and make none; nothing is restored")
)

const record = ({ bytes, manifest, path, skipped }: BackupReport) => ({
  file: path,
  bytes,
  created_at: formatInstant(manifest.createdAt),
  program: manifest.program,
  schema: manifest.schema,
  posts: manifest.posts,
  media: manifest.media,
  skipped
})

const amounts = ({ bytes, manifest }: BackupReport): string =>
  `${size(bytes)}, ${counted(manifest.posts, "post")}, ${counted(manifest.media, "media file")}`

const made = (report: BackupReport): string =>
  [
    `Backup made and verified: ${report.path} (${amounts(report)}).`,
    ...report.skipped.map((name) => `Left out, since it is no file of StarPunk's: media/${name}`),
    "It holds hashes of credentials and everything private: keep it where only you can read it."
  ].join("\n")

const sound = (report: BackupReport): string =>
  `The backup is whole and sound: made at ${formatInstant(report.manifest.createdAt)} by StarPunk ${report.manifest.program} (${amounts(report)}).`

/** `starpunk backup [--verify] FILE`. */
export const backup = Command.make("backup", { json, force, verify, file }, ({ file, force, json, verify }) =>
  Effect.gen(function* () {
    const backup = yield* Backup
    const report = yield* withProgress((onProgress) =>
      verify ? backup.verify(file, { onProgress }) : backup.create(file, { replace: force, onProgress })
    )
    yield* answer(json, record(report), () => (verify ? sound(report) : made(report)))
  }).pipe(Effect.provide(Maintenance.backup))
).pipe(Command.withDescription("Copies database and media into one archive, beside a running server, and verifies it"))
