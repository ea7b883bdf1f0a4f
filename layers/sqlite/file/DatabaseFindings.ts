import { constants } from "node:fs"
import { access, stat } from "node:fs/promises"
import { join } from "node:path"
import { Effect, Option, Schema } from "effect"
import { mediaMember } from "../../../src/domain/archive/BackupManifest.js"
import { type Finding, fail, ok, warn } from "../../../src/domain/archive/Finding.js"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import { codeOf } from "../../files/ErrorCode.js"
import { quoted } from "../../files/Quoted.js"
import type { SingleConnection } from "../pool/SingleConnection.js"
import * as SchemaHistory from "../schema/SchemaHistory.js"
import * as IndexState from "../search/IndexState.js"
import * as Soundness from "./Soundness.js"

/** Values that a finding's command contains. */
export interface Advice {
  /** The command that restores a backup, with the newest archive if it is known. */
  readonly restore: string
  /** The data directory. */
  readonly dataPath: string
  /** Whether media are in an object store, and not in the data directory. */
  readonly isMediaElsewhere: boolean
}

const some = (lines: ReadonlyArray<string>): string =>
  lines.length > 3 ? `${lines.slice(0, 3).join("; ")}; and ${lines.length - 3} more` : lines.join("; ")

const ofSoundness = ({ index, references, structure }: Soundness.Unsoundness, { restore }: Advice): Array<Finding> => [
  structure.length === 0
    ? ok("database.integrity", "The database file is valid")
    : fail("database.integrity", `The database file is damaged: ${some(structure)}`, restore),
  references.length === 0
    ? ok("database.references", "All foreign keys are valid")
    : fail("database.references", `Foreign keys are violated: ${some(references)}`, restore),
  index.length === 0
    ? ok("search.integrity", "The full-text index is internally consistent")
    : fail("search.integrity", `The full-text index is damaged: ${some(index)}`, "starpunk reindex")
]

const ofSchema = ({ known, state, version, writtenBy }: SchemaHistory.SchemaHistory, { restore }: Advice): Finding => {
  switch (state) {
    case "current":
      return ok("database.schema", `The schema is up to date (migration ${version})`)
    case "none":
      return warn(
        "database.schema",
        "The database has no tables yet: the server creates them at start",
        "starpunk serve"
      )
    case "behind":
      return warn(
        "database.schema",
        `The schema is at migration ${version} of ${known}: the server migrates it at start`,
        "starpunk serve"
      )
    case "newer":
      return fail(
        "database.schema",
        `The database was written by StarPunk ${writtenBy} (migration ${version}); this version supports migrations up to ${known}: run that version, or restore a backup of this one`,
        restore
      )
    case "changed":
      return fail(
        "database.schema",
        "A migration was applied in a different form than this version contains: run the release that last opened the database, or restore a backup",
        restore
      )
  }
}

const posts = (count: number) => (count === 1 ? "1 post" : `${count} posts`)

/** Summarizes the problems of the index in one finding, because the same command fixes all of them. */
const ofIndex = (index: IndexState.IndexState): Finding => {
  const fix = "starpunk reindex"
  if (index.withoutDocument > 0) {
    return fail("search.index", `The search index lacks ${posts(index.withoutDocument)}`, fix)
  }
  if (!index.available)
    return ok("search.index", "This SQLite has no FTS5: the fallback searches the text of the posts")
  if (index.table === undefined) return warn("search.index", "There is no full-text index yet", fix)
  if (!index.present) return fail("search.index", `The full-text index ${index.table} is missing`, fix)
  if (index.strays > 0) {
    return fail("search.index", `The full-text index and the posts differ in ${posts(index.strays)}`, fix)
  }
  if (index.pending > 0) return warn("search.index", `${posts(index.pending)} are not indexed yet`, fix)
  return ok("search.index", "The search index is complete")
}

const Named = Schema.Struct({ name: Schema.String })
const Upload = Schema.Struct({ id: Schema.String, name: Schema.String })

/**
 * Whether an upload's file is readable: `there`, or the system's error code, `ENOENT` if it is missing. Files are in
 * folders named by the beginning of their id.
 */
