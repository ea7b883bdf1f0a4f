import { existsSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import Database from "better-sqlite3"
import { expect } from "vitest"
import type { Program } from "../program/Program.js"
import type { Acknowledged, Witness } from "./Witness.js"

/** Exit codes of a process that ends by itself, as in docs/architecture.md. */
export const documentedExits: ReadonlyArray<number | null> = [0, 1, 70, 78]

/** Counts of the oracle. */
export interface Verdict {
  readonly acknowledged: number
  readonly stored: number
}

const slugOf = ({ location }: Acknowledged) => location.slice(location.lastIndexOf("/") + 1)

/** Checks that every file of the table exists completely, and that every file of a post is in the table. */
const inspectMedia = (database: Database.Database, directory: string) => {
  const rows = database
    .prepare<[], { readonly name: string; readonly size: number }>("SELECT name, byte_length AS size FROM media")
    .all()
  for (const { name, size } of rows) {
    const path = join(directory, name.slice(0, 2), name)
    expect(statSync(path, { throwIfNoEntry: false })?.size, `bytes of ${name}`).toBe(size)
  }
  const names = new Set(rows.map(({ name }) => name.slice(0, 32)))
  const texts = database.prepare<[], string>("SELECT properties FROM posts").pluck().all()
  const shown = texts.flatMap((text) => [...text.matchAll(/\/media\/([0-9a-f]{32})/g)].map(([, id]) => id ?? ""))
  expect(
    shown.filter((id) => !names.has(id)),
    "files that posts show and nobody has"
  ).toEqual([])
}

/** Opens the database from another process, and checks its content. */
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
    inspectMedia(database, join(dirname(path), "media"))
    return { acknowledged: acknowledged.length, stored: slugs.size }
  } finally {
    database.close()
  }
}

/**
 * Checks that every acknowledged note is readable at its address and found by its own word, and every file is readable.
 */
const readable = async (program: Program, { acknowledged, uploaded }: Witness, sample: number) => {
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
  for (const location of uploaded) {
    const file = await fetch(location)
    const bytes = await file.arrayBuffer()
    expect(file.status, location).toBe(200)
    expect(bytes.byteLength, location).toBeGreaterThan(0)
  }
}

/**
 * What must hold after every fault, whatever it was: every acknowledged note is stored, readable and found; every
 * acknowledged file is there, and every file that a record or a post names; the database is sound, its references and its
 * search index too; every line of the log is one; and the server, stopped, ends with 0.
 */
export const oracle = async (
  program: Program,
  witness: Witness,
  { databasePath = program.databasePath, sample = 20 } = {}
): Promise<Verdict> => {
  await readable(program, witness, sample)
  expect(() => program.log).not.toThrow()
  expect(await program.stop()).toBe(0)
  expect(existsSync(databasePath)).toBe(true)
  return inspect(databasePath, witness.acknowledged)
}
