import { spawnSync } from "node:child_process"
import {
  chmod,
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile
} from "node:fs/promises"
import { basename, join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect } from "effect"
import tar from "tar-stream"
import { finishRestore } from "../../../layers/backup/FinishRestore.js"
import { locate } from "../../../layers/backup/Places.js"
import * as RestoreJournal from "../../../layers/backup/RestoreJournal.js"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { layerTest } from "../../../layers/memory/Settings.js"
import { Backup } from "../../../src/services/Backup.js"
import { Restore } from "../../../src/services/Restore.js"
import { Settings } from "../../../src/settings/Config.js"
import { site } from "./Site.js"

const io = <A>(work: () => Promise<A>) => Effect.promise(work)

/** The failure as plain data. */
const told = <A, E extends object, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (failure) => ({ ...failure }))

const create = (path: string, options = {}) => Effect.flatMap(Backup, (backup) => backup.create(path, options))
const verify = (path: string) => Effect.flatMap(Backup, (backup) => backup.verify(path))
const restore = (path: string, options = {}) => Effect.flatMap(Restore, (restore) => restore.restore(path, options))

type Entries = ReadonlyArray<{ readonly name: string; readonly content: Buffer; readonly type?: string }>

const unpack = async (path: string): Promise<Entries> => {
  const entries: Array<{ name: string; content: Buffer }> = []
  const extract = tar.extract()
  extract.on("entry", ({ name }, stream, next) => {
    const chunks: Array<Buffer> = []
    stream.on("data", (chunk: Buffer) => chunks.push(chunk))
    stream.on("end", () => {
      entries.push({ name, content: Buffer.concat(chunks) })
      next()
    })
    stream.resume()
  })
  await new Promise<void>((resolve, reject) => {
    extract.on("finish", resolve)
    extract.on("error", reject)
    void readFile(path).then((bytes) => extract.end(bytes))
  })
  return entries
}

const pack = async (path: string, entries: Entries): Promise<void> => {
  const packed = tar.pack()
  const chunks: Array<Buffer> = []
  packed.on("data", (chunk: Buffer) => chunks.push(chunk))
  for (const { content, name, type = "file" } of entries) {
    await new Promise<void>((resolve) => {
      packed.entry({ name, size: content.length, type }, () => resolve()).end(content)
    })
  }
  packed.finalize()
  await new Promise((resolve) => packed.on("end", resolve))
  await writeFile(path, Buffer.concat(chunks))
}

const manifestWith = (entries: Entries, change: (manifest: Record<string, unknown>) => Record<string, unknown>) =>
  entries.map((entry) =>
    entry.name === "manifest.json"
      ? { ...entry, content: Buffer.from(JSON.stringify(change(JSON.parse(entry.content.toString())))) }
      : entry
  )

/** A site with two posts and two files, and its backup. */
const backedUp = Effect.gen(function* () {
  const here = yield* site
  yield* here.post("one")
  yield* here.post("two")
  yield* here.media("1f.jpg", "a picture")
  yield* here.media("ab/film.mp4", "a film")
  const archive = join(here.directory, "backup.tar")
  const report = yield* Effect.provide(create(archive), here.services)
  return { ...here, archive, report }
})

