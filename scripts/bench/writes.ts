import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import { type Figure, median, reaching } from "./Figure.js"
import { postForms } from "./KeepAlive.js"
import { usually } from "./Scale.js"
import { cpuMillis, createToken, type Server, startStarPunk } from "./Server.js"

const rounds = usually(7, 2)
const windowMillis = usually(1_500, 200)
/** Notes in a window of the server, and before the first, so that its code is compiled. */
const notes = usually(240, 32)
const warmUp = usually(1_200, 32)
const writers = 16
const crowd = 100
const waveCount = usually(3, 1)

const text =
  "A note of some two hundred characters, as people write them every day: a thought, a place, a link to something that they have read, and a word about why it is worth reading for somebody else, too. The number is"

let serial = 0

const form = () =>
  `h=entry&category=bench&content=${encodeURIComponent(`${(serial++).toString(36)}. ${text} ${serial}`)}`

/** Notes in a window, and their CPU time in microseconds each. */
export interface Window {
  readonly perSecond: number
  readonly cpuMicros: number
}

/**
 * The minimum cost of a note: better-sqlite3 in one thread, with the durability of the server (WAL, `synchronous=FULL`)
 * and a transaction for each note. It looks for the slug, and stores the post, a tag, and a row of the full-text index.
 */
const bareWriter = () => {
  const folder = mkdtempSync(join(tmpdir(), "starpunk-bench-"))
  const database = new Database(join(folder, "bare.db"))
  database.pragma("journal_mode = WAL")
  database.pragma("synchronous = FULL")
  database.exec(`
    CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, properties TEXT NOT NULL, published_at INTEGER NOT NULL) STRICT;
    CREATE INDEX posts_published ON posts (published_at);
    CREATE TABLE post_tags (post_id INTEGER NOT NULL REFERENCES posts (id), tag TEXT NOT NULL, PRIMARY KEY (post_id, tag)) STRICT;
    CREATE VIRTUAL TABLE search USING fts5(text, content='', contentless_delete=1, tokenize='trigram case_sensitive 1');
  `)
  const find = database.prepare("SELECT 1 FROM posts WHERE slug = ?")
  const post = database.prepare("INSERT INTO posts (slug, properties, published_at) VALUES (?, ?, ?)")
  const tag = database.prepare("INSERT INTO post_tags VALUES (?, ?)")
  const index = database.prepare("INSERT INTO search (rowid, text) VALUES (?, ?)")
  let count = 0
  const create = database.transaction(() => {
    const content = `${(count++).toString(36)}. ${text} ${count}`
    const slug = `note-${count}`
    if (find.get(slug) !== undefined) throw new Error("a taken slug")
    const { lastInsertRowid: id } = post.run(slug, JSON.stringify({ content: [content] }), Date.now())
    tag.run(id, "bench")
    index.run(id, content)
  })
  return {
    window: (): Window => {
      const before = process.cpuUsage()
      const started = performance.now()
      let created = 0
      for (; performance.now() - started < windowMillis; created++) create()
      const { system, user } = process.cpuUsage(before)
      return { perSecond: (created * 1_000) / (performance.now() - started), cpuMicros: (system + user) / created }
    },
    close: () => {
      database.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** Posts `count` notes, 16 at once, with a header line for the token. */
export const serverWindow = async ({ child, url }: Server, headers: string, count = notes): Promise<Window> => {
  const pid = child.pid ?? 0
  const before = await cpuMillis(pid)
  const started = performance.now()
  await postForms(`${url}/micropub`, form, { connections: writers, expected: 201, headers, count })
  const elapsed = performance.now() - started
  return { perSecond: (count * 1_000) / elapsed, cpuMicros: (((await cpuMillis(pid)) - before) * 1_000) / count }
}

/** A process that uses one core completely, as on a small machine with other work. */
const busyCore = () => {
  const child = spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" })
  return () => child.kill("SIGKILL")
}

/** Number of notes of one crowd that were acknowledged, and how long the last of them took. */
const crowdOf = async (server: Server, token: string) => {
  const started = performance.now()
  const answers = await Promise.all(
    Array.from({ length: crowd }, async () => {
      const response = await fetch(`${server.url}/micropub`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/x-www-form-urlencoded" },
        body: form()
      })
      await response.arrayBuffer()
      return response.status === 201 ? response.headers.get("location") : undefined
    })
  )
  const millis = performance.now() - started
  return { locations: answers.filter((location) => typeof location === "string"), millis }
}

/** Slugs in the server's database, read by another process than the server. */
const storedSlugs = ({ directory }: Server): ReadonlySet<unknown> => {
  const database = new Database(join(directory, "data", "starpunk.db"), { readonly: true })
  const slugs = new Set(database.prepare("SELECT slug FROM posts").pluck().all())
  database.close()
  return slugs
}

const range = (values: ReadonlyArray<number>, digits: number) =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`

/** Micropub creates against bare better-sqlite3, in alternating windows, and a hundred at once beside a busy core. */
export const writes = async (): Promise<ReadonlyArray<Figure>> => {
  const server = await startStarPunk({ STARPUNK_RATE_LIMIT_ENABLED: "false" })
  const bare = bareWriter()
  let free = () => {}
  try {
    const token = await createToken(server)
    const headers = `Authorization: Bearer ${token}\r\n`
    await serverWindow(server, headers, warmUp)
    bare.window()
    const pairs: Array<{ readonly ours: Window; readonly bare: Window }> = []
    for (let round = 0; round < rounds; round++)
      pairs.push({ ours: await serverWindow(server, headers), bare: bare.window() })
    const ratios = pairs.map((pair) => pair.ours.perSecond / pair.bare.perSecond)
    const cpu = pairs.map(({ ours }) => ours.cpuMicros)
    const stop = busyCore()
    free = stop
    const waves = []
    for (let round = 0; round < waveCount; round++) waves.push(await crowdOf(server, token))
    const stored = storedSlugs(server)
    const locations = waves.flatMap(({ locations }) => locations)
    const lost = locations.filter((location) => !stored.has(location.slice(location.lastIndexOf("/") + 1)))
    return [
      reaching(
        "creates",
        ratios,
        `${range(
          pairs.map(({ ours }) => ours.perSecond),
          0
        )} and ${range(
          pairs.map((pair) => pair.bare.perSecond),
          0
        )} a second; CPU µs a note ${range(cpu, 0)} and ${range(
          pairs.map((pair) => pair.bare.cpuMicros),
          0
        )}`
      ),
      // The worst of the crowds counts: all of them have to be acknowledged.
      reaching(
        "createsAtOnce",
        [Math.min(...waves.map(({ locations }) => locations.length))],
        `${waves.map(({ locations }) => locations.length).join(", ")} acknowledged; the last after ${range(
          waves.map(({ millis }) => millis),
          0
        )} ms`
      ),
      {
        name: "acknowledged creates that are not stored",
        figure: `${lost.length} of ${locations.length}`,
        target: "0",
        ok: lost.length === 0
      }
    ]
  } finally {
    free()
    bare.close()
    await server.stop()
  }
}
