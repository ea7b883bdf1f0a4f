import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Figure, median, reaching } from "./Figure.js"
import { usually } from "./Scale.js"
import { startServer, startStarPunk } from "./Server.js"

const rounds = usually(7, 1)

/** Source of the baseline server: Node, its HTTP server and an open SQLite database after one query. */
const bareServer = (driver: string) => `
  import { createServer } from "node:http"
  import { createRequire } from "node:module"
  const Database = createRequire(import.meta.url)(${JSON.stringify(driver)})
  const database = new Database("bare.db")
  database.pragma("journal_mode = WAL")
  database.exec("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT)")
  const select = database.prepare("SELECT count(*) AS notes FROM notes")
  createServer((request, response) => response.end(JSON.stringify(select.get())))
    .listen(Number(process.argv[2]), "127.0.0.1", () => console.log("listening"))
`

/** CPU time of a start against that of bare Node with better-sqlite3, alternating. */
export const start = async (): Promise<ReadonlyArray<Figure>> => {
  const directory = await mkdtemp(join(tmpdir(), "starpunk-bare-"))
  const script = join(directory, "bare.mjs")
  await writeFile(script, bareServer(createRequire(import.meta.url).resolve("better-sqlite3")))
  const bare: Array<number> = []
  const ours: Array<number> = []
  const oursWall: Array<number> = []
  const bareWall: Array<number> = []
  for (let round = 0; round < rounds; round++) {
    const baseline = await startServer((port) => [script, String(port)], "listening", "/")
    bare.push(baseline.startCpuMillis)
    bareWall.push(baseline.startMillis)
    await baseline.stop()
    const server = await startStarPunk()
    ours.push(server.startCpuMillis)
    oursWall.push(server.startMillis)
    await server.stop()
  }
  await rm(directory, { recursive: true, force: true })
  const ratios = ours.map((cost, round) => cost / (bare[round] ?? Number.NaN))
  const detail = `${median(ours).toFixed(0)} against ${median(bare).toFixed(0)} ms; wall ${median(oursWall).toFixed(0)} against ${median(bareWall).toFixed(0)} ms`
  return [reaching("start", ratios, detail)]
}
