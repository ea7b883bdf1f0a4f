/**
 * A baseline: `node:http` and better-sqlite3 in one thread, which make a page from stored parts, as one would write it by
 * hand. The database has the HTML of each note; the layout is in memory.
 */
import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import Database from "better-sqlite3"

/** The parts of a page, see `pageParts` in `cold.ts`. */
interface Parts {
  readonly before: string
  readonly entries: ReadonlyArray<string>
  readonly after: string
}

const { after, before, entries }: Parts = JSON.parse(readFileSync(process.env.BENCH_BODY ?? "", "utf8"))
const database = new Database("notes.db")
database.pragma("journal_mode = WAL")
database.exec(`CREATE TABLE notes (id INTEGER PRIMARY KEY, published_at INTEGER NOT NULL, html TEXT NOT NULL);
  CREATE INDEX notes_by_time ON notes (published_at DESC)`)
const insert = database.prepare("INSERT INTO notes (published_at, html) VALUES (?, ?)")
for (const [place, html] of entries.entries()) insert.run(entries.length - place, html)
const select = database.prepare<[], { readonly html: string }>(
  "SELECT html FROM notes ORDER BY published_at DESC LIMIT 20"
)

createServer((_, response) => {
  let page = before
  for (const { html } of select.all()) page += html
  const body = Buffer.from(page + after)
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-length": body.length }).end(body)
}).listen(Number(process.env.STARPUNK_PORT), "127.0.0.1", () => process.stdout.write("baseline is ready\n"))