describe("A backup", () => {
  it.scopedLive("holds database and media, is readable by its owner only, and leaves no temporary file", () =>
    Effect.gen(function* () {
      const { archive, directory, report } = yield* backedUp
      const entries = yield* io(() => unpack(archive))
      expect(entries.map(({ name }) => name)).toEqual([
        "starpunk.db",
        "media/1f.jpg",
        "media/ab/film.mp4",
        "manifest.json"
      ])
      expect(report.manifest).toMatchObject({ posts: 2, media: 2, format: 1 })
      expect((yield* io(() => stat(archive))).mode & 0o777).toBe(0o600)
      expect((yield* io(() => readdir(directory))).toSorted()).toEqual(["backup.tar", "data"])
    })
  )

  it.scopedLive("runs beside writers and holds everything written before it began", () =>
    Effect.gen(function* () {
      const here = yield* site
      const writer = yield* Effect.acquireRelease(
        Effect.sync(() => new Database(here.databasePath)),
        (database) => Effect.sync(() => database.close())
      )
      const insert = writer.prepare(
        `INSERT INTO posts (slug, type, properties, status, visibility, published_at, created_at, updated_at)
         VALUES (?, 'entry', '{}', 'published', 'public', 1, 1, 1)`
      )
      for (let count = 0; count < 50; count++) insert.run(`before-${count}`)
      let more = 0
      const writing = setInterval(() => insert.run(`during-${more++}`), 5)
      const archive = join(here.directory, "backup.tar")
      const report = yield* Effect.ensuring(
        Effect.provide(create(archive), here.services),
        Effect.sync(() => clearInterval(writing))
      )
      expect(more).toBeGreaterThan(0)
      expect(report.manifest.posts).toBeGreaterThanOrEqual(50)
      expect((yield* Effect.provide(verify(archive), here.services)).manifest.posts).toBe(report.manifest.posts)
    })
  )

  it.scopedLive("replaces a file only on request, and never a directory", () =>
    Effect.gen(function* () {
      const { archive, directory, services } = yield* backedUp
      const before = yield* io(() => readFile(archive))
      const refused = yield* told(Effect.provide(create(archive), services))
      expect(refused).toMatchObject({ _tag: "BackupTargetExists", what: "file" })
      expect(yield* io(() => readFile(archive))).toEqual(before)
      yield* Effect.provide(create(archive, { replace: true }), services)
      expect(yield* io(() => readFile(archive))).not.toEqual(before)
      const onDirectory = yield* told(Effect.provide(create(directory, { replace: true }), services))
      expect(onDirectory).toMatchObject({ _tag: "BackupTargetExists", what: "directory" })
    })
  )

  it.scopedLive("never replaces a device or another special file", () =>
    Effect.gen(function* () {
      const { directory, services } = yield* backedUp
      const pipe = join(directory, "pipe")
      yield* Effect.sync(() => spawnSync("mkfifo", [pipe]))
      const refused = yield* told(Effect.provide(create(pipe, { replace: true }), services))
      expect(refused).toMatchObject({ _tag: "BackupTargetExists", what: "other" })
      expect((yield* io(() => stat(pipe))).isFIFO()).toBe(true)
    })
  )

  it.scopedLive("removes temporary files of killed backups, whatever their names, and none in use", () =>
    Effect.gen(function* () {
      const here = yield* site
      const left = join(here.directory, ".other.tar.starpunk-partial-a1B2c3")
      const inUse = join(here.directory, ".more.tar.starpunk-partial-d4E5f6")
      const long = new Date(Date.now() - 3_600_000)
      yield* io(async () => {
        for (const path of [left, inUse]) await mkdir(path)
        await writeFile(join(left, "starpunk.db"), "half of it")
        await utimes(join(left, "starpunk.db"), long, long)
        await utimes(left, long, long)
      })
      yield* Effect.provide(create(join(here.directory, "b.tar")), here.services)
      const names = yield* io(() => readdir(here.directory))
      expect(names.toSorted()).toEqual([basename(inUse), "b.tar", "data"].toSorted())
    })
  )

  it.scopedLive("reports a missing target directory and a missing database with their own errors", () =>
    Effect.gen(function* () {
      const { databasePath, directory, services } = yield* backedUp
      const nowhere = yield* told(Effect.provide(create(join(directory, "no", "b.tar")), services))
      expect(nowhere).toMatchObject({ _tag: "BackupNotWritten", reason: "missing" })
      yield* io(() => rename(databasePath, `${databasePath}.away`))
      const missing = yield* told(Effect.provide(create(join(directory, "c.tar")), services))
      expect(missing._tag).toBe("DatabaseMissing")
      expect((yield* io(() => readdir(directory))).filter((name) => name.includes("partial"))).toEqual([])
    })
  )

  it.scopedLive("does not follow links, and reports what it left out", () =>
    Effect.gen(function* () {
      const here = yield* site
      yield* here.media("1f.jpg", "a picture")
      yield* here.media(".incoming/2e/received", "half a picture")
      yield* io(() => symlink("/etc/passwd", join(here.dataPath, "media", "secret.jpg")))
      const report = yield* Effect.provide(create(join(here.directory, "b.tar")), here.services)
      expect(report.skipped).toEqual(["secret.jpg"])
      expect(report.manifest.media).toBe(1)
    })
  )

  it.scopedLive("is not made of a damaged database", () =>
    Effect.gen(function* () {
      const here = yield* site
      for (let count = 0; count < 200; count++) yield* here.post(`post-${count}`)
      const bytes = yield* io(() => readFile(here.databasePath))
      yield* io(() =>
        writeFile(here.databasePath, Buffer.concat([bytes.subarray(0, 8192), bytes.subarray(8192).fill(7)]))
      )
      const archive = join(here.directory, "b.tar")
      const failure = yield* told(Effect.provide(create(archive), here.services))
      expect(["DatabaseCorrupt", "BackupUnsound", "DatabaseOpenFailed"]).toContain(failure._tag)
      expect(yield* io(() => readdir(here.directory))).toEqual(["data"])
    })
  )
})

