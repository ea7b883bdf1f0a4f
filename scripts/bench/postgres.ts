import { Effect, Either, Layer, ManagedRuntime } from "effect"
import * as MemoryLogger from "../../layers/memory/Logger.js"
import * as MemoryRenderer from "../../layers/memory/Renderer.js"
import * as MemorySettings from "../../layers/memory/Settings.js"
import * as PostgresPool from "../../layers/postgres/pool/SqlPool.js"
import { migrate } from "../../layers/postgres/schema/Migrator.js"
import * as Search from "../../layers/postgres/search/SearchEngine.js"
import { SearchUpkeep } from "../../layers/sql/search/SearchUpkeep.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { parseDatabaseAddress } from "../../src/settings/DatabaseAddress.js"
import { type Figure, median, reaching, shownSpread, spreadOf } from "./Figure.js"
import { instancesFigures } from "./instances.js"
import { loadedCode } from "./LoadedCode.js"
import { isThere, type PostgresServer, startPostgres } from "./PostgresServer.js"
import { scaled, usually } from "./Scale.js"
import { awaitEngine, fill, measure, queries } from "./SearchNotes.js"
import { createToken, entry, residentMegabytes, type Server, startServer, startStarPunk } from "./Server.js"
import { serverWindow, type Window } from "./writes.js"

const notes = scaled(100_000)
const rounds = usually(7, 2)
const starts = usually(9, 1)
/** Notes in a window of creates. */
const notesOfWindow = usually(160, 32)

/** Path of `dist/starpunk.js` of a build to compare starts with, for example of one before PostgreSQL was added. */
const before = process.env.BENCH_BEFORE

/** Folders and packages that a site on SQLite with its media in a directory does not use. */
const engines = /^layers\/(?:postgres|s3)\//
const packagesOf = /\/node_modules\/(?:pg(?:-[a-z-]+)?|postgres-[a-z]+|aws4fetch|@effect\/sql-pg)\//

/** What a site without the settings loads of PostgreSQL and of the object store. */
const loaded = async (): Promise<Figure> => {
  const { packages, sources } = await loadedCode()
  const found = [...sources].filter((source) => engines.test(source))
  const foreign = packages.filter((path) => packagesOf.test(path))
  // Without files of the engine of SQLite, nothing was counted.
  const isCounted = sources.has("layers/sqlite/pool/SqlPool.ts")
  for (const path of [...found, ...foreign]) process.stderr.write(`  loaded: ${path}\n`)
  return {
    name: "files of PostgreSQL and of the object store that run without their settings",
    figure: `${found.length + foreign.length} of ${sources.size} files and ${packages.length} files of packages${isCounted ? "" : "; the count failed"}`,
    target: "0",
    ok: isCounted && found.length + foreign.length === 0
  }
}

const startsAgainst = async (other: string): Promise<ReadonlyArray<Figure>> => {
  const cpu: Array<number> = []
  const memory: Array<number> = []
  const startOf = async (path: string) => {
    const args = () => ["--max-semi-space-size=4", path, "serve"]
    const server = await startServer(args, "StarPunk is ready", "/")
    const megabytes = await residentMegabytes(server.child.pid ?? 0)
    await server.stop()
    return { cpuMillis: server.startCpuMillis, megabytes }
  }
  for (let round = 0; round < starts; round++) {
    const [old, now] = [await startOf(other), await startOf(entry)]
    cpu.push(now.cpuMillis / old.cpuMillis)
    memory.push(now.megabytes / old.megabytes)
  }
  const figure = (what: string, ratios: ReadonlyArray<number>): Figure => ({
    name: `${what} without PostgreSQL ÷ of the build in BENCH_BEFORE`,
    figure: shownSpread(spreadOf(ratios)),
    target: "≤ 1.02",
    ok: median(ratios) <= 1.02
  })
  return [figure("start CPU", cpu), figure("memory after the start", memory)]
}

