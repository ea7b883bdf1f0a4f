import { copyFile } from "node:fs/promises"
import { join } from "node:path"
import Database from "better-sqlite3"
import { Effect, Option, type Scope } from "effect"
import type { OriginalNote } from "../../src/domain/archive/OriginalNote.js"
import { ImportSourceUnusable } from "../../src/errors/failure/Portability.js"
import { codeOf } from "../files/FileTrouble.js"
import * as Workspace from "../files/Workspace.js"

/** The database of StarPunk (Python), read from a copy. */
export interface OriginalDatabase {
  readonly count: number
  /** Returns the next notes after an id, oldest first; empty after the last. */
  readonly page: (afterId: number) => ReadonlyArray<OriginalNote>
}

const pageSize = 250

const columnsOf = (database: Database.Database, table: string): ReadonlySet<string> =>
  new Set(database.prepare<[string], string>("SELECT name FROM pragma_table_info(?)").pluck().all(table))

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
const tagReader = (database: Database.Database) => {
  const tags = columnsOf(database, "tags")
  const links = columnsOf(database, "note_tags")
  const label = first(tags, ["display_name", "name", "tag", "slug"])
  if (label === undefined || !links.has("note_id") || !links.has("tag_id")) return () => []
  const statement = database
    .prepare<[number], unknown>(
      `SELECT t.${label} FROM note_tags l JOIN tags t ON t.id = l.tag_id WHERE l.note_id = ? ORDER BY l.rowid`
    )
    .pluck()
  return (id: number) => statement.all(id).flatMap((tag) => (typeof tag === "string" && tag !== "" ? [tag] : []))
}

/** Makes a function that reads the photos of a note (1.2 and later), depending on the names in the schema. */
const photoReader = (database: Database.Database) => {
  const media = columnsOf(database, "media")
  const links = columnsOf(database, "note_media")
  const path = first(media, ["path", "file_path", "stored_filename", "filename"])
  if (path === undefined || !links.has("note_id") || !links.has("media_id")) return () => []
  const order = first(links, ["display_order", "position"]) ?? "rowid"
  const alt = first(links, ["caption", "alt", "alt_text"])
  const statement = database.prepare<[number], { readonly path: unknown; readonly alt: unknown }>(
    `SELECT m.${path} AS path, ${alt === undefined ? "''" : `l.${alt}`} AS alt
     FROM note_media l JOIN media m ON m.id = l.media_id WHERE l.note_id = ? ORDER BY l.${order}`
  )
  return (id: number) =>
    statement
      .all(id)
      .flatMap(({ alt, path }) =>
        typeof path === "string" && path !== "" ? [{ path, alt: typeof alt === "string" ? alt : "" }] : []
      )
}

const read = (database: Database.Database): OriginalDatabase => {
  const columns = columnsOf(database, "notes")
  for (const name of ["id", "slug", "file_path"]) {
    if (!columns.has(name)) throw new Error(`it has no notes.${name}`)
  }
  const problem = database.pragma("quick_check(1)", { simple: true })
  if (problem !== "ok") throw new Error(String(problem))
  const notes = database.prepare<[number], NoteRow>(
    `SELECT n.id, n.slug, n.file_path AS filePath, ${optional(columns, "published")} AS published,
       ${optional(columns, "created_at")} AS createdAt, ${optional(columns, "updated_at")} AS updatedAt,
       ${optional(columns, "deleted_at")} AS deletedAt
     FROM notes n WHERE n.id > ? ORDER BY n.id LIMIT ${pageSize}`
  )
  const tagsOf = tagReader(database)
  const photosOf = photoReader(database)
  return {
    count: Number(database.prepare("SELECT count(*) FROM notes").pluck().get()),
    page: (afterId) =>
      notes.all(afterId).map(({ published, ...note }) => ({
        ...note,
        slug: String(note.slug),
        filePath: String(note.filePath),
        published: published === 1 || published === "1" || published === "true",
        tags: tagsOf(note.id),
        photos: photosOf(note.id)
      }))
  }
}

/**
 * Opens a copy of the database of StarPunk (Python) until the scope ends. The copy includes the write-ahead log; none
 * of the original's files is changed, locked or created.
 */
export const open = (
  path: string,
  binding: Option.Option<string>
): Effect.Effect<OriginalDatabase, ImportSourceUnusable, Scope.Scope> =>
  Effect.gen(function* () {
    const unusable = (error: unknown) =>
      new ImportSourceUnusable({
        path,
        reason: codeOf(error) === "EACCES" ? "denied" : "database",
        detail: error instanceof Error ? error.message : String(error)
      })
    const workspace = yield* Effect.mapError(Workspace.temporary, unusable)
    const copy = join(workspace, "original.db")
    const nativeBinding = Option.getOrUndefined(binding)
    yield* Effect.tryPromise({
      try: async () => {
        await copyFile(path, copy)
        for (const suffix of ["-wal", "-journal"]) {
          await copyFile(`${path}${suffix}`, `${copy}${suffix}`).catch((error: unknown) => {
            if (codeOf(error) !== "ENOENT") throw error
          })
        }
      },
      catch: unusable
    })
    const database = yield* Effect.acquireRelease(
      Effect.try({
        try: () => new Database(copy, nativeBinding === undefined ? {} : { nativeBinding }),
        catch: unusable
      }),
      (opened) => Effect.sync(() => opened.close())
    )
    return yield* Effect.try({ try: () => read(database), catch: unusable })
  })
