import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { CapturedLogs } from "../../../layers/memory/Logger.js"
import { SearchUpkeep } from "../../../layers/sql/search/SearchUpkeep.js"
import { parse } from "../../../src/domain/search/SearchQuery.js"
import { type EngineName, SearchEngine } from "../../../src/services/SearchEngine.js"
import { day, note } from "../../fixtures/Corpus.js"
import { eventually } from "../../fixtures/Eventually.js"
import { hasNofts5, nofts5Binding } from "../../fixtures/Nofts5.js"
import { type Started, settled, started, store, temporaryDirectory } from "../../fixtures/Sqlite.js"

const search = (text: string) =>
  Effect.gen(function* () {
    const engine = yield* SearchEngine
    const { hits, ...rest } = yield* engine.search(yield* parse(text), { offset: 0, limit: 100 })
    return { ...rest, ids: hits.map(({ postId }) => postId) }
  })

const answersBy = (engine: EngineName) =>
  eventually(
    Effect.flatMap(SearchEngine, ({ status }) => status),
    (status) => status.engine === engine
  )

const warnings = Effect.map(
  Effect.flatMap(CapturedLogs, ({ events }) => events),
  (events) => events.filter(({ level, logger }) => level === "WARNING" && logger === "starpunk.search")
)

/** A database file for one test, and a function that runs one server after another on it. */
const lives = Effect.map(temporaryDirectory, (directory) => {
  const database = join(directory, "starpunk.db")
  const life =
    (options: Omit<Started, "database"> = {}) =>
    <A, E, R>(body: Effect.Effect<A, E, R>) =>
      Effect.provide(
        Effect.zipRight(options.begin === false ? Effect.void : settled, body),
        started({ database, ...options })
      )
  return { database, life }
})

/** Changes the file in a way that StarPunk never does. */
const vandalise = (database: string, harm: (raw: Database.Database) => void) =>
  Effect.sync(() => {
    const raw = new Database(database)
    try {
      raw.unsafeMode()
      harm(raw)
    } finally {
      raw.close()
    }
  })

const posts = [note(1, "the first fox"), note(2, "the second fox"), note(3, "a badger")]

/** Kinds of damage to the index while the server runs. */
const harms: ReadonlyArray<readonly [name: string, harm: (raw: Database.Database) => void]> = [
  ["garbage in its segments", (raw) => raw.exec("UPDATE search_fts_1_data SET block = X'7FFFFFFF0F8811F0E177'")],
  ["an empty segment table", (raw) => raw.exec("DELETE FROM search_fts_1_data")],
  ["a lost shadow table", (raw) => raw.exec("DROP TABLE search_fts_1_data")],
  ["a lost configuration", (raw) => raw.exec("DROP TABLE search_fts_1_config")],
  ["a dropped index", (raw) => raw.exec("DROP TABLE search_fts_1")]
]

/** Reads as an index without entries; only a writer can detect it. */
const silentHarm = [
  "zeros in its segments",
  (raw: Database.Database) => raw.exec("UPDATE search_fts_1_data SET block = zeroblob(20)")
] as const

describe.each(["thread", "worker"] as const)("a damaged index (%s)", (pool) => {
  it.scopedLive.each(harms)("%s: the same search is answered, and the index is rebuilt", ([, harm]) =>
    Effect.gen(function* () {
      const { database, life } = yield* lives
      yield* life({ pool })(
        Effect.gen(function* () {
          yield* store(posts)
          expect(yield* search("fox")).toMatchObject({ engine: "fts5", reduced: false, ids: [2, 1] })
          yield* vandalise(database, harm)
          expect(yield* search("fox")).toMatchObject({ engine: "fallback", reduced: true, ids: [2, 1] })
          yield* answersBy("fts5")
          expect(yield* search("fox")).toMatchObject({ engine: "fts5", reduced: false, ids: [2, 1] })
          expect((yield* warnings).map(({ message }) => message)).toEqual([
            "Search is degraded: the full-text index failed and will be rebuilt"
          ])
        })
      )
    })
  )

  it.scopedLive.each([...harms, silentHarm])("%s: posts can still be created, changed and deleted", ([, harm]) =>
    Effect.gen(function* () {
      const { database, life } = yield* lives
      yield* life({ pool })(
        Effect.gen(function* () {
          yield* store(posts)
          yield* vandalise(database, harm)
          yield* store([note(4, "a late fox")])
          expect((yield* search("late")).ids).toEqual([4])
          yield* store([note(4, "a late badger")])
          yield* store([note(1, "the first fox", { deletedAt: day })])
          yield* answersBy("fts5")
          expect(yield* search("late")).toMatchObject({ engine: "fts5", ids: [4] })
          expect(yield* search("fox")).toMatchObject({ engine: "fts5", ids: [2] })
          expect(yield* search("badger")).toMatchObject({ engine: "fts5", ids: [4, 3] })
        })
      )
    })
  )
})

/** Configurations without the index. */
const degraded: ReadonlyArray<readonly [name: string, options: Omit<Started, "database">]> = [
  ...(hasNofts5 ? ([["a SQLite without FTS5", { binding: nofts5Binding }]] as const) : []),
  ["the fallback forced by setting", { engine: "fallback" }]
]

