/**
 * Builds better-sqlite3 without FTS5 and prints the path of the addon, for `STARPUNK_SQLITE_BINDING` and the tests. The
 * build is cached in `.cache` by version and Node ABI; a second run only prints the path.
 *
 * The option `--sqlite3=<folder>` of better-sqlite3 compiles another amalgamation without the package's SQLITE_ENABLE_*
 * definitions. Given the package's own amalgamation, it builds the same SQLite without extensions.
 */
import { spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const require = createRequire(import.meta.url)
const source = dirname(require.resolve("better-sqlite3/package.json"))
const { version } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"))
const cache = join(dirname(fileURLToPath(import.meta.url)), "..", ".cache")
const target = join(cache, `sqlite-nofts5-${version}-${process.versions.modules}`)
const addon = join(target, "build", "Release", "better_sqlite3.node")

/** @type {(why: string, detail?: string) => never} */
const fail = (why, detail) => {
  console.error(`Cannot build SQLite without FTS5: ${why}`)
  if (detail) console.error(detail)
  console.error("It needs python3, make and a C++20 compiler (on Debian: apt install python3 make g++).")
  process.exit(1)
}

/** Path of the node-gyp that npm ships; other package managers (pnpm, yarn) do not have it. */
const nodeGyp = () => {
  const fromNpm = process.env.npm_execpath ? join(dirname(process.env.npm_execpath), "..") : undefined
  const root = spawnSync("npm", ["root", "-g"], { encoding: "utf8" }).stdout?.trim()
  const candidates = [fromNpm, root ? join(root, "npm") : undefined]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, "node_modules", "node-gyp", "bin", "node-gyp.js"))
  return candidates.find((candidate) => existsSync(candidate)) ?? fail("npm's node-gyp was not found")
}

/** Options for Node's own headers, where they are installed; the build then needs no network. */
const headers = () => {
  const prefix = join(dirname(process.execPath), "..")
  return existsSync(join(prefix, "include", "node", "node.h")) ? [`--nodedir=${prefix}`] : []
}

/** @param {string} path */
const verify = async (path) => {
  const { default: Database } = await import(pathToFileURL(join(source, "lib", "index.js")).href)
  const database = new Database(":memory:", { nativeBinding: path })
  try {
    database.exec("CREATE VIRTUAL TABLE probe USING fts5(text)")
  } catch (error) {
    if (error instanceof Error && error.message.includes("no such module: fts5")) return
    throw error
  } finally {
    database.close()
  }
  fail("the finished build still has FTS5")
}

if (!existsSync(addon)) {
  const work = `${target}.${process.pid}`
  mkdirSync(cache, { recursive: true })
  cpSync(source, work, { recursive: true, filter: (path) => path !== join(source, "build") })
  console.error("Building SQLite without FTS5, once; this takes a minute or two …")
  const build = spawnSync(
    process.execPath,
    [nodeGyp(), "rebuild", "--release", ...headers(), `--sqlite3=${join(work, "deps", "sqlite3")}`],
    { cwd: work, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }
  )
  if (build.status !== 0) {
    rmSync(work, { recursive: true, force: true })
    fail("node-gyp did not succeed", build.stderr?.slice(-4000))
  }
  rmSync(target, { recursive: true, force: true })
  renameSync(work, target)
}

await verify(addon)
console.log(addon)
