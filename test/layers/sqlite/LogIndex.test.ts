import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { openLogIndex } from "../../../layers/sqlite/revision/LogIndex.js"
import { databasePath } from "../../fixtures/Database.js"

/** Two connections to a database with one row, and the index of its log. */
const watched = Effect.gen(function* () {
  const path = yield* databasePath
  const open = Effect.acquireRelease(
    Effect.sync(() => new Database(path)),
    (database) => Effect.sync(() => database.close())
  )
  const [one, other] = [yield* open, yield* open]
  one.pragma("journal_mode = WAL")
  one.exec("CREATE TABLE a (b INTEGER); INSERT INTO a VALUES (1)")
  const index = yield* openLogIndex(path, undefined)
  return { path, one, other, index }
})

describe("LogIndex", () => {
  it.scoped("has another version after each commit of each connection", () =>
    Effect.gen(function* () {
      const { index, one, other } = yield* watched
      const seen = new Set([index.version()])
      for (let turn = 0; turn < 100; turn++) {
        const database = turn % 2 === 0 ? one : other
        database.exec("UPDATE a SET b = b + 1")
        seen.add(index.version())
        expect(index.version()).toBe([...seen].at(-1))
      }
      expect(seen.size).toBe(101)
      expect(seen.has(undefined)).toBe(false)
    })
  )

  it.scoped("keeps its version while others read, roll back and copy the log", () =>
    Effect.gen(function* () {
      const { index, one, other } = yield* watched
      const before = index.version()
      other.prepare("SELECT * FROM a").all()
      one.exec("BEGIN IMMEDIATE; UPDATE a SET b = 5; ROLLBACK")
      one.pragma("wal_checkpoint(PASSIVE)")
      expect(index.version()).toBe(before)
    })
  )

  it.scoped("has another version after a commit that follows a restart of the log", () =>
    Effect.gen(function* () {
      const { index, one, other } = yield* watched
      const before = index.version()
      one.pragma("wal_checkpoint(TRUNCATE)")
      other.exec("UPDATE a SET b = 7")
      expect(index.version()).not.toBe(before)
    })
  )

  it.scoped("is opened once for one file, because closing it would release the locks of the database", () =>
    Effect.gen(function* () {
      const { index, path } = yield* watched
      expect(yield* openLogIndex(path, index)).toBe(index)
    })
  )

  it.scoped("has a version that no other index has, so that nothing kept for one database counts for another", () =>
    Effect.gen(function* () {
      const [one, other] = [yield* watched, yield* watched]
      expect(one.index.version()).not.toBe(other.index.version())
    })
  )

  it.scoped("fails where the database has no log", () =>
    Effect.gen(function* () {
      const path = yield* databasePath
      expect((yield* Effect.either(openLogIndex(path, undefined)))._tag).toBe("Left")
    })
  )
})