/** Changes that invalidate an archive, with the reasons that verify and restore report. */
const spoilt: ReadonlyArray<readonly [string, (path: string) => Promise<void>, object]> = [
  ["an empty file", (path) => writeFile(path, ""), { _tag: "BackupInvalid", reason: "no_manifest" }],
  ["a text", (path) => writeFile(path, "Dear diary ".repeat(500)), { _tag: "BackupInvalid", reason: "not_an_archive" }],
  [
    "nothing but zeros",
    (path) => writeFile(path, Buffer.alloc(20_480)),
    { _tag: "BackupInvalid", reason: "no_manifest" }
  ],
  [
    "a different archive",
    (path) => pack(path, [{ name: "holiday.jpg", content: Buffer.from("sun") }]),
    { _tag: "BackupInvalid", reason: "no_manifest" }
  ],
  ["one broken off in a file", (path) => truncate(path, 40_000), { _tag: "BackupInvalid", reason: "not_an_archive" }],
  [
    "one broken off between files",
    async (path) => pack(path, (await unpack(path)).slice(0, 2)),
    { _tag: "BackupInvalid", reason: "no_manifest" }
  ],
  [
    "one bit turned over",
    async (path) => {
      const bytes = await readFile(path)
      bytes[20_000] = (bytes[20_000] ?? 0) ^ 1
      await writeFile(path, bytes)
    },
    { _tag: "BackupInvalid", reason: "member_changed", detail: "starpunk.db" }
  ],
  [
    "a file that was replaced",
    async (path) =>
      pack(
        path,
        (await unpack(path)).map((entry) =>
          entry.name === "media/1f.jpg" ? { ...entry, content: Buffer.from("a Picture") } : entry
        )
      ),
    { _tag: "BackupInvalid", reason: "member_changed", detail: "media/1f.jpg" }
  ],
  [
    "a file that was taken out",
    async (path) =>
      pack(
        path,
        (await unpack(path)).filter(({ name }) => name !== "media/1f.jpg")
      ),
    { _tag: "BackupInvalid", reason: "member_missing", detail: "media/1f.jpg" }
  ],
  [
    "a file that was put in",
    async (path) => pack(path, [{ name: "media/more.jpg", content: Buffer.from("x") }, ...(await unpack(path))]),
    { _tag: "BackupInvalid", reason: "member_unexpected" }
  ],
  [
    "a file that leads elsewhere",
    async (path) => pack(path, [{ name: "media/../../evil", content: Buffer.from("x") }, ...(await unpack(path))]),
    { _tag: "BackupInvalid", reason: "member_unexpected" }
  ],
  [
    "the same file twice",
    async (path) => {
      const entries = await unpack(path)
      await pack(path, [...entries.slice(0, 2), ...entries.slice(1)])
    },
    { _tag: "BackupInvalid", reason: "member_unexpected" }
  ],
  [
    "a manifest that is no JSON",
    async (path) =>
      pack(
        path,
        (await unpack(path)).map((entry) =>
          entry.name === "manifest.json" ? { ...entry, content: Buffer.from("{") } : entry
        )
      ),
    { _tag: "BackupInvalid", reason: "manifest_unreadable" }
  ],
  [
    "a manifest that lacks something",
    async (path) =>
      pack(
        path,
        manifestWith(await unpack(path), ({ posts: _, ...manifest }) => manifest)
      ),
    { _tag: "BackupInvalid", reason: "manifest_unreadable", detail: "posts: is missing" }
  ],
  [
    "a manifest without an end",
    async (path) => pack(path, [{ name: "manifest.json", content: Buffer.alloc(70 * 1024 * 1024, " ") }]),
    { _tag: "BackupInvalid", reason: "manifest_unreadable", detail: "it is too long" }
  ],
  [
    "a manifest that would write on the terminal",
    async (path) =>
      pack(
        path,
        manifestWith(await unpack(path), () => ({ format: 2, program: "\u001b[31mred" }))
      ),
    { _tag: "BackupTooNew", writtenBy: "unknown" }
  ],
  [
    "a link that leads elsewhere, and a file behind it",
    async (path) =>
      pack(path, [
        { name: "media/a", content: Buffer.alloc(0), type: "symlink" },
        { name: "media/a/passwd", content: Buffer.from("x") },
        ...(await unpack(path))
      ]),
    { _tag: "BackupInvalid", reason: "member_unexpected" }
  ],
  [
    "a file that says it is larger than the archive",
    async (path) => {
      const bytes = await readFile(path)
      bytes.write("77777777777\0", 124, "latin1")
      bytes.write("        ", 148, "latin1")
      const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0)
      bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1")
      await writeFile(path, bytes)
    },
    { _tag: "BackupInvalid", reason: "not_an_archive" }
  ],
  [
    "a manifest of a newer format",
    async (path) =>
      pack(
        path,
        manifestWith(await unpack(path), () => ({ format: 2, program: "3.0.0", everything: "else" }))
      ),
    { _tag: "BackupTooNew", what: "format", found: 2, known: 1, writtenBy: "3.0.0" }
  ]
]

