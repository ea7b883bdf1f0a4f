/**
 * Links better-sqlite3 for another version of Node within seconds: only its C++ part depends on the version. SQLite itself
 * comes from the objects that `npm ci` and `scripts/build-sqlite-nofts5.mjs` compiled for the running version.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs"
import { join } from "node:path"

const sqlite = join("obj.target", "sqlite3", "gen", "sqlite3", "sqlite3.o")

/** As in better-sqlite3's build, but with less optimisation: tests do not measure the driver. */
const flags = [
  ...["-O1", "-w", "-std=c++20", "-fPIC", "-pthread", "-fno-rtti", "-fno-exceptions", "-fno-strict-aliasing"],
  ...["-DNDEBUG", "-DNODE_GYP_MODULE_NAME=better_sqlite3", "-DBUILDING_NODE_EXTENSION", "-D_FILE_OFFSET_BITS=64"]
]

/** @type {(args: ReadonlyArray<string>, cwd: string) => void} */
const compile = (args, cwd) => {
  const { error, status } = spawnSync("g++", args, { cwd, stdio: "inherit" })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`g++ ended with ${status}`)
}

/**
 * Makes the driver with and without FTS5 in `target`, unless both are there, and returns their paths.
 *
 * `source` is the folder of better-sqlite3, `headers` the folder with `node.h`, `withoutFts5` the build of SQLite without FTS5.
 *
 * @param {{ source: string, headers: string, withoutFts5: string, target: string }} places
 */
export const linkDriver = ({ headers, source, target, withoutFts5 }) => {
  const made = { usual: join(target, "better_sqlite3.node"), withoutFts5: join(target, "without_fts5.node") }
  if (existsSync(made.usual) && existsSync(made.withoutFts5)) return made
  const objects = {
    usual: join(source, "build", "Release", sqlite),
    withoutFts5: join(withoutFts5, "build", "Release", sqlite)
  }
  for (const object of Object.values(objects)) {
    if (existsSync(object)) continue
    console.error(`${object} is missing. To compile it, run \`npm rebuild better-sqlite3 --build-from-source\`.`)
    process.exit(1)
  }
  mkdirSync(target, { recursive: true })
  const binding = join(target, "binding.o")
  compile([...flags, `-I${headers}`, "-Ideps/sqlite3", "-c", "src/better_sqlite3.cpp", "-o", binding], source)
  const link = ["-shared", "-pthread", "-Wl,-Bsymbolic", "-Wl,--exclude-libs,ALL"]
  for (const kind of /** @type {const} */ (["usual", "withoutFts5"])) {
    compile([...link, binding, objects[kind], "-o", `${made[kind]}.part`], source)
    renameSync(`${made[kind]}.part`, made[kind])
  }
  return made
}

/** Version of better-sqlite3 in a folder. @param {string} source */
export const driverVersion = (source) => JSON.parse(readFileSync(join(source, "package.json"), "utf8")).version
