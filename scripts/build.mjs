// Bundles the program into dist/, which `npm start` and `npx starpunk` run. A start from one precompiled bundle takes a
// tenth of the time and half of the memory of loading about a thousand modules. `--if-stale` builds only if a source
// has changed since the last build.
import { fork, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { chmod, copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { Module } from "node:module"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { createInterface } from "node:readline"
import { build } from "esbuild"
import { browserScripts } from "./browser-scripts.mjs"
import { common, defines, root, serverOptions } from "./bundle.mjs"
import { fontFiles } from "./fonts.mjs"
import { stylesheets } from "./stylesheets.mjs"

/** @returns {Promise<boolean>} whether every source is older than `dist/built`, which a build writes last */
const isFresh = async () => {
  const built = await stat(join(root, "dist/built")).catch(() => undefined)
  if (built === undefined) return false
  const sources = ["package.json", "package-lock.json"]
  for (const folder of ["src", "layers", "scripts"]) {
    for (const file of await readdir(join(root, folder), { recursive: true })) sources.push(join(folder, file))
  }
  const times = await Promise.all(sources.map(async (file) => (await stat(join(root, file))).mtimeMs))
  return Math.max(...times) < built.mtimeMs
}

if (process.argv.includes("--if-stale") && (await isFresh())) process.exit()

/** Bundles the entry point and all programs except the server and the command line: ES modules, loaded on demand. */
const programs = () =>
  build({
    ...common,
    entryPoints: {
      starpunk: "scripts/starpunk.ts",
      docs: "scripts/docs.ts",
      bench: "scripts/bench/main.ts",
      attackers: "scripts/bench/attackers.ts",
      fastifyServer: "scripts/bench/FastifyServer.ts",
      notesServer: "scripts/bench/NotesServer.ts",
      liveness: "scripts/bench/liveness.ts",
      loopwatch: "scripts/bench/loopwatch.ts",
      worker: "layers/sqlite/pool/worker.js",
      pages: "layers/outbound/PageThread.ts",
      renderer: "layers/rendering/RenderingThread.ts"
    },
    splitting: true,
    format: "esm",
    define: defines,
    // CommonJS packages inside an ES module still call `require`.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);'
    },
    plugins: [
      browserScripts,
      fontFiles,
      stylesheets,
      {
        name: "the server and the command line are programs of their own",
        setup: ({ onResolve }) => {
          onResolve({ filter: /\/(?:cli|serve)\.js$/ }, ({ kind, path }) =>
            kind === "dynamic-import" ? { path: `./${basename(path)}`, external: true } : undefined
          )
        }
      }
    ]
  })

/**
 * Sends requests that load libraries late, so that the code cache has their code too. Otherwise the first one of a server blocks
 * the event loop while V8 compiles the library.
 * @param {string} url
 */
const useLateLibraries = async (url) => {
  const headers = { "sec-fetch-site": "same-origin" }
  await fetch(`${url}/auth/passkey/options`, { method: "POST", headers })
  const body = new FormData()
  body.append("content", "a")
  await fetch(`${url}/auth/login`, { method: "POST", headers, body })
}

/** Flags of the ways to start: V8 takes a code cache only under the flags that it was made with. */
const waysToStart = [[], ["--max-semi-space-size=4"]]

/**
 * Runs the server on temporary data until it is ready and lets it write V8's code cache.
 * @param {ReadonlyArray<string>} execArgv
 */
const serverCache = async (execArgv) => {
  const directory = await mkdtemp(join(tmpdir(), "starpunk-build-"))
  const child = fork(join(root, "dist/serve.js"), ["--code-cache"], {
    cwd: directory,
    execArgv: [...execArgv],
    env: {
      ...withoutSettings(),
      STARPUNK_PORT: "0",
      STARPUNK_SITE_URL: "http://localhost",
      STARPUNK_LOG_FORMAT: "json"
    },
    stdio: ["ignore", "pipe", "ignore", "ipc"]
  })
  const ended = new Promise((resolve) => child.once("close", resolve))
  let url = ""
  for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
    const { address, message } = JSON.parse(line)
    if (message === "Listening") url = address
    if (message === "StarPunk is ready") {
      await useLateLibraries(url)
      child.send("write the code cache")
    }
  }
  await ended
  await rm(directory, { recursive: true, force: true })
}

/**
 * Runs `doctor`, which uses most of the commands' code, on empty data and lets it write V8's code cache.
 * @param {ReadonlyArray<string>} execArgv
 */
const commandLineCache = async (execArgv) => {
  const directory = await mkdtemp(join(tmpdir(), "starpunk-build-"))
  const program = join(root, "dist/starpunk.js")
  const child = spawn(process.execPath, [...execArgv, program, "doctor", "--json", "--code-cache"], {
    cwd: directory,
    env: withoutSettings(),
    stdio: "ignore"
  })
  await once(child, "close")
  await rm(directory, { recursive: true, force: true })
}

const withoutSettings = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("STARPUNK_")))

await rm(join(root, "dist"), { recursive: true, force: true })
await Promise.all([programs(), build(serverOptions)]).catch(() => process.exit(1)) // esbuild has printed the error
for (const name of ["serve", "cli"]) {
  // esbuild keeps non-ASCII characters in regular expressions, and V8 stores a text with one such character in two
  // bytes per character. The function around the module is in the file, because V8 would copy a text that is joined at
  // the start.
  const script = join(root, `dist/${name}.cjs`)
  const text = (await readFile(script, "utf8")).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
  )
  await writeFile(script, Module.wrap(text))
  await copyFile(join(root, "scripts/script-loader.mjs"), join(root, `dist/${name}.js`))
}
await chmod(join(root, "dist/starpunk.js"), 0o755)
for (const flags of waysToStart) await Promise.all([serverCache(flags), commandLineCache(flags)])
for (const name of ["serve.cjs.usual", "serve.cjs.small", "cli.cjs.usual", "cli.cjs.small"]) {
  const cache = join(root, `dist/${name}.cache`)
  if (existsSync(cache))
    await chmod(cache, 0o644) // the program creates it readable for its user only
  else process.stderr.write(`${name} could not be run to compile it beforehand; it will start a little slower.\n`)
}
await copyFile(join(root, "package.json"), join(root, "dist/built"))
