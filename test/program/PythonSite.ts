import { createHash } from "node:crypto"
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import Database from "better-sqlite3"
import * as Samples from "../fixtures/Samples.js"

/** The `.env` that StarPunk (Python) came with, every name that it has had. */
export const originalEnv = (siteUrl: string): string => `# StarPunk
SITE_URL=${siteUrl}/
SITE_NAME="Notes from the river"
SITE_AUTHOR='Ada Example'
ADMIN_ME=https://ada.example
SESSION_SECRET=0123456789abcdef0123456789abcdef
DATA_PATH=./data
LOG_LEVEL=INFO
DEV_MODE=false
DEV_ADMIN_ME=
INDIELOGIN_URL=https://indielogin.com
TOKEN_ENDPOINT=https://tokens.indieauth.com/token
FEED_CACHE_ENABLED=true
FEED_CACHE_MAX_SIZE=50
METRICS_SAMPLING_RATE=1.0
`

/** As `INITIAL_SCHEMA_SQL` made them, and the later migrations. */
const schema = `
CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT UNIQUE NOT NULL, file_path TEXT UNIQUE NOT NULL,
  published BOOLEAN DEFAULT 0, created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, deleted_at TIMESTAMP, content_hash TEXT);
CREATE INDEX idx_notes_created_at ON notes (created_at DESC);
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session_token_hash TEXT UNIQUE NOT NULL, me TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, expires_at TIMESTAMP NOT NULL, last_used_at TIMESTAMP);
CREATE TABLE auth_state (state TEXT PRIMARY KEY, created_at TIMESTAMP, expires_at TIMESTAMP);
CREATE TABLE schema_migrations (id INTEGER PRIMARY KEY, migration_name TEXT UNIQUE NOT NULL, applied_at TIMESTAMP);
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, display_name TEXT NOT NULL);
CREATE TABLE note_tags (note_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (note_id, tag_id));
CREATE TABLE media (id INTEGER PRIMARY KEY, filename TEXT, stored_filename TEXT, path TEXT UNIQUE, mime_type TEXT);
CREATE TABLE note_media (note_id INTEGER, media_id INTEGER, display_order INTEGER DEFAULT 0, caption TEXT);
INSERT INTO sessions (session_token_hash, me, expires_at) VALUES ('00', 'https://ada.example/', '2030-01-01 00:00:00');
`

interface Note {
  readonly slug: string
  readonly text?: string
  readonly path?: string
  readonly published?: 0 | 1
  readonly createdAt?: string
  readonly deletedAt?: string
}

const notes: ReadonlyArray<Note> = [
  { slug: "first-note-of-all", text: "First note of **all**\n", createdAt: "2025-11-25 12:34:56" },
  { slug: "iso-time", text: "With a time as Python writes it", createdAt: "2025-11-26T10:00:00.123456" },
  { slug: "a-draft", text: "Not yet", published: 0 },
  { slug: "with-front-matter", text: "---\ntitle: A title\ntags: [from-file]\n---\n\nBelow the title\n" },
  { slug: "rule-first", text: "---\n\nA line first, and no front matter" },
  { slug: "hostile", text: "<script>alert(1)</script> and [a](javascript:alert(1))" },
  { slug: "this-is-a-test-for-f0x5", text: "A slug with its random end" },
  { slug: "gone", text: "Deleted softly", deletedAt: "2025-11-27 00:00:00" },
  { slug: "gone-altogether", deletedAt: "2025-11-27 00:00:00" },
  { slug: "elsewhere", text: "Its path is relative to the project", path: "data/notes/2025/11/elsewhere.md" },
  { slug: "with-photo", text: "A picture" }
]

/** Lays a data directory of StarPunk (Python) out: notes in every state, a draft that its database does not know, media. */
export const layOut = async (data: string, more: ReadonlyArray<Note> = []): Promise<void> => {
  await mkdir(data, { recursive: true })
  const database = new Database(join(data, "starpunk.db"))
  database.pragma("journal_mode = WAL")
  database.exec(schema)
  const insert = database.prepare(
    "INSERT INTO notes (slug, file_path, published, created_at, updated_at, deleted_at, content_hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
  )
  for (const { createdAt = "2025-11-25 13:00:00", deletedAt, path, published = 1, slug, text } of [...notes, ...more]) {
    const file = join("notes", "2025", "11", `${slug}.md`)
    const hash = text === undefined ? null : createHash("sha256").update(text).digest("hex")
    insert.run(slug, path ?? file, published, createdAt, createdAt, deletedAt ?? null, hash)
    if (text === undefined) continue
    await mkdir(dirname(join(data, file)), { recursive: true })
    await writeFile(join(data, file), text)
  }
  await writeFile(join(data, "notes", "2025", "11", "stray.md"), "The database does not know me")
  await mkdir(join(data, "media", "2025", "11"), { recursive: true })
  await writeFile(join(data, "media", "2025", "11", "bird.jpg"), await Samples.photo(400, 300, 1))
  database.exec(`
    INSERT INTO tags (id, name, display_name) VALUES (1, 'birds', 'Birds'), (2, 'river', 'River');
    INSERT INTO note_tags SELECT id, 1 FROM notes WHERE slug IN ('first-note-of-all', 'with-photo');
    INSERT INTO note_tags SELECT id, 2 FROM notes WHERE slug = 'first-note-of-all';
    INSERT INTO media (id, filename, stored_filename, path) VALUES (1, 'DSC.jpg', 'bird.jpg', '2025/11/bird.jpg');
    INSERT INTO note_media SELECT id, 1, 0, 'A bird' FROM notes WHERE slug = 'with-photo';
  `)
  // Left open by a process that was killed: the newest rows stand in the write-ahead log only.
  await Promise.all(
    ["", "-wal"].map(async (suffix) =>
      writeFile(join(data, `kept${suffix}`), await readFile(join(data, `starpunk.db${suffix}`)))
    )
  )
  database.close()
  for (const suffix of ["", "-wal"]) {
    await writeFile(join(data, `starpunk.db${suffix}`), await readFile(join(data, `kept${suffix}`)))
  }
}

/** The hash and time of every file that is there. */
export const fingerprint = async (directory: string): Promise<Readonly<Record<string, string>>> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(
    await Promise.all(
      files.map(async (path) => {
        const hash = createHash("sha256")
          .update(await readFile(path))
          .digest("hex")
        return [path.slice(directory.length + 1), `${hash} ${(await stat(path)).mtimeMs}`]
      })
    )
  )
}
