import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import { rendererVersion } from "../../src/domain/posts/Rendering.js"
import { entry } from "./Server.js"

/** Settings of a bench on the given data directory, without rate limits. */
export const settingsOf = (dataPath: string) => ({
  STARPUNK_DATA_PATH: dataPath,
  STARPUNK_RATE_LIMIT_ENABLED: "false"
})

/** Exit code and output of a command. */
export interface Ended {
  readonly code: number | null
  readonly output: string
}

/** Runs a command of the bundle to its end. */
const command = async (
  args: ReadonlyArray<string>,
  environment: Readonly<Record<string, string | undefined>>
): Promise<Ended> => {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"]
  })
  let output = ""
  const take = (chunk: Buffer) => {
    output += chunk
  }
  child.stdout.on("data", take)
  child.stderr.on("data", take)
  const [code] = await once(child, "close")
  return { code, output }
}

/** Runs a command of the bundle and throws unless its exit code is 0. */
export const succeed = async (...given: Parameters<typeof command>): Promise<string> => {
  const { code, output } = await command(...given)
  if (code !== 0) throw new Error(`${given[0].join(" ")} ended with ${code}:\n${output}`)
  return output.trim()
}

/** Creates an empty temporary data directory; the bench removes it. */
export const dataDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), "starpunk-bench-"))

const words =
  "a note that says little of the weather and more of the garden bees wind late light river stone bread".split(" ")

/** A text of 40 words, different for each note and the same in every run. */
const text = (id: number): string =>
  Array.from({ length: 40 }, (_, place) => words[(id * 7919 + place * 104_729) % words.length]).join(" ")

/**
 * Inserts notes and their renderings into the database of a stopped site, then builds the search index with `starpunk
 * reindex`. Without renderings, a server would make them during the bench.
 */
export const addNotes = async (dataPath: string, notes: number): Promise<void> => {
  await succeed(["sessions", "cleanup"], settingsOf(dataPath))
  const database = new Database(join(dataPath, "starpunk.db"))
  const insert = database.prepare(
    `INSERT INTO posts (slug, type, properties, status, visibility, published_at, created_at, updated_at)
     VALUES (?, 'entry', ?, 'published', 'public', ?, ?, ?)`
  )
  const render = database.prepare(
    `INSERT INTO post_renderings (post_id, version, state, is_listed_whole, opening, listed, html, text)
     VALUES (?, ?, 'rendered', 1, ?, '{}', ?, ?)`
  )
  database.transaction(() => {
    for (let id = 0; id < notes; id++) {
      const at = Date.UTC(2025, 0, 1) + id * 60_000
      const content = `${text(id)} ${id}`
      const { lastInsertRowid } = insert.run(`bench-${id}`, JSON.stringify({ content: [content] }), at, at, at)
      render.run(lastInsertRowid, rendererVersion, content, `<p>${content}</p>\n`, content)
    }
  })()
  database.close()
  await succeed(["reindex"], settingsOf(dataPath))
}

/** Inserts expired sessions into a site's database, as years of logins leave them. */
export const addExpiredSessions = (dataPath: string, count: number): void => {
  const database = new Database(join(dataPath, "starpunk.db"))
  const insert = database.prepare(
    `INSERT INTO sessions
     (token_hash, id, owner, created_at, last_used_at, expires_at, ends_at, user_agent, address)
     VALUES (?, ?, 'https://me.example/', ?, ?, ?, ?, ?, '192.0.2.7')`
  )
  const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
  database.transaction(() => {
    for (let n = 0; n < count; n++) {
      const at = Date.UTC(2025, 0, 1) + n * 1_000
      insert.run(randomBytes(32), randomBytes(8).toString("hex"), at, at, at + 1_000, at + 2_000, browser)
    }
  })()
  database.close()
}
