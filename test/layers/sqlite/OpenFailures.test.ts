import { spawnSync } from "node:child_process"
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect, Layer } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { hasWalResetBug } from "../../../layers/sqlite/pool/Connection.js"
import { OpenFailure } from "../../../layers/sqlite/pool/OpenFailure.js"
import { layerThread, layerWorker, type PoolOptions } from "../../../layers/sqlite/pool/SqlPool.js"
import { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { directory, foreignLock } from "../../fixtures/Database.js"
import { hasNofts5, nofts5Binding } from "../../fixtures/Nofts5.js"

const installed = createRequire(createRequire(import.meta.url).resolve("better-sqlite3"))

const thrown = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    return error
  }
}

const create = (path: string, ...statements: ReadonlyArray<string>) => {
  const database = new Database(path)
  for (const statement of statements) database.exec(statement)
  database.close()
}

/** The replacement, and the reason why opening it fails. */
const obstacles: Readonly<
  Record<string, (folder: string) => { readonly path: string; readonly more?: Partial<PoolOptions> }>
> = {
  directory_missing: (folder) => ({ path: join(folder, "missing", "starpunk.db") }),
  is_a_directory: (folder) => ({ path: folder }),
  not_a_database: (folder) => {
    const path = join(folder, "text.db")
    writeFileSync(path, "Dear diary, ".repeat(500))
    return { path }
  },
  corrupt: (folder) => {
    const path = join(folder, "damaged.db")
    create(path, "CREATE TABLE t (a)")
    const bytes = readFileSync(path)
    // After the file's header of 100 bytes the first page holds the schema: https://www.sqlite.org/fileformat.html
    writeFileSync(path, bytes.fill(0xff, 100, 4096))
    return { path }
  },
  foreign_application: (folder) => {
    const path = join(folder, "others.db")
    create(path, "CREATE TABLE notes (a)")
    return { path }
  },
  memory_with_readers: () => ({ path: ":memory:" }),
  // O11: a wrong STARPUNK_SQLITE_BINDING is reported as such.
  binding_unusable: (folder) => ({
    path: join(folder, "starpunk.db"),
    more: { sqliteBinding: join(folder, "better_sqlite3.node") }
  })
}

/** Errors of incomplete driver installations: without the addon, with another's, and without the package. */
const brokenDrivers: Readonly<Record<string, (folder: string) => unknown>> = {
  "without its addon": (folder) => {
    const modules = join(folder, "node_modules")
    for (const name of ["better-sqlite3", "bindings", "file-uri-to-path"]) {
      cpSync(dirname(installed.resolve(`${name}/package.json`)), join(modules, name), {
        recursive: true,
        filter: (path) => !/better-sqlite3[\\/](?:build|deps|src)$/.test(path)
      })
    }
    const Uninstalled = createRequire(join(folder, "index.js"))("better-sqlite3") as typeof Database
    return thrown(() => new Uninstalled(join(folder, "starpunk.db")))
  },
  "with an addon that is none": (folder) => {
    const addon = join(folder, "better_sqlite3.node")
    writeFileSync(addon, "not an addon")
    return thrown(() => new Database(join(folder, "starpunk.db"), { nativeBinding: addon }))
  },
  "that is not there": (folder) => thrown(() => createRequire(join(folder, "index.js"))("better-sqlite3"))
}

describe("A driver", () => {
  for (const [name, broken] of Object.entries(brokenDrivers)) {
    it.scopedLive(`O11: ${name} is driver_missing, or binding_unusable where the settings name the addon`, () =>
      Effect.gen(function* () {
        const folder = yield* directory
        const path = join(folder, "starpunk.db")
        const error = broken(folder)
        expect(error).toBeInstanceOf(Error)
        expect(OpenFailure.from(error, path).reason).toBe("driver_missing")
        expect(OpenFailure.from(error, path, "/opt/better_sqlite3.node").reason).toBe("binding_unusable")
        const told = new DatabaseOpenFailed({ reason: "driver_missing", path, detail: "" })
        expect(told.info.operator?.troubleshooting.join(" ")).toContain("npm ci")
      })
    )
  }
})

