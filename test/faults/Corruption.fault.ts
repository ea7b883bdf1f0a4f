import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs"
import { setTimeout as wait } from "node:timers/promises"
import Database from "better-sqlite3"
import { expect, it } from "vitest"
import { nofts5Binding } from "../fixtures/Nofts5.js"
import { faultSite, isLong } from "./FaultSite.js"
import { documentedExits } from "./Oracle.js"
import { conclude } from "./Row.js"
import type { Witness } from "./Witness.js"

const pageSize = 4096

const only = (seen: ReadonlyArray<string>, allowed: ReadonlyArray<string>) =>
  expect(seen.filter((kind) => !allowed.includes(kind))).toEqual([])

const notes = async (witness: Witness, count: number) => {
  for (let n = 0; n < count; n++) expect((await witness.write()).status).toBe(201)
}

/** Overwrites a page of the file under a running server. */
const damage = (path: string, page: number) => {
  const file = openSync(path, "r+")
  writeSync(file, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (page - 1) * pageSize)
  closeSync(file)
}

/** Checks the file from another process, after a checkpoint. */
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

it("a damaged page in the table of posts", async () => {
  const site = await faultSite()
  const { program, witness } = site
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
    const fault = "a damaged page in the table of posts"
    await conclude(site, { kind: "Corruption", fault, recovered, ends: "a restored backup" })
  } finally {
    await program.dispose()
  }
})

it("a damaged full-text index", async () => {
  const site = await faultSite()
  const { program, witness } = site
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
    const recovered = await witness.writesAgain()
    const ends = "nothing: the index is rebuilt, and the fallback answers meanwhile"
    await conclude(site, { kind: "Corruption", fault: "a damaged full-text index", recovered, ends })
  } finally {
    await program.dispose()
  }
})

/** Damages one page after another, each with its own start. */
const pages = isLong ? 60 : 15

it("a damaged page, whichever it is", { timeout: 1_200_000 }, async () => {
  const site = await faultSite()
  const { program, witness } = site
  const { databasePath: path } = program
  try {
    await program.start()
    await notes(witness, 60)
    expect(await program.stop()).toBe(0)
    const sound = readFileSync(path)
    const count = sound.length / pageSize
    const tried = new Set(Array.from({ length: pages }, (_, n) => 2 + Math.floor((n * (count - 2)) / pages)))
    const known = witness.acknowledged.slice()
    let refusedStarts = 0
    for (const page of tried) {
      damage(path, page)
      const { code, stderr, stdout } = await program.run(["db", "check", "--json"])
      await program.launch()
      if ((await program.readyOrEnded()) === "ended") {
        // Damage in a page that the start itself reads.
        expect(documentedExits).toContain(await program.ended())
        refusedStarts++
      } else {
        for (const { location, word } of known) {
          const seen = await witness.read(new URL(location).pathname)
          // The post's own text or an error: never another's, and never half of a page.
          if (seen.status === 200) expect(seen.body, `note ${word} with page ${page} damaged`).toContain(word)
          else expect(seen, `note ${word} with page ${page} damaged`).toMatchObject({ code: "database.corrupt" })
        }
        for (const address of ["/", "/feed.rss", "/api/search?q=note"]) await witness.read(address)
        await witness.write()
        await witness.probe()
        expect(documentedExits).toContain(await program.stop())
      }
      // A page that is unused or rebuilt is no damage.
      if (code !== 0) expect(stdout + stderr, `of page ${page}`).toMatch(/corrupt|damage/i)
      for (const suffix of ["-wal", "-shm"]) rmSync(`${path}${suffix}`, { force: true })
      writeFileSync(path, sound)
    }
    only([...witness.reads.kinds, ...witness.writes.kinds], ["200", "201", "503 database.corrupt"])
    expect(witness.live.kinds).toEqual(["200"])
    // Notes written into the damaged file were lost when the intact one was put back.
    witness.acknowledged.splice(0, witness.acknowledged.length, ...known)
    await program.start()
    const recovered = await witness.writesAgain()
    expect(refusedStarts).toBeLessThan(tried.size)
    const fault = "a damaged page anywhere in the file"
    const ends = "a restored backup; until then undamaged data is served, and damaged data is refused"
    await conclude(site, { kind: "Corruption", fault, times: tried.size, recovered, ends })
  } finally {
    await program.dispose()
  }
})

it("a database file that was moved away", async () => {
  const site = await faultSite()
  const { program, witness } = site
  const { databasePath: path } = program
  try {
    await program.start()
    await notes(witness, 20)
    renameSync(path, `${path}.away`)
    expect(await witness.write(), "a note that would be written to nowhere").toMatchObject({
      status: 503,
      code: "database.unavailable"
    })
    await witness.readyWhen(({ status }) => status === 503, 30_000)
    expect(existsSync(path), "an empty database in its place").toBe(false)
    renameSync(`${path}.away`, path)
    const recovered = await witness.writesAgain()
    await witness.readyWhen(({ code }) => code === "healthy")
    const fault = "the database file is moved away while the server runs"
    const ends = "moving the file back; the next write succeeds"
    await conclude(site, { kind: "Corruption", fault, recovered, ends })
  } finally {
    await program.dispose()
  }
})

it("another database in the place of the database", async () => {
  const site = await faultSite()
  const { program, witness } = site
  const { databasePath: path } = program
  try {
    await program.start()
    await notes(witness, 20)
    fromOutside(path, (database) => database.exec(`VACUUM INTO '${path}.other'`))
    renameSync(path, `${path}.away`)
    renameSync(`${path}.other`, path)
    for (let n = 0; n < 5; n++) {
      expect(await witness.write(), "a note for a file that nobody will open again").toMatchObject({
        status: 503,
        code: "database.unavailable"
      })
    }
    await witness.readyWhen(({ status }) => status === 503, 30_000)
    expect(await program.stop()).toBe(0)
    // The log beside it belongs to the missing file.
    for (const suffix of ["-wal", "-shm"]) rmSync(`${path}${suffix}`, { force: true })
    await program.start()
    const recovered = await witness.writesAgain()
    const fault = "another database file replaces the open one"
    const ends = "a start; until then no note is accepted into the old file"
    await conclude(site, { kind: "Corruption", fault, recovered, ends })
  } finally {
    await program.dispose()
  }
})

it("a SQLite without FTS5 on a database with an FTS5 index", async () => {
  const site = await faultSite()
  const { program, witness } = site
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
    const fault = "a SQLite without FTS5 opens a database that has an FTS5 index"
    const ends = "a start with FTS5, which indexes posts written meanwhile"
    await conclude(site, { kind: "Corruption", fault, recovered, ends })
  } finally {
    await program.dispose()
  }
})