const journalMode = (path: string): unknown => {
  const database = new Database(path, { readonly: true })
  const mode = database.pragma("journal_mode", { simple: true })
  database.close()
  return mode
}

describe("An invalid backup", () => {
  it.scopedLive.each(spoilt)("verify and restore report %s, and change nothing", ([, spoil, words]) =>
    Effect.gen(function* () {
      const { allMedia, archive, dataPath, databasePath, services, slugs } = yield* backedUp
      yield* io(() => spoil(archive))
      expect(yield* told(Effect.provide(verify(archive), services))).toMatchObject(words)
      expect(yield* told(Effect.provide(restore(archive), services))).toMatchObject(words)
      expect(yield* slugs).toEqual(["one", "two"])
      expect(yield* allMedia).toEqual({ "1f.jpg": "a picture", "ab/film.mp4": "a film" })
      expect((yield* io(() => readdir(dataPath))).filter((name) => name.includes("restore"))).toEqual([])
      expect(yield* io(async () => journalMode(databasePath))).toBe("wal")
    })
  )

  it.scopedLive("a database of a newer schema is refused, with the version that wrote it", () =>
    Effect.gen(function* () {
      const { archive, databasePath, services, slugs } = yield* backedUp
      yield* Effect.sync(() => {
        const database = new Database(databasePath)
        database.exec("INSERT INTO migrations VALUES (99, 'later', 'x', 1, '9.9.0')")
        database.close()
      })
      yield* Effect.provide(create(archive, { replace: true }), services)
      const words = { _tag: "BackupTooNew", what: "schema", found: 99, writtenBy: "9.9.0" }
      expect(yield* told(Effect.provide(verify(archive), services))).toMatchObject(words)
      expect(yield* told(Effect.provide(restore(archive), services))).toMatchObject(words)
      expect(yield* slugs).toEqual(["one", "two"])
    })
  )

  it.scopedLive("a device or a directory is refused as not an archive, without reading it endlessly", () =>
    Effect.gen(function* () {
      const { directory, services } = yield* backedUp
      const words = { _tag: "BackupInvalid", reason: "not_an_archive" }
      for (const path of ["/dev/zero", directory]) {
        expect(yield* told(Effect.provide(verify(path), services))).toMatchObject(words)
        expect(yield* told(Effect.provide(restore(path), services))).toMatchObject(words)
      }
    })
  )

  it.scopedLive("a missing file is reported as missing", () =>
    Effect.gen(function* () {
      const { directory, services } = yield* backedUp
      const words = { _tag: "BackupNotRead", reason: "missing" }
      const nowhere = join(directory, "nowhere.tar")
      expect(yield* told(Effect.provide(verify(nowhere), services))).toMatchObject(words)
      expect(yield* told(Effect.provide(restore(nowhere), services))).toMatchObject(words)
    })
  )
})

