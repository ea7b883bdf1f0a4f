import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Caller } from "./Caller.js"
import type { Figure } from "./Figure.js"
import { bareServer } from "./health.js"
import { addNotes, dataDirectory, settingsOf, succeed } from "./LargeSite.js"
import { during, type Load, openLoop, p99 } from "./OpenLoop.js"
import { scaled } from "./Scale.js"
import { createToken, type Server, startServer, startStarPunk } from "./Server.js"

const limitMillis = 100
const perSecond = 100
const seconds = 5

/** Starts a fault or a load; `end` stops it. */
type Fault = (server: Server, dataPath: string) => Promise<{ readonly end: () => Promise<void> | void }>

/** Starts a process that holds the database's write lock. */
const holder = async (dataPath: string): Promise<ChildProcess> => {
  const driver = createRequire(import.meta.url).resolve("better-sqlite3")
  const script = `const database = new (require(${JSON.stringify(driver)}))(process.argv[1])
    database.exec("BEGIN IMMEDIATE"); console.log("held"); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ["-e", script, join(dataPath, "starpunk.db")], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  await once(child.stdout, "data")
  return child
}

const killed = async (child: ChildProcess) => {
  const ended = once(child, "exit")
  child.kill("SIGKILL")
  await ended
}

/** Repeats work until `end` is called. */
const again = (work: () => Promise<unknown>) => {
  let over = false
  const loop = (async () => {
    while (!over) await work()
  })()
  return {
    end: async () => {
      over = true
      await loop
    }
  }
}

const nothing: Fault = async () => ({ end: () => {} })

const faults: Readonly<Record<string, Fault>> = {
  "another program holding the write lock": async (_, dataPath) => {
    const child = await holder(dataPath)
    return { end: () => killed(child) }
  },
  "a stopped program holding the write lock": async (_, dataPath) => {
    const child = await holder(dataPath)
    child.kill("SIGSTOP")
    return { end: () => killed(child) }
  },
  "searches that read every note": async (server) => {
    const search = () => fetch(`${server.url}/api/search?q=%22bread+zeppelin%22`).then((answer) => answer.arrayBuffer())
    const scans = Array.from({ length: 4 }, () => again(search))
    return { end: async () => void (await Promise.all(scans.map(({ end }) => end()))) }
  },
  "a backup": async (server, dataPath) =>
    again(() => succeed(["backup", "--force", join(dataPath, "bench.tar")], server.environment)),
  "the search index rebuilt": async (server) => again(() => succeed(["reindex"], server.environment))
}

/**
 * Loads of the liveness endpoint under a fault, and of a bare HTTP server in the same seconds as the baseline of the
 * machine.
 */
interface Seen {
  readonly live: Load
  readonly bare: Load
}

/** Requests liveness at a fixed rate while notes are posted and the fault lasts. */
const liveness = async (server: Server, dataPath: string, token: string, fault: Fault): Promise<Seen> => {
  let serial = 0
  const live = new Caller(new URL("/health/live", server.url))
  const form = { token, body: () => `h=entry&content=written+under+a+fault+${serial++}` }
  const author = new Caller(new URL("/micropub", server.url), form)
  const bareOne = await startServer(bareServer, "listening", "/")
  const bare = new Caller(new URL(bareOne.url))
  const { end } = await fault(server, dataPath)
  try {
    const [answered, baseline] = await Promise.all([
      openLoop(live, perSecond, during(seconds)),
      openLoop(bare, perSecond, during(seconds)),
      openLoop(author, 10, during(seconds), [201, 503, 507])
    ])
    return { live: answered, bare: baseline }
  } finally {
    await end()
    bare.close()
    await bareOne.stop()
    live.close()
    author.close()
  }
}

const target = `≤ ${limitMillis} ms, none fails`

const figureOf = (name: string, { bare, live }: Seen): Figure => {
  for (const what of new Set(live.failures)) process.stderr.write(`  unexpected: ${what}\n`)
  return {
    name: `liveness beside ${name}`,
    figure: `p99 ${p99(live).toFixed(1)} ms (a bare node:http server's in the same seconds: ${p99(bare).toFixed(1)} ms), ${live.failures.length} failures`,
    target,
    ok: p99(live) <= limitMillis && live.failures.length === 0
  }
}

/** Measures on a small tmpfs that is full; skipped without the right to mount one. */
const onFullDisk = async (): Promise<Figure> => {
  const path = await mkdtemp(join(tmpdir(), "starpunk-bench-disk-"))
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs", path])
  if (mounted.status !== 0) {
    await rm(path, { recursive: true, force: true })
    const name = "liveness beside a full disk"
    return { name, figure: "not measured: only root may mount a file system", target, ok: true }
  }
  const server = await startStarPunk(settingsOf(path))
  try {
    const token = await createToken(server)
    await liveness(server, path, token, nothing)
    const seen = await liveness(server, path, token, async () => {
      for (let size = 1_048_576, part = 0; size >= 512; ) {
        await writeFile(join(path, `ballast${part++}`), Buffer.alloc(size)).catch(() => {
          size /= 2
        })
      }
      return { end: () => {} }
    })
    return figureOf("a full disk", seen)
  } finally {
    await server.stop()
    spawnSync("umount", ["-l", path])
    await rm(path, { recursive: true, force: true })
  }
}

/** Measures liveness under faults that a restart would not fix: a liveness probe must not fail because of them. */
export const faultsBench = async (): Promise<ReadonlyArray<Figure>> => {
  const dataPath = await dataDirectory()
  await addNotes(dataPath, scaled(100_000))
  // Without the index, a search reads every note; all else works as with it.
  const server = await startStarPunk({ ...settingsOf(dataPath), STARPUNK_SEARCH_ENGINE: "fallback" })
  const figures: Array<Figure> = []
  try {
    const token = await createToken(server)
    await liveness(server, dataPath, token, nothing) // Warms up the compiler.
    for (const [name, fault] of Object.entries(faults)) {
      figures.push(figureOf(name, await liveness(server, dataPath, token, fault)))
    }
  } finally {
    await server.stop()
    await rm(dataPath, { recursive: true, force: true })
  }
  return [...figures, await onFullDisk()]
}
