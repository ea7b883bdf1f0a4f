import { copyFile } from "node:fs/promises"
import { join } from "node:path"
import { Reactivity } from "@effect/experimental"
import type { SqlClient } from "@effect/sql"
import * as SqliteClient from "@effect/sql-sqlite-node/SqliteClient"
import { Effect } from "effect"
import type { OriginalNote } from "../../src/domain/archive/OriginalNote.js"
import { ImportSourceUnusable } from "../../src/errors/Import.js"
import { codeOf } from "../files/ErrorCode.js"
import * as Workspace from "../files/Workspace.js"

/** Notes in one query. */
const pageSize = 250

const columnsOf = (sql: SqlClient.SqlClient, table: string) =>
  Effect.map(
    sql<{ readonly name: string }>`SELECT name FROM pragma_table_info(${table})`,
    (rows): ReadonlySet<string> => new Set(rows.map(({ name }) => name))
  )

const first = (columns: ReadonlySet<string>, names: ReadonlyArray<string>) => names.find((name) => columns.has(name))

/** SQL for a column that some versions lack. */
const optional = (columns: ReadonlySet<string>, name: string) => (columns.has(name) ? `n.${name}` : "NULL")

interface NoteRow {
  readonly id: number
  readonly slug: string
  readonly filePath: string
  readonly published: unknown
  readonly createdAt: unknown
  readonly updatedAt: unknown
  readonly deletedAt: unknown
}

/** Makes a function that reads the tags of a note (1.3 and later), depending on the names in the schema. */
const tagReader = Effect.fnUntraced(function* (sql: SqlClient.SqlClient) {
  const tags = yield* columnsOf(sql, "tags")
  const links = yield* columnsOf(sql, "note_tags")
  const label = first(tags, ["display_name", "name", "tag", "slug"])
  if (label === undefined || !links.has("note_id") || !links.has("tag_id")) return () => Effect.succeed([])
  const text = `SELECT t.${label} AS label FROM note_tags l JOIN tags t ON t.id = l.tag_id WHERE l.note_id = ? ORDER BY l.rowid`
  return (id: number) =>
    Effect.map(sql.unsafe<{ readonly label: unknown }>(text, [id]), (rows) =>
      rows.flatMap(({ label }) => (typeof label === "string" && label !== "" ? [label] : []))
    )
})

/** Makes a function that reads the photos of a note (1.2 and later), depending on the names in the schema. */
const photoReader = Effect.fnUntraced(function* (sql: SqlClient.SqlClient) {
  const media = yield* columnsOf(sql, "media")
  const links = yield* columnsOf(sql, "note_media")
  const path = first(media, ["path", "file_path", "stored_filename", "filename"])
  if (path === undefined || !links.has("note_id") || !links.has("media_id")) return () => Effect.succeed([])
  const order = first(links, ["display_order", "position"]) ?? "rowid"
  const alt = first(links, ["caption", "alt", "alt_text"])
  const text = `SELECT m.${path} AS path, ${alt === undefined ? "''" : `l.${alt}`} AS alt
     FROM note_media l JOIN media m ON m.id = l.media_id WHERE l.note_id = ? ORDER BY l.${order}`
  return (id: number) =>
    Effect.map(sql.unsafe<{ readonly path: unknown; readonly alt: unknown }>(text, [id]), (rows) =>
      rows.flatMap(({ alt, path }) =>
        typeof path === "string" && path !== "" ? [{ path, alt: typeof alt === "string" ? alt : "" }] : []
      )
    )
})

const readNotes = Effect.fnUntraced(function* (sql: SqlClient.SqlClient) {
  const columns = yield* columnsOf(sql, "notes")
  for (const name of ["id", "slug", "file_path"]) {
    if (!columns.has(name)) return yield* Effect.fail(new Error(`it has no notes.${name}`))
  }
  const [check] = yield* sql<{ readonly quick_check: unknown }>`PRAGMA quick_check(1)`
  if (check?.quick_check !== "ok") return yield* Effect.fail(new Error(String(check?.quick_check)))
  const page = `SELECT n.id, n.slug, n.file_path AS filePath, ${optional(columns, "published")} AS published,
       ${optional(columns, "created_at")} AS createdAt, ${optional(columns, "updated_at")} AS updatedAt,
       ${optional(columns, "deleted_at")} AS deletedAt
     FROM notes n WHERE n.id > ? ORDER BY n.id LIMIT ${pageSize}`
  const tagsOf = yield* tagReader(sql)
  const photosOf = yield* photoReader(sql)
  const notes: Array<OriginalNote> = []
  for (;;) {
    const rows = yield* sql.unsafe<NoteRow>(page, [notes.at(-1)?.id ?? -1])
    for (const { published, ...row } of rows) {
      notes.push({
        ...row,
        slug: String(row.slug),
        filePath: String(row.filePath),
        published: published === 1 || published === "1" || published === "true",
        tags: yield* tagsOf(row.id),
        photos: yield* photosOf(row.id)
      })
    }
    if (rows.length < pageSize) return notes
    yield* Effect.yieldNow()
  }
})

const detailOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message : String(cause)
}

/**
 * Reads the notes in the database of StarPunk (Python), without their texts, oldest first. Reads a copy that includes the
 * write-ahead log; changes, locks and creates none of the original's files.
 */
export const read = (path: string): Effect.Effect<ReadonlyArray<OriginalNote>, ImportSourceUnusable> =>
  Effect.gen(function* () {
    const unusable = (error: unknown) =>
      new ImportSourceUnusable({
        path,
        reason: codeOf(error) === "EACCES" ? "denied" : "database",
        detail: detailOf(error)
      })
    const workspace = yield* Effect.mapError(Workspace.temporary, unusable)
    const copy = join(workspace, "original.db")
    const copied = yield* Effect.tryPromise({
      try: async () => {
        await copyFile(path, copy)
        const beside = []
        for (const suffix of ["-wal", "-journal"]) {
          const isCopied = await copyFile(`${path}${suffix}`, `${copy}${suffix}`).then(
            () => true,
            (error: unknown) => {
              if (codeOf(error) !== "ENOENT") throw error
              return false
            }
          )
          if (isCopied) beside.push(suffix)
        }
        return beside
      },
      catch: unusable
    })
    // A transaction that a crash left half written is rolled back in the copy, which is then written to.
    const isReadOnly = !copied.includes("-journal")
    const sql = yield* SqliteClient.make({ filename: copy, readonly: isReadOnly, disableWAL: true }).pipe(
      Effect.provide(Reactivity.layer),
      // The client throws where the file cannot be opened.
      Effect.catchAllDefect((error) => Effect.fail(unusable(error)))
    )
    return yield* Effect.mapError(readNotes(sql), unusable)
  }).pipe(Effect.scoped)
