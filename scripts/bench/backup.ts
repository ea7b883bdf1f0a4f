import { rm } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { Layer, ManagedRuntime } from "effect"
import * as MemoryLogger from "../../layers/memory/Logger.js"
import * as MemoryRenderer from "../../layers/memory/Renderer.js"
import * as MemorySettings from "../../layers/memory/Settings.js"
import * as SqlPosts from "../../layers/sql/stores/Posts.js"
import * as SqlitePool from "../../layers/sqlite/pool/SqlPool.js"
import * as Search from "../../layers/sqlite/search/SearchEngine.js"
import { Posts } from "../../src/services/Posts.js"
import { type Figure, median } from "./Figure.js"
import { addNotes, dataDirectory, settingsOf, succeed } from "./LargeSite.js"
import { during, type Load, openLoopOf, p99 } from "./OpenLoop.js"
import { scaled } from "./Scale.js"

const perSecond = 200
const rounds = 3

/**
 * Latency of 200 note writes a second in a site of 100,000 notes, alternately alone and beside a complete `starpunk
 * backup` (copy, check, write, read back). The writes use the server's port, pool and worker threads but no HTTP, which
 * would compete with the load generator for two cores.
 */
export const backup = async (): Promise<ReadonlyArray<Figure>> => {
  const dataPath = await dataDirectory()
  const notes = scaled(100_000)
  await addNotes(dataPath, notes)
  const layer = SqlPosts.layer.pipe(
    Layer.provideMerge(Search.layer),
    Layer.provide(MemoryRenderer.layer),
    Layer.provideMerge(
      SqlitePool.layerWorker({
        path: join(dataPath, "starpunk.db"),
        acquireTimeout: "1 minute",
        writeTimeout: "1 minute",
        maxWaiting: 10_000
      })
    ),
    Layer.provide(Layer.merge(MemoryLogger.layerSilent, MemorySettings.layerTest()))
  )
  const runtime = ManagedRuntime.make(layer)
  try {
    const posts = await runtime.runPromise(Posts)
    let serial = 0
    const note = () =>
      runtime.runPromise(
        posts.create({
          type: "entry",
          properties: { content: [`written beside a backup ${serial++}`] },
          status: "published",
          visibility: "public"
        })
      )
    const write = (over: Parameters<typeof openLoopOf>[2]) => openLoopOf(note, perSecond, over)
    await write(during(4)) // Warms up the compiler.
    const quiet: Array<Load> = []
    const beside: Array<Load> = []
    let seconds = 0
    for (let round = 0; round < rounds; round++) {
      await wait(1_000)
      quiet.push(await write(during(8)))
      let done = false
      const began = performance.now()
      const made = succeed(["backup", "--force", join(dataPath, "bench.tar")], settingsOf(dataPath)).finally(() => {
        seconds += (performance.now() - began) / 1_000
        done = true
      })
      const [load] = await Promise.all([write(() => done), made])
      beside.push(load)
    }
    const failures = [...quiet, ...beside].flatMap(({ failures }) => failures)
    for (const what of new Set(failures)) process.stderr.write(`  unexpected: ${what}\n`)
    const alone = median(quiet.map(p99))
    const together = median(beside.map(p99))
    const written = beside.reduce((sum, { millis }) => sum + millis.length, 0)
    return [
      {
        name: `${perSecond} writes/s beside a backup of ${notes} notes, p99 against quiet (median of ${rounds})`,
        figure: `${together.toFixed(1)} ms / ${alone.toFixed(1)} ms = ${(together / alone).toFixed(1)} × (${written} writes in ${seconds.toFixed(0)} s of backups, ${failures.length} failures)`,
        target: "≤ 3 ×, none fails",
        ok: together <= 3 * alone && failures.length === 0
      }
    ]
  } finally {
    await runtime.dispose()
    await rm(dataPath, { recursive: true, force: true })
  }
}
