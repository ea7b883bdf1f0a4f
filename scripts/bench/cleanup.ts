import { rm } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { Effect, Layer, ManagedRuntime } from "effect"
import * as MemoryLogger from "../../layers/memory/Logger.js"
import * as MemorySettings from "../../layers/memory/Settings.js"
import * as SecureRandom from "../../layers/process/SecureRandom.js"
import * as SessionManager from "../../layers/sql/stores/SessionManager.js"
import * as SqlitePool from "../../layers/sqlite/pool/SqlPool.js"
import { SessionManager as Sessions } from "../../src/services/SessionManager.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { Caller } from "./Caller.js"
import { type Figure, percentile } from "./Figure.js"
import { addExpiredSessions, dataDirectory, settingsOf, succeed } from "./LargeSite.js"
import { during, openLoop } from "./OpenLoop.js"
import { scaled } from "./Scale.js"
import { createToken, startStarPunk } from "./Server.js"

const limitMillis = 50

const figureOf = (
  name: string,
  removed: number,
  quiet: ReadonlyArray<number>,
  beside: ReadonlyArray<number>,
  failures: number
): Figure => {
  const alone = percentile(quiet, 1)
  const together = percentile(beside, 1)
  return {
    name,
    figure: `longest write ${together.toFixed(1)} ms (p50 ${percentile(beside, 0.5).toFixed(1)} ms, ${beside.length} writes, ${removed} removed); quiet: longest ${alone.toFixed(1)} ms, p50 ${percentile(quiet, 0.5).toFixed(1)} ms; ${failures} failures`,
    target: `≤ ${limitMillis} ms more than the longest in quiet, none fails`,
    ok: together <= alone + limitMillis && failures === 0 && removed > 0
  }
}

/** Latency of writes, one every ten milliseconds, while the server's own clean-up uses the same writer. */
const inTheServer = async (dataPath: string, count: number): Promise<Figure> => {
  addExpiredSessions(dataPath, count)
  const layer = SessionManager.layer.pipe(
    Layer.provideMerge(
      SqlitePool.layerWorker({
        path: join(dataPath, "starpunk.db"),
        acquireTimeout: "1 minute",
        writeTimeout: "1 minute"
      })
    ),
    Layer.provide(Layer.mergeAll(MemoryLogger.layerSilent, MemorySettings.layerTest(), SecureRandom.layer))
  )
  const runtime = ManagedRuntime.make(layer)
  const write = async () => {
    const began = performance.now()
    await runtime.runPromise(
      Effect.flatMap(SqlPool, (pool) =>
        pool.write(
          (sql) => sql`INSERT INTO search_state (name, value) VALUES ('bench', '1')
            ON CONFLICT (name) DO UPDATE SET value = value + 1`
        )
      )
    )
    return performance.now() - began
  }
  const writeUntil = async (over: () => boolean) => {
    const millis: Array<number> = []
    while (!over()) {
      millis.push(await write())
      await wait(10)
    }
    return millis
  }
  try {
    const end = performance.now() + 4_000
    const quiet = await writeUntil(() => performance.now() > end)
    let removed: number | undefined
    const cleanup = runtime.runPromise(Effect.flatMap(Sessions, ({ cleanup }) => cleanup)).then((count) => {
      removed = count
    })
    const beside = await writeUntil(() => removed !== undefined)
    await cleanup
    return figureOf(`clean-up of ${count} expired sessions on the server's writer`, removed ?? 0, quiet, beside, 0)
  } finally {
    await runtime.dispose()
  }
}

/**
 * Latency of posts while the clean-up command, in its own process, competes with the server for SQLite's write lock.
 */
const byTheCommand = async (dataPath: string, count: number): Promise<Figure> => {
  const server = await startStarPunk(settingsOf(dataPath))
  try {
    addExpiredSessions(dataPath, count)
    let serial = 0
    const caller = new Caller(new URL("/micropub", server.url), {
      token: await createToken(server),
      body: () => `h=entry&content=written+beside+a+clean-up+${serial++}`
    })
    const write = (over: Parameters<typeof openLoop>[2]) => openLoop(caller, 50, over, [201])
    await write(during(4)) // Warms up the compiler.
    const quiet = await write(during(6))
    let done = false
    const cleaned = succeed(["sessions", "cleanup", "--json"], server.environment).finally(() => {
      done = true
    })
    const [beside, answer] = await Promise.all([write(() => done), cleaned])
    caller.close()
    const { removed } = JSON.parse(answer)
    const failures = quiet.failures.length + beside.failures.length
    for (const what of new Set(beside.failures)) process.stderr.write(`  unexpected: ${what}\n`)
    const name = `\`starpunk sessions cleanup\` of ${count} beside a server with 50 notes/s`
    return figureOf(name, removed, quiet.millis, beside.millis, failures)
  } finally {
    await server.stop()
  }
}

/** Clean-up of 100,000 expired sessions, by the server itself and by the command beside it. */
export const cleanup = async (): Promise<ReadonlyArray<Figure>> => {
  const dataPath = await dataDirectory()
  const count = scaled(100_000)
  try {
    await succeed(["sessions", "cleanup"], settingsOf(dataPath))
    return [await inTheServer(dataPath, count), await byTheCommand(dataPath, count)]
  } finally {
    await rm(dataPath, { recursive: true, force: true })
  }
}
