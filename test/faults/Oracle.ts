import { existsSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { Effect } from "effect"
import { expect } from "vitest"
import { damageIn, usingDatabase, valuesOf } from "../fixtures/StoredDatabase.js"
import type { Program } from "../program/Program.js"
import type { Acknowledged, Witness } from "./Witness.js"

/** Exit codes of a process that ends by itself, as in docs/architecture.md. */
export const documentedExits: ReadonlyArray<number | null> = [0, 1, 70, 78]

/** Counts of the oracle. */
export interface Verdict {
  readonly acknowledged: number
  readonly stored: number
}

export const slugOf = ({ location }: Acknowledged) => location.slice(location.lastIndexOf("/") + 1)

/** Checks that every file of the table exists completely, and that every file of a post is in the table. */
const inspectMedia = (
  rows: ReadonlyArray<{ readonly name: string; readonly size: number }>,
  texts: ReadonlyArray<unknown>,
  directory: string
) => {
  for (const { name, size } of rows) {
    const path = join(directory, name.slice(0, 2), name)
    expect(statSync(path, { throwIfNoEntry: false })?.size, `bytes of ${name}`).toBe(size)
  }
  const names = new Set(rows.map(({ name }) => name.slice(0, 32)))
  const shown = texts.flatMap((text) =>
    [...String(text).matchAll(/\/media\/([0-9a-f]{32})/g)].map(([, id]) => id ?? "")
  )
  expect(
    shown.filter((id) => !names.has(id)),
    "files that posts show and that no record has"
  ).toEqual([])
}

/** Opens the database from another process, through another client, and checks its content. */
const inspect = (path: string, acknowledged: ReadonlyArray<Acknowledged>): Promise<Verdict> =>
  usingDatabase(path, (sql) =>
    Effect.gen(function* () {
      expect(yield* damageIn(sql), "damage of the database").toEqual([])
      const slugs = new Set(yield* valuesOf(sql, "SELECT slug FROM posts"))
      const lost = acknowledged.filter((note) => !slugs.has(slugOf(note)))
      expect(lost, "acknowledged notes that are not stored").toEqual([])
      const unindexed = yield* valuesOf(
        sql,
        "SELECT id FROM posts WHERE id NOT IN (SELECT post_id FROM search_documents)"
      )
      expect(unindexed, "posts that the search does not know").toEqual([])
      const indexes = yield* valuesOf(sql, "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
      // Fails if the index does not match its content.
      for (const name of indexes) yield* sql.unsafe(`INSERT INTO "${name}" ("${name}") VALUES ('integrity-check')`)
      const files = yield* sql<{ readonly name: string; readonly size: number }>`
        SELECT name, byte_length AS size FROM media`
      inspectMedia(files, yield* valuesOf(sql, "SELECT properties FROM posts"), join(dirname(path), "media"))
      return { acknowledged: acknowledged.length, stored: slugs.size }
    })
  )

/**
 * Checks that every acknowledged note is readable at its address and found by its own word, and every file is readable.
 */
export const readable = async (program: Pick<Program, "url">, { acknowledged, uploaded }: Witness, sample: number) => {
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
 * acknowledged file is there, and every file that a record or a post names; the database, its references and its search
 * index are valid; every line of the log is one; and the server, stopped, ends with 0.
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