/** Micropub creates over PostgreSQL and over SQLite in alternating windows, by the CPU time of our process. */
const creates = async (database: PostgresServer): Promise<Figure> => {
  const settings = { STARPUNK_RATE_LIMIT_ENABLED: "false" }
  const servers: Array<Server> = []
  try {
    const [onFile, onServer] = [
      await startStarPunk(settings),
      await startStarPunk({ ...settings, STARPUNK_DATABASE_URL: database.database() })
    ]
    servers.push(onFile, onServer)
    const windowOf = async (server: Server) => {
      const headers = `Authorization: Bearer ${await createToken(server)}\r\n`
      return (count?: number) => serverWindow(server, headers, count)
    }
    const [file, server] = [await windowOf(onFile), await windowOf(onServer)]
    for (const window of [file, server]) await window(usually(400, 32))
    const pairs: Array<{ readonly file: Window; readonly server: Window }> = []
    for (let round = 0; round < rounds; round++)
      pairs.push({ file: await file(notesOfWindow), server: await server(notesOfWindow) })
    const micros = (of: "file" | "server") => median(pairs.map((pair) => pair[of].cpuMicros)).toFixed(0)
    const speed = (of: "file" | "server") => median(pairs.map((pair) => pair[of].perSecond)).toFixed(0)
    return reaching(
      "postgresCreates",
      pairs.map((pair) => pair.server.cpuMicros / pair.file.cpuMicros),
      `CPU µs a note ${micros("server")} and ${micros("file")}; ${speed("server")} and ${speed("file")} a second`
    )
  } finally {
    for (const server of servers) await server.stop()
  }
}

/** Runs a fill without the index of search, and builds that afterwards, which takes a fraction of the time. */
const withoutIndex = <E, R>(fill: Effect.Effect<void, E, R>) =>
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const indexes = yield* pool.read(
      (sql) => sql<{ readonly name: string; readonly definition: string }>`
        SELECT indexname AS name, indexdef AS definition FROM pg_indexes
        WHERE tablename = 'search_documents' AND indexdef LIKE '%gin%'`
    )
    yield* pool.write((sql) => Effect.forEach(indexes, ({ name }) => sql.unsafe(`DROP INDEX ${name}`)))
    yield* fill
    yield* pool.writeAlone((sql) =>
      Effect.zipRight(
        sql`SET LOCAL statement_timeout = 0`,
        Effect.forEach(indexes, ({ definition }) => sql.unsafe(definition))
      )
    )
    // As the server does by itself after a while.
    yield* pool.writeAlone((sql) => sql`ANALYZE`)
  })

/** Searches by trigrams, over one connection at a time, in this process. */
const searches = async (database: PostgresServer): Promise<ReadonlyArray<Figure>> => {
  const address = Either.getOrThrow(parseDatabaseAddress(database.database()))
  const layer = Layer.effectDiscard(
    Effect.zipRight(
      migrate,
      Effect.flatMap(SearchUpkeep, ({ start }) => start)
    )
  ).pipe(
    Layer.provideMerge(Search.layer),
    Layer.provide(MemoryRenderer.layer),
    Layer.provideMerge(PostgresPool.layer({ address, acquireTimeout: "1 minute", writeTimeout: "1 minute" })),
    Layer.provideMerge(
      Layer.merge(MemoryLogger.layerSilent, MemorySettings.layerTest({ search: { enabled: true, engine: "auto" } }))
    )
  )
  const runtime = ManagedRuntime.make(layer)
  try {
    return await runtime.runPromise(
      Effect.gen(function* () {
        yield* awaitEngine
        yield* withoutIndex(fill(0, notes))
        const figures: Array<Figure> = []
        for (const [goal, kind] of [
          ["postgresRare", "rare word"],
          ["postgresCommon", "common word"]
        ] as const) {
          const { cpu, found, millis, p95 } = yield* measure(queries[kind], usually(100, 3))
          const detail = `${notes} notes, ${found}; p95 ${p95.toFixed(1)} ms, CPU of StarPunk ${cpu.toFixed(1)} ms`
          figures.push(reaching(goal, millis, detail))
        }
        return figures
      })
    )
  } finally {
    await runtime.dispose()
  }
}

/** Parts of the bench; `PARTS=searches npm run bench -- postgres` runs some of them. */
const parts = process.env.PARTS?.split(",")

const runs = (name: string) => parts === undefined || parts.includes(name)

/** PostgreSQL and several instances: what they cost others, and what they cost. */
export const postgres = async (): Promise<ReadonlyArray<Figure>> => {
  const figures: Array<Figure> = []
  if (runs("without")) figures.push(await loaded(), ...(before === undefined ? [] : await startsAgainst(before)))
  if (!isThere) {
    const figure = "not measured: there is no PostgreSQL (`node scripts/ensure-postgres.mjs` installs it on Debian)"
    return [...figures, { name: "a site on PostgreSQL", figure, target: "measured", ok: true }]
  }
  const database = await startPostgres()
  try {
    if (runs("instances")) figures.push(...(await instancesFigures(database)))
    if (runs("creates")) figures.push(await creates(database))
    if (runs("searches")) figures.push(...(await searches(database)))
    return figures
  } finally {
    await database.stop()
  }
}