for (const [name, make] of Object.entries({ layerThread, layerWorker })) {
  const reasonOf = (options: PoolOptions) =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(Effect.scoped(Layer.build(make(options))))
      expect(failure).toMatchObject({ _tag: "DatabaseOpenFailed", path: options.path })
      return failure.reason
    }).pipe(Effect.provide(layerSilent))

  describe(`Opening fails with its reason: ${name}`, () => {
    for (const [reason, prepare] of Object.entries(obstacles)) {
      it.scopedLive(reason, () =>
        Effect.gen(function* () {
          const { more, path } = prepare(yield* directory)
          expect(yield* reasonOf({ path, ...more })).toBe(reason)
        })
      )
    }

    it.scopedLive("locked", () =>
      Effect.gen(function* () {
        const path = join(yield* directory, "starpunk.db")
        yield* foreignLock(path, "BEGIN EXCLUSIVE")
        expect(yield* reasonOf({ path, busyTimeout: "50 millis" })).toBe("locked")
      })
    )

    it.scopedLive("another program's database is not changed", () =>
      Effect.gen(function* () {
        const path = join(yield* directory, "others.db")
        create(path, "CREATE TABLE notes (a)")
        const before = readFileSync(path)
        yield* reasonOf({ path })
        expect(readFileSync(path).equals(before)).toBe(true)
      })
    )

    it.scopedLive.skipIf(!hasNofts5)(
      "a SQLite with other build options behaves the same, except for what it lacks",
      () =>
        Effect.gen(function* () {
          const path = join(yield* directory, "starpunk.db")
          yield* Effect.gen(function* () {
            const pool = yield* SqlPool
            yield* pool.write((sql) => sql`CREATE TABLE notes (id INTEGER PRIMARY KEY, parent REFERENCES notes (id))`)
            const orphan = yield* Effect.flip(pool.write((sql) => sql`INSERT INTO notes VALUES (1, 2)`))
            expect(orphan._tag).toBe("ConstraintViolated")
            const index = yield* Effect.flip(pool.write((sql) => sql`CREATE VIRTUAL TABLE i USING fts5(text)`))
            expect(index).toMatchObject({ _tag: "QueryFailed", detail: "no such module: fts5" })
          }).pipe(Effect.provide(make({ path, sqliteBinding: nofts5Binding })), Effect.provide(layerSilent))
        })
    )

    it.scopedLive("a file that is opened again is recognised, and every pragma is set", () =>
      Effect.gen(function* () {
        const path = join(yield* directory, "starpunk.db")
        const opened = Effect.gen(function* () {
          const pool = yield* SqlPool
          const get = (sql: Parameters<Parameters<typeof pool.read>[0]>[0]) => (pragma: string) =>
            Effect.map(sql.unsafe(`PRAGMA ${pragma}`).values, ([row]) => row?.[0])
          const shared = ["application_id", "foreign_keys", "trusted_schema", "cell_size_check"]
          const reader = yield* pool.read((sql) => Effect.forEach([...shared, "query_only"], get(sql)))
          const writer = yield* pool.write((sql) =>
            Effect.forEach([...shared, "journal_mode", "synchronous"], get(sql))
          )
          return { reader, writer }
        }).pipe(Effect.provide(make({ path, synchronous: "full" })), Effect.provide(layerSilent))
        const first = yield* opened
        expect(first).toEqual({
          reader: [0x5374506b, 1, 0, 1, 1],
          writer: [0x5374506b, 1, 0, 1, "wal", 2]
        })
        // SQLite's own defaults differ between the first opening of a file and the second.
        expect(yield* opened).toEqual(first)
      })
    )
  })
}

/**
 * Opens as an ordinary user, since permissions do not apply to root. Root loads the program first: the user may be unable
 * to read the directory of the sources.
 */
const openAsUser = (path: string) => {
  const connection = fileURLToPath(new URL("../../../layers/sqlite/pool/Connection.js", import.meta.url))
  const driver = createRequire(import.meta.url).resolve("better-sqlite3")
  const program = `import(${JSON.stringify(connection)}).then(({ Connection }) => {
    new (require(${JSON.stringify(driver)}))(":memory:").close()
    if (process.getuid() === 0) {
      process.setgroups([])
      process.setgid(65534)
      process.setuid(65534)
    }
    try {
      Connection.open({ path: process.argv[1], role: "writer", create: true, busyTimeoutMillis: 0, synchronous: "full" })
      console.log("opened")
    } catch ({ reason }) { console.log(reason) }
  })`
  return spawnSync(process.execPath, ["-e", program, path], { encoding: "utf8" }).stdout.trim()
}

describe("Opening without permission", () => {
  it.scopedLive("names the missing permission", () =>
    Effect.gen(function* () {
      const folder = yield* directory
      chmodSync(folder, 0o755)
      const place = (name: string, mode: number) => {
        const path = join(folder, name)
        mkdirSync(path)
        create(join(path, "starpunk.db"))
        writeFileSync(join(path, "starpunk.db"), "")
        chmodSync(join(path, "starpunk.db"), mode)
        if (process.getuid?.() === 0) chownSync(path, 65534, 65534)
        return join(path, "starpunk.db")
      }
      expect(openAsUser(place("writable", 0o666))).toBe("opened")
      expect(openAsUser(place("read", 0o444))).toBe("read_only")
      expect(openAsUser(place("none", 0o000))).toBe("not_permitted")
      const closed = place("closed", 0o666)
      chmodSync(join(closed, ".."), 0o555)
      expect(openAsUser(closed)).toBe("not_permitted")
    })
  )
})

it("SQLite versions with the WAL-reset bug are refused", () => {
  const affected = ["3.7.0", "3.40.1", "3.44.5", "3.45.3", "3.50.6", "3.51.0", "3.51.2"]
  const sound = ["3.6.23", "3.44.6", "3.50.7", "3.51.3", "3.52.0", "3.53.1", "4.0.0"]
  expect(affected.filter(hasWalResetBug)).toEqual(affected)
  expect(sound.filter(hasWalResetBug)).toEqual([])
})
