import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { Chunk, Effect, Either, Option, Schema, Stream } from "effect"
import {
  type ExportedViews,
  readViews,
  viewsFile,
  viewsFolder,
  writeViews
} from "../../src/domain/archive/ViewsFile.js"
import { monthAfter } from "../../src/domain/posts/CalendarMonth.js"
import { Slug } from "../../src/domain/posts/Slug.js"
import { startOfViewDay, type ViewDay } from "../../src/domain/views/ViewDay.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import { ImportFileUnreadable } from "../../src/errors/ImportEntry.js"
import type { SqlPool } from "../../src/services/SqlPool.js"
import { codeOf } from "../files/ErrorCode.js"
import { decodeRows } from "../sql/rows/Rows.js"
import type { SettingsOutput } from "./ExportedSettings.js"
import type { Tally } from "./Tally.js"

const viewsFrom = decodeRows(Schema.Struct({ slug: Slug, day: Schema.Int, count: Schema.Int }))
const firstFrom = decodeRows(Schema.Struct({ day: Schema.NullOr(Schema.Int) }))

/** The first day of the month after that of a day. */
const nextMonth = (day: ViewDay): ViewDay => {
  const date = new Date(startOfViewDay(day))
  const { month, year } = monthAfter({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 })
  return Date.UTC(year, month - 1, 1) / 86_400_000
}

/** The first day from `from` on that has views. */
const firstDay = (pool: SqlPool["Type"], from: ViewDay) =>
  Effect.map(
    Effect.flatMap(
      pool.read((sql) => sql`SELECT min(day) AS day FROM post_views WHERE day >= ${from}`),
      firstFrom
    ),
    ([row]) => Option.fromNullable(row?.day)
  )

/** The numbers of views of the pool's database as files, a month at a time; none without views. Erased posts have none. */
export const viewsFiles = (pool: SqlPool["Type"]): Stream.Stream<SettingsOutput, DatabaseFailure> =>
  Stream.paginateEffect(Number.MIN_SAFE_INTEGER, (from) =>
    Effect.gen(function* () {
      const first = yield* firstDay(pool, from)
      if (Option.isNone(first)) return [Option.none<SettingsOutput>(), Option.none<number>()] as const
      const until = nextMonth(first.value)
      const rows = yield* pool.read(
        (sql) => sql`SELECT slug, day, count FROM post_views JOIN posts ON posts.id = post_id
          WHERE day >= ${first.value} AND day < ${until} ORDER BY day, post_id`
      )
      const output = { file: viewsFile(first.value), content: writeViews(yield* viewsFrom(rows)) }
      return [Option.some(output), Option.some(until)] as const
    })
  ).pipe(Stream.filterMap((output) => output))

/** Maximum size of a file in bytes: a month of 50,000 posts. */
const mostBytes = 67_108_864

/** Rows in one statement. */
const batch = 500

const foundFrom = decodeRows(Schema.Struct({ id: Schema.Int, slug: Slug }))

const contentOf = (path: string): Either.Either<string, ImportFileUnreadable> =>
  Either.try({
    try: () => {
      if (statSync(path).size > mostBytes) throw new ImportFileUnreadable({ reason: "too_large", detail: "" })
      return readFileSync(path, "utf8")
    },
    catch: (error) =>
      error instanceof ImportFileUnreadable ? error : new ImportFileUnreadable({ reason: "io", detail: codeOf(error) })
  })

/** The files of views in an export; none if it has none. */
const filesIn = (root: string): ReadonlyArray<string> => {
  try {
    return readdirSync(join(root, viewsFolder))
      .filter((name) => /^\d{4}-\d{2}\.csv$/.test(name))
      .toSorted()
  } catch {
    return []
  }
}

/** Stores numbers for days of posts that have none here. Returns how many were stored. */
const take = (pool: SqlPool["Type"], views: ReadonlyArray<ExportedViews>) =>
  pool.write((sql) =>
    Effect.gen(function* () {
      const slugs = [...new Set(views.map(({ slug }) => slug))]
      const posts = yield* foundFrom(yield* sql`SELECT id, slug FROM posts WHERE ${sql.in("slug", slugs)}`)
      const ids = new Map(posts.map(({ id, slug }) => [slug, id]))
      const rows = views.flatMap(({ count, day, slug }) => {
        const id = ids.get(slug)
        return id === undefined ? [] : [{ post_id: id, day, count }]
      })
      if (rows.length === 0) return 0
      const stored = yield* sql`INSERT INTO post_views ${sql.insert(rows)}
        ON CONFLICT (post_id, day) DO NOTHING RETURNING day`
      return stored.length
    })
  )

/**
 * Imports the numbers of views of an export: of posts that are here, for days that have no number here. So an import can be
 * repeated, and counts nothing twice.
 */
export const viewsImport = (
  pool: SqlPool["Type"],
  root: string,
  tally: Tally,
  dryRun: boolean
): Effect.Effect<void, DatabaseFailure> =>
  Effect.forEach(
    filesIn(root),
    (name) =>
      Effect.gen(function* () {
        const file = `${viewsFolder}/${name}`
        const content = contentOf(join(root, file))
        if (Either.isLeft(content)) return tally.broken(file, content.left)
        const { unreadable, views } = readViews(content.right)
        if (unreadable > 0) tally.note(file, "views_unreadable", "has lines that are no numbers of views")
        if (dryRun) return views.length === 0 ? undefined : tally.note(file, "views_imported", "would be imported")
        const parts = Chunk.toReadonlyArray(Chunk.chunksOf(Chunk.fromIterable(views), batch))
        const stored = yield* Effect.forEach(parts, (part) => take(pool, Chunk.toReadonlyArray(part)))
        if (stored.some((count) => count > 0)) tally.note(file, "views_imported", "was imported")
      }),
    { discard: true }
  )
