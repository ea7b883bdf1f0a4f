// Starts the script of its own name, such as dist/serve.cjs, from V8's code cache: what V8 compiled when the program was built is
// read instead of compiled again, which saves a third of the time a start takes. A cache of another Node version is ignored by
// V8 itself.
import { readFileSync, writeFileSync } from "node:fs"
import { createRequire, Module } from "node:module"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { Script } from "node:vm"

const file = fileURLToPath(import.meta.url).replace(/\.js$/, ".cjs")
const cacheFile = `${file}.cache`

const readCache = () => {
  try {
    return readFileSync(cacheFile)
  } catch {
    return undefined // as it is before the first build has ended
  }
}

const cachedData = readCache()
// The build has made the bundle pure ASCII.
const script = new Script(Module.wrap(readFileSync(file, "latin1")), {
  filename: file,
  ...(cachedData === undefined ? {} : { cachedData })
})

const writeCache = () => writeFileSync(cacheFile, script.createCachedData())

// The build runs each program once. The server is asked for its cache when it is ready, a command writes it at its end: by
// then all that they need is compiled.
if (process.argv.includes("--code-cache")) {
  process.argv = process.argv.filter((word) => word !== "--code-cache")
  if (process.send === undefined) process.once("exit", writeCache)
  else {
    process.once("message", () => {
      writeCache()
      process.disconnect()
      process.kill(process.pid, "SIGTERM")
    })
  }
}

/** @type {{ readonly exports: { readonly main?: (argv: ReadonlyArray<string>) => void } }} */
const module = { exports: {} }
script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file))

/** What the command line exports; the server runs by itself. */
export const main = module.exports.main ?? (() => undefined)