const stateOf = async (dataPath: string, { id, name }: typeof Upload.Type): Promise<string> => {
  const member = mediaMember(`${id.slice(0, 2)}/${name}`)
  if (Option.isNone(member)) return "ENOENT"
  const path = join(dataPath, member.value)
  try {
    if (!(await stat(path)).isFile()) return "ENOENT"
    await access(path, constants.R_OK)
    return "there"
  } catch (error) {
    const code = codeOf(error)
    return code === "ENOTDIR" ? "ENOENT" : code
  }
}

/** A file that exists but cannot be read must not be restored from a backup, which may do harm. */
const ofUnreadable = (unreadable: ReadonlyArray<readonly [name: string, code: string]>, dataPath: string): Finding => {
  const named = some(unreadable.map(([name, code]) => `${name} (${code})`))
  const denied = unreadable.some(([, code]) => code === "EACCES" || code === "EPERM")
  const data = quoted(dataPath)
  const media = quoted(join(dataPath, "media"))
  return denied
    ? fail(
        "media.files",
        `Media files exist but cannot be read by the user that runs this command: ${named}. As root, give them to the owner of the data directory`,
        `chown -R --reference=${data} ${media}; chmod -R u+rwX ${media}`
      )
    : fail("media.files", `Media files cannot be read: ${named}. The disk may be failing`, `ls -lR ${media}`)
}

/** Checks the file of every row of `media`, if the schema has that table. */
const ofMedia = (connection: SingleConnection, { dataPath, isMediaElsewhere, restore }: Advice) =>
  Effect.gen(function* () {
    if (isMediaElsewhere) return [ok("media.files", "Media files were not checked: they are in an object store")]
    const columns = yield* connection.query(Named, "SELECT name FROM pragma_table_info('media')")
    if (!columns.some(({ name }) => name === "name")) {
      return [ok("media.files", "Media files were not checked: this schema has no table for them")]
    }
    const rows = yield* connection.query(Upload, "SELECT id, name FROM media")
    const states = yield* Effect.forEach(
      rows,
      (upload) =>
        Effect.map(
          Effect.promise(() => stateOf(dataPath, upload)),
          (state) => [upload.name, state] as const
        ),
      { concurrency: 16 }
    )
    const missing = states.filter(([, state]) => state === "ENOENT").map(([name]) => name)
    const unreadable = states.filter(([, state]) => state !== "ENOENT" && state !== "there")
    if (missing.length === 0 && unreadable.length === 0) {
      return [ok("media.files", `No media file is missing (${rows.length} checked)`)]
    }
    return [
      ...(missing.length === 0 ? [] : [fail("media.files", `Media files are missing: ${some(missing)}`, restore)]),
      ...(unreadable.length === 0 ? [] : [ofUnreadable(unreadable, dataPath)])
    ]
  })

/**
 * Checks everything in the database, and the files that it names. Skips checks that damage found earlier makes
 * impossible.
 */
export const examine = (
  connection: SingleConnection,
  advice: Advice
): Effect.Effect<ReadonlyArray<Finding>, DatabaseFailure> =>
  Effect.gen(function* () {
    const soundness = yield* Soundness.examine(connection)
    const findings = ofSoundness(soundness, advice)
    const damaged = soundness.structure.length > 0 || soundness.index.length > 0
    const unlessDamaged = <A>(effect: Effect.Effect<A, DatabaseFailure>) =>
      Effect.map(effect, (found) => [found]).pipe(
        Effect.catchAll((failure) => (damaged ? Effect.succeed([]) : Effect.fail(failure)))
      )
    const [schema] = yield* unlessDamaged(SchemaHistory.read(connection))
    if (schema === undefined) return findings
    findings.push(ofSchema(schema, advice))
    if (schema.state === "none") return findings
    findings.push(...(yield* unlessDamaged(Effect.map(IndexState.read(connection), ofIndex))))
    findings.push(...(yield* unlessDamaged(ofMedia(connection, advice))).flat())
    return findings
  })
