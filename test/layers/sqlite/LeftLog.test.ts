import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { applicationId } from "../../../layers/sqlite/pool/ApplicationId.js"
import { Connection } from "../../../layers/sqlite/pool/Connection.js"
import { judge } from "../../../layers/sqlite/pool/LeftLog.js"

/** Where waiting for the disk costs nothing. */
const memory = existsSync("/dev/shm") ? "/dev/shm" : tmpdir()

describe("O4: a log beside a database", () => {
  let directory: string
  let count = 0

  beforeAll(async () => {
    directory = await mkdtemp(join(memory, "starpunk-log-"))
  })

  afterAll(() => rm(directory, { recursive: true, force: true }))

  const freshPath = () => join(directory, `${count++}.db`)

  const run = (connection: Connection, sql: string) =>
    connection.execute({ sql, params: [], shape: "rows", safeIntegers: false, prepared: false, scope: "any" })

  const commit = (connection: Connection, sql: string) => {
    connection.begin()
    run(connection, sql)
    connection.commit()
  }

  /** A StarPunk database as the server opens it; checkpoints run only when the test requests them. */
  const site = (path = freshPath()) => {
    const connection = Connection.open({
      path,
      role: "writer",
      create: true,
      busyTimeoutMillis: 0,
      synchronous: "normal",
      checkpoints: "external"
    })
    return {
      path,
      close: () => connection.close(),
      run: (sql: string) => run(connection, sql),
      commit: (sql: string) => commit(connection, sql),
      note: (text: string) => commit(connection, `INSERT INTO notes (text) VALUES ('${text}')`),
      fold: (mode: string) => run(connection, `PRAGMA wal_checkpoint(${mode})`),
      /** Copies the files that a kill would leave. */
      left: async () => {
        const copy = freshPath()
        await copyFile(path, copy)
        if (existsSync(`${path}-wal`)) await copyFile(`${path}-wal`, `${copy}-wal`)
        return copy
      }
    }
  }

  const siteWithNotes = () => {
    const here = site()
    here.commit("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
    here.note("first")
    here.fold("TRUNCATE")
    return here
  }

  const notesIn = (path: string) => {
    const database = new Database(path)
    const notes = database.prepare("SELECT text FROM notes ORDER BY id").pluck().all()
    database.close()
    return notes
  }

  it("fits the database that it was written for, whatever part of it was checkpointed", async () => {
    const here = siteWithNotes()
    const base = freshPath()
    await copyFile(here.path, base)
    expect((await judge(await here.left()))._tag).toBe("Fits")
    here.note("second")
    expect((await judge(await here.left()))._tag).toBe("Fits")
    // A copy from the last checkpoint is equivalent.
    await copyFile(`${here.path}-wal`, `${base}-wal`)
    expect((await judge(base))._tag).toBe("Fits")
    expect(notesIn(base)).toEqual(["first", "second"])
    here.fold("PASSIVE")
    expect((await judge(await here.left()))._tag).toBe("Fits")
    here.note("third")
    expect((await judge(await here.left()))._tag).toBe("Fits")
    here.close()
  })

  it("does not fit an older copy of it, and says by how much it is older", async () => {
    const here = siteWithNotes()
    const older = freshPath()
    await copyFile(here.path, older)
    for (const text of ["second", "third", "fourth"]) here.note(text)
    here.fold("TRUNCATE")
    here.note("fifth")
    await copyFile(`${here.path}-wal`, `${older}-wal`)
    expect(await judge(older)).toEqual({
      _tag: "Mismatch",
      detail: "the database is older than its log by 3 transactions"
    })
    here.close()
  })

  it("does not fit another site's database, an empty one, or a file that is no database", async () => {
    const here = siteWithNotes()
    here.note("second")
    const left = await here.left()
    const other = siteWithNotes()
    other.fold("TRUNCATE")
    await copyFile(other.path, left)
    expect((await judge(left))._tag).toBe("Mismatch")
    const empty = new Database(freshPath())
    empty.exec("VACUUM")
    await copyFile(empty.name, left)
    expect((await judge(left))._tag).toBe("Mismatch")
    await writeFile(left, "no database at all ".repeat(1_000))
    expect((await judge(left))._tag).toBe("Mismatch")
    for (const open of [here, other, empty]) open.close()
  })

  it("fits where nothing can be mixed: no log, an empty one, one that SQLite does not read", async () => {
    const here = siteWithNotes()
    const left = await here.left()
    for (const log of ["", "x", "\0".repeat(100_000)]) {
      await writeFile(`${left}-wal`, log)
      expect((await judge(left))._tag).toBe("Fits")
    }
    here.close()
  })

  it("is reported, in every order of commits, checkpoints and copies, whenever it would change what a copy holds", async () => {
    const verdicts = new Set<string>()
    for (let seed = 1; seed <= 12; seed++) {
      let state = seed * 2_654_435_761
      const random = (below: number) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
        return Math.floor((state / 2 ** 32) * below)
      }
      const here = siteWithNotes()
      const copies: Array<string> = []
      for (let step = 0; step < 30; step++) {
        const action = random(10)
        if (action < 5) here.note(`${step} ${"x".repeat(random(3) * 3_000)}`)
        else if (action < 6) here.commit("DELETE FROM notes WHERE id % 3 = 0")
        else if (action < 7) here.commit(`CREATE TABLE t${step} (a)`)
        else if (action < 9) here.fold(["PASSIVE", "RESTART", "TRUNCATE"][random(3)] ?? "PASSIVE")
        else {
          const copy = freshPath()
          await copyFile(here.path, copy)
          copies.push(copy)
        }
      }
      here.note("last")
      const now = await here.left()
      expect((await judge(now))._tag).toBe("Fits")
      for (const copy of copies) {
        await copyFile(`${here.path}-wal`, `${copy}-wal`)
        const verdict = await judge(copy)
        verdicts.add(verdict._tag)
        if (verdict._tag === "Fits") expect(notesIn(copy)).toEqual(notesIn(await here.left()))
      }
      here.close()
    }
    expect(verdicts).toEqual(new Set(["Fits", "Mismatch"]))
  })

  it("of a database without a commit counter is judged by SQLite's own counter, and left undecided otherwise", async () => {
    const path = freshPath()
    const open = () => {
      const database = new Database(path)
      database.pragma("journal_mode = WAL")
      database.pragma("wal_autocheckpoint = 0")
      return database
    }
    let database = open()
    database.exec("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO notes (text) VALUES ('first')")
    database.pragma("wal_checkpoint(TRUNCATE)")
    const older = freshPath()
    await copyFile(path, older)
    database.exec("CREATE TABLE more (a); INSERT INTO notes (text) VALUES ('second')")
    const left = freshPath()
    await copyFile(path, left)
    await copyFile(`${path}-wal`, `${left}-wal`)
    expect((await judge(left))._tag).toBe("Unknown")
    for (let round = 0; round < 3; round++) {
      database.close()
      database = open()
      database.exec(`VACUUM; CREATE TABLE t${round} (a)`)
    }
    await copyFile(`${path}-wal`, `${older}-wal`)
    expect((await judge(older))._tag).toBe("Mismatch")
    database.close()
  })

  it("fits a database whose commit counter has just begun", async () => {
    const path = freshPath()
    const database = new Database(path)
    database.pragma(`application_id = ${applicationId}`)
    database.exec("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
    database.close()
    const here = site(path)
    here.note("first")
    expect((await judge(await here.left()))._tag).toBe("Unknown")
    here.fold("TRUNCATE")
    here.note("second")
    expect((await judge(await here.left()))._tag).toBe("Fits")
    here.close()
  })

  it("does not grow by transactions that change nothing", () => {
    const here = siteWithNotes()
    const pages = () => Object.values(Object(here.fold("NOOP")))[0]
    const before = pages()
    here.commit("DELETE FROM notes WHERE id = 99")
    expect(pages()).toEqual(before)
    here.note("second")
    expect(pages()).not.toEqual(before)
    here.close()
  })

  it("is never reported beside a server that writes and checkpoints meanwhile", async () => {
    const here = siteWithNotes()
    here.close()
    const script = `
      import { Connection } from ${JSON.stringify(new URL("../../../layers/sqlite/pool/Connection.js", import.meta.url).href)}
      const connection = Connection.open({ path: process.argv[1], role: "writer", create: false, busyTimeoutMillis: 0,
        synchronous: "normal", checkpoints: "own" })
      const run = (sql) => connection.execute({ sql, params: [], shape: "rows", safeIntegers: false, prepared: false, scope: "any" })
      process.on("disconnect", () => process.exit())
      process.send("writing")
      const round = () => {
        for (let count = 0; count < 20; count++) {
          connection.begin(); run("INSERT INTO notes (text) VALUES ('x')"); connection.commit()
        }
        run("PRAGMA wal_checkpoint(" + (Math.random() < 0.5 ? "RESTART" : "PASSIVE") + ")")
        setImmediate(round)
      }
      round()`
    const writer = spawn(process.execPath, ["--input-type=module", "-e", script, here.path], {
      stdio: ["ignore", "inherit", "inherit", "ipc"]
    })
    await once(writer, "message")
    const seen = new Set<string>()
    for (let look = 0; look < 300; look++) seen.add((await judge(here.path))._tag)
    writer.kill("SIGKILL")
    await once(writer, "exit")
    // A log that is restarted faster than it can be read gives no result.
    expect(seen).not.toContain("Mismatch")
    expect((await judge(here.path))._tag).toBe("Fits")
  })
})