describe("A restore", () => {
  it.scopedLive("restores posts and media, and keeps the replaced data", () =>
    Effect.gen(function* () {
      const { allMedia, archive, media, post, services, slugs } = yield* backedUp
      yield* post("three")
      yield* media("1f.jpg", "another picture")
      yield* media("later.jpg", "a later one")
      const report = yield* Effect.provide(restore(archive), services)
      expect(yield* slugs).toEqual(["one", "two"])
      expect(yield* allMedia).toEqual({ "1f.jpg": "a picture", "ab/film.mp4": "a film" })
      const kept = new Database(report.databaseBefore ?? "", { readonly: true })
      expect(kept.prepare("SELECT count(*) FROM posts").pluck().get()).toBe(3)
      kept.close()
      expect(yield* io(() => readFile(join(report.mediaBefore ?? "", "later.jpg"), "utf8"))).toBe("a later one")
      expect(yield* io(() => readFile(join(report.mediaBefore ?? "", "1f.jpg"), "utf8"))).toBe("another picture")
    })
  )

  it.scopedLive("ends the sessions of the backup, and keeps revoked what was revoked since", () =>
    Effect.gen(function* () {
      const here = yield* site
      const change = (sql: string) =>
        Effect.sync(() => {
          const database = new Database(here.databasePath)
          database.exec(sql)
          database.close()
        })
      yield* change(`
        INSERT INTO sessions (token_hash, id, owner, created_at, last_used_at, expires_at, ends_at, user_agent, address) VALUES (zeroblob(32), 's', 'me', 1, 1, 9e12, 9e12, NULL, NULL);
        INSERT INTO access_tokens (token_hash, id, label, me, scopes, created_at) VALUES
          (zeroblob(32), 'lost', 'phone', 'me', '[]', 1), (randomblob(32), 'kept', 'laptop', 'me', '[]', 1)`)
      const archive = join(here.directory, "b.tar")
      yield* Effect.provide(create(archive), here.services)
      yield* change("UPDATE access_tokens SET revoked_at = 2 WHERE id = 'lost'")
      const report = yield* Effect.provide(restore(archive), here.services)
      expect(report).toMatchObject({ sessionsEnded: 1, tokensRevoked: 1 })
      const database = new Database(here.databasePath, { readonly: true })
      expect(database.prepare("SELECT count(*) FROM sessions").pluck().get()).toBe(0)
      expect(database.prepare("SELECT id FROM access_tokens WHERE revoked_at IS NULL").pluck().all()).toEqual(["kept"])
      database.close()
    })
  )

  it.scopedLive("is refused while any program has the database open, even an idle one", () =>
    Effect.gen(function* () {
      const { archive, databasePath, post, services, slugs } = yield* backedUp
      yield* post("three")
      const other = new Database(databasePath)
      other.pragma("journal_mode = WAL")
      other.prepare("SELECT count(*) FROM posts").get()
      const refused = yield* told(Effect.provide(restore(archive, { force: true }), services))
      other.close()
      expect(refused).toMatchObject({ _tag: "RestoreRefused", reason: "in_use" })
      expect(yield* slugs).toEqual(["one", "three", "two"])
    })
  )

  it.scopedLive("creates the data directory on a machine without data", () =>
    Effect.gen(function* () {
      const { allMedia, archive, dataPath, services, slugs } = yield* backedUp
      yield* io(() => rename(dataPath, `${dataPath}.away`))
      const report = yield* Effect.provide(restore(archive), services)
      expect([report.databaseBefore, report.mediaBefore]).toEqual([undefined, undefined])
      expect(yield* slugs).toEqual(["one", "two"])
      expect(yield* allMedia).toEqual({ "1f.jpg": "a picture", "ab/film.mp4": "a film" })
    })
  )

  it.scopedLive("ignores the log of a database that is gone", () =>
    Effect.gen(function* () {
      const { archive, databasePath, services, slugs } = yield* backedUp
      const killed = new Database(databasePath)
      killed.pragma("journal_mode = WAL")
      killed.exec("UPDATE posts SET slug = slug || '-stray'")
      yield* io(() => copyFile(`${databasePath}-wal`, `${databasePath}-kept`))
      killed.close()
      yield* io(() => rm(databasePath))
      yield* io(() => rename(`${databasePath}-kept`, `${databasePath}-wal`))
      yield* Effect.provide(restore(archive), services)
      expect(yield* slugs).toEqual(["one", "two"])
    })
  )

  it.scopedLive("is refused among other programs' files and over other databases, unless it is forced", () =>
    Effect.gen(function* () {
      const { archive, dataPath, databasePath, services, slugs } = yield* backedUp
      const refusal = told(Effect.provide(restore(archive), services))
      yield* io(() => rename(databasePath, `${databasePath}.away`))
      yield* io(() => rename(`${databasePath}.away`, join(dataPath, "..", "away.db")))
      yield* io(() => writeFile(join(dataPath, "thesis.doc"), "years of work"))
      expect(yield* refusal).toMatchObject({ _tag: "RestoreRefused", reason: "other_files", detail: "thesis.doc" })
      const names = yield* io(() => readdir(dataPath))
      expect(names.filter((name) => !/-(wal|shm)$/.test(name)).toSorted()).toEqual(["media", "thesis.doc"])

      const foreign = new Database(databasePath)
      foreign.exec("CREATE TABLE recipes (name)")
      foreign.close()
      expect(yield* refusal).toMatchObject({ _tag: "RestoreRefused", reason: "other_database", detail: "foreign" })
      yield* io(() => writeFile(databasePath, "no database at all ".repeat(1_000)))
      expect(yield* refusal).toMatchObject({ _tag: "RestoreRefused", reason: "other_database", detail: "unreadable" })

      const report = yield* Effect.provide(restore(archive, { force: true }), services)
      expect(yield* slugs).toEqual(["one", "two"])
      expect(yield* io(() => readFile(report.databaseBefore ?? "", "utf8"))).toContain("no database at all")
      expect(yield* io(() => readFile(join(dataPath, "thesis.doc"), "utf8"))).toBe("years of work")
    })
  )

  it.scopedLive("interrupted after its commit point is completed by the next process, even by two at once", () =>
    Effect.gen(function* () {
      const { allMedia, archive, dataPath, databasePath, media, post, services, slugs } = yield* backedUp
      const places = yield* io(() => locate({ dataPath, databasePath }))
      const settings = Effect.provide(Settings, layerTest({ dataPath, databasePath }))
      const finish = Effect.provide(Effect.flatMap(settings, finishRestore), layerSilent)
      const other = yield* site
      yield* other.post("restored")
      const id = "0123456789abcdef"
      yield* io(() => link(other.databasePath, RestoreJournal.laidOut(places, id).database))
      yield* media(`.restore-${id}/new/new/one.jpg`, "new")
      yield* media(`.restore-${id}/new/1f.jpg`, "another")
      const journal = { format: 2, id, time: "20261123T190000Z", put: ["new/one.jpg", "1f.jpg"] } as const
      yield* io(() => RestoreJournal.decide(places, { ...journal, old: ["1f.jpg", "ab/film.mp4"] }))
      expect(yield* slugs).toEqual(["one", "two"])

      yield* Effect.all([finish, finish], { concurrency: 2 })
      expect(yield* slugs).toEqual(["restored"])
      expect(yield* allMedia).toEqual({ "1f.jpg": "another", "new/one.jpg": "new" })
      const kept = RestoreJournal.before(places, journal.time).media
      expect(yield* io(() => readFile(join(kept, "1f.jpg"), "utf8"))).toBe("a picture")
      expect(yield* io(() => readFile(join(kept, "ab", "film.mp4"), "utf8"))).toBe("a film")
      expect((yield* io(() => readdir(dataPath))).toSorted()).toEqual(["media", "starpunk.db"])
      yield* post("later")
      yield* Effect.provide(restore(archive), services)
      expect(yield* slugs).toEqual(["one", "two"])
    })
  )

  it.scopedLive("cleans up after one that was killed before its commit point", () =>
    Effect.gen(function* () {
      const { archive, dataPath, databasePath, media, services } = yield* backedUp
      yield* io(() => writeFile(`${databasePath}.restore-ffffffffffffffff`, "half"))
      yield* io(() => writeFile(join(dataPath, "restore.json.ffffffffffffffff"), "half"))
      yield* io(() => link(databasePath, `${databasePath}.before-restore-20200101T000000Z`))
      yield* media("../media.restore-ffffffffffffffff/half.jpg", "half")
      yield* Effect.provide(restore(archive), services)
      const names = yield* io(() => readdir(dataPath))
      expect(names.filter((name) => /\.restore-|restore\.json|2020/.test(name))).toEqual([])
    })
  )

  it.scopedLive("leaves only the database and the media in a directory that was empty", () =>
    Effect.gen(function* () {
      const { archive, dataPath, services, slugs } = yield* backedUp
      yield* io(() => rm(dataPath, { recursive: true }))
      yield* io(() => mkdir(dataPath))
      yield* Effect.provide(restore(archive), services)
      expect((yield* io(() => readdir(dataPath))).toSorted()).toEqual(["media", "starpunk.db"])
      expect(yield* slugs).toEqual(["one", "two"])
    })
  )

  it.scopedLive("makes its files readable by their owner only", () =>
    Effect.gen(function* () {
      const { archive, databasePath, services } = yield* backedUp
      yield* io(() => chmod(databasePath, 0o644))
      yield* Effect.provide(restore(archive), services)
      expect((yield* io(() => stat(databasePath))).mode & 0o077).toBe(0)
    })
  )
})
