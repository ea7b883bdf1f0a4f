import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import Database from "better-sqlite3"
import { Effect, Layer } from "effect"
import * as BackupLayer from "../../../layers/backup/Backup.js"
import * as RestoreLayer from "../../../layers/backup/Restore.js"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { layerTest } from "../../../layers/memory/Settings.js"
import * as SecureRandom from "../../../layers/process/SecureRandom.js"
import type { Open } from "../../../layers/sqlite/pool/Connecting.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { usingDatabase, valuesOf } from "../../fixtures/StoredDatabase.js"

/** Creates and restores archives as the program does. */
const shipped = Layer.merge(BackupLayer.layer, RestoreLayer.layer)

/** The same over another kind of connections. */
export const over = (openDriver: Open): typeof shipped =>
  Layer.merge(BackupLayer.layerWith(openDriver), RestoreLayer.layerWith(openDriver))

/** A data directory with a database of the current schema, in a temporary directory that is removed with the scope. */
export const siteWith = (layers: typeof shipped) =>
  Effect.gen(function* () {
    const directory = yield* Effect.acquireRelease(
      Effect.promise(() => mkdtemp(join(tmpdir(), "starpunk-backup-"))),
      (path) => Effect.promise(() => rm(path, { recursive: true, force: true }))
    )
    const dataPath = join(directory, "data")
    const databasePath = join(dataPath, "starpunk.db")
    yield* Effect.promise(() => mkdir(dataPath, { mode: 0o750 }))
    yield* TestDatabase.createDatabase(databasePath).pipe(Effect.provide(layerSilent))

    /** Inserts a post into the database, without related rows. */
    const post = (slug: string) =>
      Effect.sync(() => {
        const database = new Database(databasePath)
        database
          .prepare(
            `INSERT INTO posts (slug, type, properties, status, visibility, published_at, created_at, updated_at)
           VALUES (?, 'entry', '{}', 'published', 'public', 1, 1, 1)`
          )
          .run(slug)
        database.close()
      })

    /** Slugs in the database, read by a separate connection. */
    const slugs = Effect.promise(() =>
      usingDatabase(databasePath, (sql) => valuesOf(sql, "SELECT slug FROM posts ORDER BY slug"))
    )

    const media = (name: string, content: string) =>
      Effect.promise(async () => {
        const path = join(dataPath, "media", name)
        await mkdir(dirname(path), { recursive: true })
        await writeFile(path, content)
      })

    /** Every media file with its content; names with a leading dot are skipped. */
    const allMedia = Effect.promise(async () => {
      const root = join(dataPath, "media")
      const names = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
      const files = names
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => !relative(root, path).startsWith("."))
      return Object.fromEntries(
        await Promise.all(files.map(async (path) => [path.slice(root.length + 1), await readFile(path, "utf8")]))
      )
    })

    const services = layers.pipe(
      Layer.provide(Layer.mergeAll(layerTest({ dataPath, databasePath }), SecureRandom.layer, layerSilent))
    )
    return { directory, dataPath, databasePath, post, slugs, media, allMedia, services }
  })

/** The same with the services of the program. */
export const site = siteWith(shipped)
