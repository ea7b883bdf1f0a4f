// Checks the packages that `npm ci` installs: install scripts only in packages that package.json allows, exact
// versions, integrity hashes, and licences of runtime packages that permit redistribution. npm 11 runs no script that
// `allowScripts` denies, and in CI none that it does not name; npm 10 installs exactly the lock file, which is checked
// here. Part of `npm run check`.
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = process.argv[2] ?? fileURLToPath(new URL("..", import.meta.url))

/** Permitted licences of runtime packages. */
const licences = new Set([
  "MIT",
  "ISC",
  "0BSD",
  "Unlicense",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "Python-2.0",
  "PSF-2.0"
])

/**
 * Packages with another licence. libvips is a separate library that sharp loads at run time, unchanged: the LGPL only
 * requires that users can replace it. The OFL permits
 * to ship and to change fonts that reserve no name.
 * @type {ReadonlyArray<readonly [RegExp, string]>}
 */
const exceptions = [
  [/^@img\/sharp-/, "LGPL-3.0-or-later"],
  [/^@fontsource-variable\//, "OFL-1.1"]
]

/** @param {string} path */
const json = async (path) => JSON.parse(await readFile(join(root, path), "utf8"))

const manifest = await json("package.json")
const { packages } = await json("package-lock.json")
/** @type {Record<string, boolean>} */
const allowed = manifest.allowScripts ?? {}
/** @type {Array<string>} */
const problems = []

for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
  if (!/^(?:npm:[^@]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    problems.push(`${name}: ${version} is no exact version`)
}

/** @param {string} path */
const scriptsOf = async (path) => {
  const { scripts = {} } = await json(join(path, "package.json")).catch(() => ({}))
  return ["preinstall", "install", "postinstall"].filter((name) => scripts[name] !== undefined)
}

/** @param {string} given an SPDX expression */
const isFree = (given) =>
  given
    .replaceAll(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((licence) => licences.has(licence)))

const running = new Set()
for (const [path, entry] of Object.entries(packages)) {
  if (path === "") continue
  const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)
  const installed = await scriptsOf(path)
  if (entry.hasInstallScript || installed.length > 0) {
    running.add(name)
    if (allowed[name] === undefined)
      problems.push(`${name}: would run a program while it is installed (${installed.join(", ")})`)
    if (!entry.hasInstallScript) problems.push(`${name}: the lock file does not say that it has install scripts`)
  }
  if (entry.resolved !== undefined)
    problems.push(`${name}: comes from ${entry.resolved}, and not from the registry that is set`)
  if (entry.link === true) problems.push(`${name}: is a link to somewhere else`)
  // npm records no hash for packages that it never fetched: binaries of other platforms.
  if (entry.integrity === undefined ? !entry.optional : !entry.integrity.startsWith("sha512-")) {
    problems.push(`${name}: its content is not pinned by a hash`)
  }
  if (entry.dev) continue
  const licence = entry.license ?? (await json(join(path, "package.json")).catch(() => undefined))?.license
  // Missing binaries of other platforms have the licence of the package that depends on them.
  if (licence === undefined && entry.optional) continue
  const isExcepted = exceptions.some(([names, other]) => names.test(name) && String(licence).includes(other))
  if (!isExcepted && !isFree(String(licence))) problems.push(`${name}: its licence is ${licence}`)
}
for (const name of Object.keys(allowed))
  if (!running.has(name)) problems.push(`${name}: may run a program, and has none`)

for (const problem of problems) process.stderr.write(`${problem}\n`)
process.exitCode = problems.length === 0 ? 0 : 1
