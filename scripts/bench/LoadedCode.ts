import { once } from "node:events"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { SourceMap } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { startStarPunk } from "./Server.js"

/** What a preloaded script writes at the end of a server. */
interface Counted {
  /** Files of packages that were loaded from `node_modules`. */
  readonly packages: ReadonlyArray<string>
  /** Characters of `dist/serve.cjs` at which functions that ran begin. */
  readonly offsets: ReadonlyArray<number>
}

/** Source of the preloaded script. It counts calls from the first line of the server on. */
const counterTo = (file: string) => `
  const session = new (require("node:inspector").Session)()
  if (require("node:worker_threads").isMainThread) {
    session.connect()
    session.post("Profiler.enable")
    session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false })
    process.once("exit", () => session.post("Profiler.takePreciseCoverage", (_, { result }) => {
      const ran = result.filter(({ url }) => url.endsWith("/dist/serve.cjs")).flatMap(({ functions }) => functions)
      const offsets = ran.filter(({ ranges }) => ranges[0].count > 0).map(({ ranges }) => ranges[0].startOffset)
      const packages = Object.keys(require("node:module")._cache).filter((path) => path.includes("/node_modules/"))
      require("node:fs").writeFileSync(${JSON.stringify(file)}, JSON.stringify({ packages, offsets }))
    }))
  }
`

/** Number of characters that `Module.wrap` puts before a script. */
const wrapperLength = "(function (exports, require, module, __filename, __dirname) { ".length

/** Sources of this repository that ran a function, from offsets in the bundle. */
const sourcesAt = async (offsets: ReadonlyArray<number>): Promise<ReadonlySet<string>> => {
  const bundle = fileURLToPath(new URL("./serve.cjs", import.meta.url))
  const text = await readFile(bundle, "latin1")
  const map = new SourceMap(JSON.parse(await readFile(`${bundle}.map`, "utf8")))
  const lines = [0]
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines.push(at + 1)
  const sources = new Set<string>()
  for (const offset of offsets) {
    const at = offset - wrapperLength
    const line = lines.findLastIndex((begin) => begin <= at)
    if (line === -1) continue
    const entry = map.findEntry(line, at - (lines[line] ?? 0))
    if ("originalSource" in entry) sources.add(entry.originalSource.replace(/^(?:\.\.\/)+/, ""))
  }
  return sources
}

/** Sources and packages that a server with the default settings runs, until it has answered one request. */
export const loadedCode = async (): Promise<{
  readonly sources: ReadonlySet<string>
  readonly packages: ReadonlyArray<string>
}> => {
  const directory = await mkdtemp(join(tmpdir(), "starpunk-loaded-"))
  try {
    const [counter, counted] = [join(directory, "counter.cjs"), join(directory, "counted.json")]
    await writeFile(counter, counterTo(counted))
    const server = await startStarPunk({ NODE_OPTIONS: `--require=${counter}` })
    const ended = once(server.child, "exit")
    await server.stop()
    await ended
    const { offsets, packages }: Counted = JSON.parse(await readFile(counted, "utf8"))
    return { packages, sources: await sourcesAt(offsets) }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
