import { existsSync } from "node:fs"
import Database from "better-sqlite3"
import { expect } from "vitest"
import type { Program } from "../program/Program.js"
import type { Acknowledged } from "./Witness.js"

/** Exit codes that the documentation names; 137 is what a shell says of SIGKILL, which Node tells as `null`. */
export const documentedExits: ReadonlyArray<number | null> = [0, 1, 70, 78, 143, null]

/** What the oracle counted. */
export interface Verdict {
  readonly acknowledged: number
  readonly stored: number
}

const slugOf = ({ location }: Acknowledged) => location.slice(location.lastIndexOf("/") + 1)

/** Opens the file as somebody else would, and looks at what it holds. */
const inspect = (path: string, acknowledged: ReadonlyArray<Acknowledged>): Verdict => {
  const database = new Database(path, { readonly: false, timeout: 5_000 })
  try {
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok")
    expect(database.pragma("foreign_key_check")).toEqual([])
    const slugs = new Set(database.prepare("SELECT slug FROM posts").pluck().all())
    const lost = acknowledged.filter((note) => !slugs.has(slugOf(note)))
    expect(lost, "acknowledged notes that are not stored").toEqual([])
    const unindexed = database
      .prepare("SELECT count(*) FROM posts WHERE id NOT IN (SELECT post_id FROM search_documents)")
      .pluck()
      .get()
    expect(unindexed, "posts that search knows nothing of").toBe(0)
    const indexes = database
      .prepare("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
      .pluck()
      .all()
    for (const name of indexes) database.prepare(`INSERT INTO "${name}" ("${name}") VALUES ('integrity-check')`).run()
    return { acknowledged: acknowledged.length, stored: slugs.size }
  } finally {
    database.close()
  }
}

/** Every note that was acknowledged can be read at its address, and found by its own word. */
const readable = async (program: Program, acknowledged: ReadonlyArray<Acknowledged>, sample: number) => {
  const step = Math.max(1, Math.floor(acknowledged.length / sample))
  for (let n = 0; n < acknowledged.length; n += step) {
    const note = acknowledged[n]
    if (note === undefined) continue
    const page = await fetch(`${program.url}${new URL(note.location).pathname}`)
    expect(page.status, note.location).toBe(200)
    expect(await page.text()).toContain(note.word)
    const found = await fetch(`${program.url}/api/search?q=${note.word}`)
    expect(found.status).toBe(200)
    expect(JSON.stringify(await found.json()), `search for ${note.word}`).toContain(slugOf(note))
  }
}

/**
 * What must hold after every fault, whatever it was: every acknowledged note is stored, readable and found; the file is
 * sound, its references and its search index too; every line of the log is one; and the server, stopped, ends with 0.
 */
export const oracle = async (
  program: Program,
  acknowledged: ReadonlyArray<Acknowledged>,
  { databasePath = program.databasePath, sample = 20 } = {}
): Promise<Verdict> => {
  await readable(program, acknowledged, sample)
  expect(() => program.log).not.toThrow()
  expect(await program.stop()).toBe(0)
  expect(existsSync(databasePath)).toBe(true)
  return inspect(databasePath, acknowledged)
}
