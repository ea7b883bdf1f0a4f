// `npm run request-files`: lists in docs/architecture.md the files of this repository that run for one request, in the
// server and its threads, from sending it until its access line is written. The request creates a note by Micropub and
// is answered with 201. A file is listed if it runs in each of five requests, which excludes background loops.
import { execFileSync, fork } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { SourceMap } from "node:module"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { root, serverOptions } from "./bundle.mjs"

const document = join(root, "docs/architecture.md")
const begin = "<!-- files of a request: made by `npm run request-files`, do not edit -->"
const end = "<!-- end of the files of a request -->"
const directory = await mkdtemp(join(tmpdir(), "starpunk-request-"))
const bundle = join(root, ".cache", "request-files")

/**
 * Source that is preloaded into the server and each of its threads: counts calls, and writes the counts when the server
 * gets a message.
 */
const counter = `
{
  const session = new (require("node:inspector").Session)();
  const { threadId } = require("node:worker_threads");
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  const take = (name) => session.post("Profiler.takePreciseCoverage", (_, { result }) => {
    const called = result.filter(({ url }) => url.includes("request-files")).map(({ functions, url }) => ({
      url,
      offsets: functions.filter(({ ranges }) => ranges[0].count > 0).map(({ ranges }) => ranges[0].startOffset)
    }));
    require("node:fs").writeFileSync(${JSON.stringify(`${directory}/`)} + name + "." + threadId, JSON.stringify(called));
  });
  const channel = new BroadcastChannel("request-files");
  channel.onmessage = ({ data }) => take(data);
  channel.unref();
  if (threadId === 0) process.on("message", (name) => {
    channel.postMessage(name);
    take(name);
    setTimeout(() => process.send(name), 100);
  });
}
`

await build({
  ...serverOptions,
  outdir: bundle,
  minify: false,
  minifySyntax: false,
  minifyWhitespace: false,
  banner: { js: `${serverOptions.banner?.js ?? ""}${counter}` }
})

const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("STARPUNK_"))),
  STARPUNK_DATA_PATH: join(directory, "data"),
  STARPUNK_PORT: "0",
  STARPUNK_LOG_FORMAT: "json"
}
const server = fork(join(bundle, "serve.cjs"), { cwd: directory, env, stdio: ["ignore", "pipe", "inherit", "ipc"] })

/** @type {(predicate: (line: string) => boolean) => Promise<string>} */
const lineWhere = (predicate) =>
  new Promise((resolve) => {
    const read = (/** @type {string} */ line) => {
      if (!predicate(line)) return
      lines.off("line", read)
      resolve(line)
    }
    lines.on("line", read)
  })
const lines = createInterface({ input: server.stdout ?? process.stdin })

/** Writes the call counts since the previous count to files with this name. @param {string} name */
const count = (name) =>
  new Promise((resolve) => {
    server.once("message", resolve)
    server.send(name)
  })

/** @type {Map<string, { readonly starts: ReadonlyArray<number>, readonly map: SourceMap }>} */
const maps = new Map()

/** @param {string} url */
const mapOf = async (url) => {
  const known = maps.get(url)
  if (known !== undefined) return known
  const file = url.startsWith("file:") ? fileURLToPath(url) : url
  const source = await readFile(file, "utf8")
  const starts = [0]
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) starts.push(at + 1)
  const made = { starts, map: new SourceMap(JSON.parse(await readFile(`${file}.map`, "utf8"))) }
  maps.set(url, made)
  return made
}

/** Files of this repository whose functions were called. @param {string} name @returns {Promise<Set<string>>} */
const filesOf = async (name) => {
  const files = new Set()
  for (const written of (await readdir(directory)).filter((file) => file.startsWith(`${name}.`))) {
    for (const { offsets, url } of JSON.parse(await readFile(join(directory, written), "utf8"))) {
      const { map, starts } = await mapOf(url)
      for (const offset of offsets) {
        const line = starts.findLastIndex((start) => start <= offset)
        const { originalSource } = /** @type {{ originalSource?: string }} */ (
          map.findEntry(line, offset - (starts[line] ?? 0))
        )
        const file = /(?:^|\/)((?:src|layers|scripts)\/.*)$/.exec(originalSource ?? "")?.[1]
        // Source maps of libraries may also name folders called `src`.
        if (file !== undefined && existsSync(join(root, file))) files.add(file)
      }
    }
  }
  return files
}

try {
  const ready = lineWhere((line) => line.includes('"StarPunk is ready"'))
  const { address } = JSON.parse(await lineWhere((line) => line.includes('"Listening"')))
  await ready
  const command = join(root, "dist/starpunk.js")
  const token = execFileSync(process.execPath, [command, "token", "create", "--scope", "create"], {
    cwd: directory,
    env,
    encoding: "utf8"
  }).trim()

  /** @param {number} number */
  const post = async (number) => {
    const logged = lineWhere((line) => line.includes('"http.access"') && line.includes("/micropub"))
    const { status } = await fetch(`${address}/micropub`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ type: ["h-entry"], properties: { content: [`Note ${number}`] } })
    })
    if (status !== 201) throw new Error(`POST /micropub was answered with ${status}`)
    await logged
  }

  await post(0)
  /** @type {Set<string> | undefined} */
  let files
  for (let number = 1; number <= 5; number++) {
    await count(`before-${number}`)
    await post(number)
    await count(`request-${number}`)
    const called = await filesOf(`request-${number}`)
    files = new Set([...called].filter((file) => files === undefined || files.has(file)))
  }
  const sorted = [...(files ?? [])].sort()
  /** @type {Record<string, Array<string>>} */
  const folders = {}
  for (const file of sorted) folders[dirname(file)] = [...(folders[dirname(file)] ?? []), basename(file)]
  const list = Object.entries(folders).map(
    ([folder, names]) =>
      `| \`${folder}\` | ${names.length} | ${names.map((name) => name.replace(/\.\w+$/, "")).join(", ")} |`
  )
  const text = await readFile(document, "utf8")
  await writeFile(
    document,
    `${text.slice(0, text.indexOf(begin) + begin.length)}

${sorted.length} files run:

| folder | files | names |
|---|---|---|
${list.join("\n")}

${text.slice(text.indexOf(end))}`
  )
  process.stdout.write(`${sorted.length} files\n`)
} finally {
  server.kill("SIGTERM")
  await rm(directory, { recursive: true, force: true, maxRetries: 5 })
}
