import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from "node:fs"
import { setTimeout as wait } from "node:timers/promises"
import Database from "better-sqlite3"
import { expect, it } from "vitest"
import { nofts5Binding } from "../Nofts5.js"
import { faultSite } from "./FaultSite.js"
import { oracle } from "./Oracle.js"
import { record } from "./Row.js"
import type { Witness } from "./Witness.js"

const pageSize = 4096

const notes = async (witness: Witness, count: number) => {
  for (let n = 0; n < count; n++) expect((await witness.write()).status).toBe(201)
}

/** Overwrites a page of the file under a running server. */
const damage = (path: string, page: number) => {
  const file = openSync(path, "r+")
  writeSync(file, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (page - 1) * pageSize)
  closeSync(file)
}

/** Somebody else's look at the file, its log folded in. */
const fromOutside = <A>(path: string, look: (database: Database.Database) => A): A => {
  const database = new Database(path, { timeout: 5_000 })
  try {
    database.pragma("wal_checkpoint(TRUNCATE)")
    return look(database)
  } finally {
    database.close()
  }
}

const rootPage = (database: Database.Database, name: string) =>
  Number(database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").pluck().get(name))

it("a damaged page in the table of the posts", async () => {
  const { program, witness } = await faultSite()
  try {
    await program.start()
    await notes(witness, 100)
    await program.stop()
    const { databasePath: path } = program
    const { page, whole } = fromOutside(path, (database) => ({
      page: rootPage(database, "posts"),
      whole: database.serialize()
    }))
    damage(path, page)
    await program.start()
    for (const { location, word } of witness.acknowledged.slice(0, 20)) {
      const seen = await witness.read(new URL(location).pathname)
      expect(seen, word).toMatchObject({ status: 503, code: "database.corrupt" })
    }
    await witness.write()
    await witness.probe()
    expect(witness.live.kinds).toEqual(["200"])
    expect(await program.stop()).toBe(0)
    for (const suffix of ["-wal", "-shm"]) rmSync(`${path}${suffix}`, { force: true })
    const file = openSync(path, "w")
    writeSync(file, whole)
    closeSync(file)
    await program.start()
    const recovered = await witness.writesAgain()
    const { log } = program
    const verdict = await oracle(program, witness.acknowledged)
    const fault = "a damaged page in the table of the posts"
    await record({ kind: "Corruption", fault, recovered, ends: "a restored backup" }, witness, log, verdict)
  } finally {
    await program.dispose()
  }
})

it("a damaged full-text index", async () => {
  const { program, witness } = await faultSite()
  try {
    await program.start()
    await notes(witness, 100)
    fromOutside(program.databasePath, (database) => {
      const data = database
        .prepare("SELECT name FROM sqlite_schema WHERE name LIKE '%\\_data' ESCAPE '\\'")
        .pluck()
        .get()
      expect(data).toBeTypeOf("string")
      database.unsafeMode()
      database.exec(`UPDATE "${data}" SET block = zeroblob(64) WHERE id > 10`)
    })
    for (let n = 0; n < 5; n++) await witness.read("/api/search?q=note")
    await notes(witness, 5)
    expect(witness.reads.kinds).toEqual(["200"])
    await witness.probe()
    const since = performance.now()
    for (;;) {
      const answer = await fetch(`${program.url}/api/search?q=note`)
      await answer.arrayBuffer()
      if (answer.headers.get("x-search-engine") === "fts5") break
      expect(performance.now() - since, "milliseconds until the index is whole again").toBeLessThan(60_000)
      await wait(100)
    }
    const { log } = program
    const recovered = await witness.writesAgain()
    const verdict = await oracle(program, witness.acknowledged)
    const ends = "by itself: the index is made anew, and until then the fallback answers"
    await record({ kind: "Corruption", fault: "a damaged full-text index", recovered, ends }, witness, log, verdict)
  } finally {
    await program.dispose()
  }
})

it("another file in the place of the database", async () => {
  const { program, witness } = await faultSite()
  const { databasePath: path } = program
  try {
    await program.start()
    await notes(witness, 20)
    renameSync(path, `${path}.away`)
    const since = performance.now()
    while (!witness.ready.kinds.some((kind) => kind.startsWith("503"))) {
      await witness.probe()
      expect(performance.now() - since, "milliseconds until it is noticed").toBeLessThan(30_000)
      await wait(100)
    }
    expect(existsSync(path), "an empty database in its place").toBe(false)
    renameSync(`${path}.away`, path)
    const recovered = await witness.writesAgain()
    const { log } = program
    const verdict = await oracle(program, witness.acknowledged)
    const fault = "the database file is moved away while the server runs"
    const ends = "the file back in its place; the next write succeeds"
    await record({ kind: "Corruption", fault, recovered, ends }, witness, log, verdict)
  } finally {
    await program.dispose()
  }
})

it("a SQLite without FTS5 on a database with an FTS5 index", async () => {
  const { program, witness } = await faultSite()
  try {
    await program.start()
    await notes(witness, 20)
    await program.stop()
    await program.start({ STARPUNK_SQLITE_BINDING: nofts5Binding })
    await notes(witness, 20)
    for (const path of ["/", "/search?q=note", "/api/search?q=note"]) await witness.read(path)
    await witness.probe()
    expect(witness.reads.kinds).toEqual(["200"])
    await program.stop()
    await program.start()
    const recovered = await witness.writesAgain()
    const { log } = program
    const verdict = await oracle(program, witness.acknowledged)
    const fault = "a SQLite without FTS5 opens a database that has an FTS5 index"
    const ends = "a start with FTS5; what was written meanwhile is indexed"
    await record({ kind: "Corruption", fault, recovered, ends }, witness, log, verdict)
  } finally {
    await program.dispose()
  }
})