describe.each(degraded)("%s", (_, options) => {
  it.scopedLive("posts can be written and found, and are in the index when it returns", () =>
    Effect.gen(function* () {
      const { life } = yield* lives
      yield* life()(store(posts))
      yield* life(options)(
        Effect.gen(function* () {
          yield* store([
            note(1, "the first fox", { deletedAt: day }),
            note(2, "the second wolf"),
            note(4, "a fox of lean times")
          ])
          expect(yield* search("fox")).toMatchObject({ engine: "fallback", reduced: true, ids: [4] })
          expect(yield* search("wolf")).toMatchObject({ engine: "fallback", ids: [2] })
          const { status } = yield* SearchEngine
          expect((yield* eventually(status, ({ pending }) => pending > 0)).pending).toBe(3)
        })
      )
      yield* life()(
        Effect.gen(function* () {
          expect(yield* search("fox")).toMatchObject({ engine: "fts5", reduced: false, ids: [4] })
          expect(yield* search("wolf")).toMatchObject({ engine: "fts5", ids: [2] })
          expect(yield* search("badger")).toMatchObject({ engine: "fts5", ids: [3] })
        })
      )
    })
  )

  it.scopedLive("a blog that began without an index indexes everything once there is one", () =>
    Effect.gen(function* () {
      const { life } = yield* lives
      yield* life(options)(store(posts))
      yield* life()(
        Effect.gen(function* () {
          expect(yield* search("fox")).toMatchObject({ engine: "fts5", ids: [2, 1] })
        })
      )
    })
  )
})

it.scopedLive.skipIf(!hasNofts5)("without FTS5, one warning says what to do and where to read about it", () =>
  Effect.gen(function* () {
    const { life } = yield* lives
    const heard = yield* life({ binding: nofts5Binding })(Effect.zipRight(store(posts), warnings))
    expect(heard).toHaveLength(1)
    expect(heard[0]?.fields).toMatchObject({
      reason: "fts5_missing",
      documentation: "https://www.sqlite.org/fts5.html#compiling_and_using_fts5"
    })
  })
)

it.scopedLive("rows lost from the index are detected at the next start", () =>
  Effect.gen(function* () {
    const { database, life } = yield* lives
    yield* life()(store(posts))
    yield* vandalise(database, (raw) => raw.exec("DELETE FROM search_fts_1 WHERE rowid = 2"))
    yield* life()(
      Effect.gen(function* () {
        expect(yield* search("second")).toMatchObject({ engine: "fts5", ids: [2] })
      })
    )
  })
)

it.scopedLive("posts that another process queued are answered by the fallback until they are indexed", () =>
  Effect.gen(function* () {
    const { life } = yield* lives
    yield* life()(
      Effect.gen(function* () {
        yield* life({ engine: "fallback" })(store(posts))
        expect((yield* search("fox")).ids).toEqual([2, 1])
        yield* eventually(search("fox"), ({ engine }) => engine === "fts5")
        expect((yield* search("fox")).ids).toEqual([2, 1])
      })
    )
  })
)

it.scopedLive("reindex rebuilds documents and index, whatever was in them", () =>
  Effect.gen(function* () {
    const { database, life } = yield* lives
    yield* life()(
      Effect.gen(function* () {
        yield* store(posts)
        yield* vandalise(database, (raw) => raw.exec("UPDATE search_documents SET body = ' nonsense '"))
        const { reindex } = yield* SearchEngine
        expect(yield* reindex).toBe(3)
        expect(yield* search("fox")).toMatchObject({ engine: "fts5", ids: [2, 1] })
        expect((yield* search("nonsense")).ids).toEqual([])
        yield* life({ engine: "fallback" })(
          Effect.gen(function* () {
            expect((yield* search("fox")).ids).toEqual([2, 1])
          })
        )
      })
    )
  })
)

it.scopedLive("uses the fallback before maintenance begins, and indexes writes afterwards", () =>
  Effect.gen(function* () {
    const { life } = yield* lives
    yield* life({ begin: false })(
      Effect.gen(function* () {
        yield* store(posts)
        const { status } = yield* SearchEngine
        expect(yield* status).toMatchObject({ engine: "fallback", reason: "starting" })
        expect(yield* search("fox")).toMatchObject({ engine: "fallback", reduced: true, ids: [2, 1] })
        yield* Effect.flatMap(SearchUpkeep, ({ start }) => start)
        yield* answersBy("fts5")
        expect(yield* search("fox")).toMatchObject({ engine: "fts5", ids: [2, 1] })
      })
    )
  })
)

it.scopedLive("while switched off, search is refused, and new posts can be found once it is on again", () =>
  Effect.gen(function* () {
    const { life } = yield* lives
    yield* life({ enabled: false, begin: false })(
      Effect.gen(function* () {
        yield* store(posts)
        const failure = yield* Effect.flip(search("fox"))
        expect(failure).toMatchObject({ _tag: "SearchDisabled" })
      })
    )
    yield* life()(
      Effect.gen(function* () {
        expect(yield* search("fox")).toMatchObject({ engine: "fts5", ids: [2, 1] })
      })
    )
  })
)
