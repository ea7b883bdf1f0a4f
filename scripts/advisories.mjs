/**
 * Compares the lock file with lists of security advisories: `npm run advisories`, or `npm run advisories -- FILE …` for
 * other lists. `advisories.json` holds the advisories that affected this project, since the audit endpoints of
 * registries are not reachable from everywhere. A file holds a JSON list of entries (`id`, `package`, `vulnerable` as a
 * version range, `summary`) or of OSV records (https://ossf.github.io/osv-schema/). Exits with 1 if a package is
 * affected.
 */
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import semver from "semver"

/** @typedef {{ id: string, package: string, vulnerable: string, summary: string }} Advisory */

const root = fileURLToPath(new URL("..", import.meta.url))

/** @param {Array<Record<string, string>>} events @returns {Array<string>} version ranges */
const rangesOf = (events) => {
  /** @type {Array<string>} */
  const ranges = []
  for (const [place, { introduced }] of events.entries()) {
    if (introduced === undefined) continue
    const from = introduced === "0" ? ">=0.0.0-0" : `>=${introduced}`
    const end = events.slice(place + 1).find((event) => event.fixed !== undefined || event.last_affected !== undefined)
    if (end === undefined) ranges.push(from)
    else ranges.push(`${from} ${end.fixed === undefined ? `<=${end.last_affected}` : `<${end.fixed}`}`)
  }
  return ranges
}

/** @param {any} record @returns {Array<Advisory>} */
const advisoriesIn = (record) => {
  if (typeof record.package === "string") return [record]
  return (record.affected ?? [])
    .filter((/** @type {any} */ entry) => entry.package?.ecosystem === "npm")
    .map((/** @type {any} */ entry) => ({
      id: record.id,
      package: entry.package.name,
      vulnerable: [
        ...(entry.ranges ?? []).flatMap((/** @type {any} */ range) => rangesOf(range.events ?? [])),
        ...(entry.versions ?? [])
      ].join(" || "),
      summary: record.summary ?? ""
    }))
}

/** @param {string} file @returns {Promise<Array<Advisory>>} */
const read = async (file) => {
  const list = JSON.parse(await readFile(file, "utf8"))
  const advisories = (Array.isArray(list) ? list : [list]).flatMap(advisoriesIn)
  const unusable = advisories.find(({ vulnerable }) => vulnerable === "" || semver.validRange(vulnerable) === null)
  if (unusable !== undefined) throw new Error(`${file}: ${unusable.id} gives no version range that can be read`)
  return advisories
}

const files = process.argv.slice(2)
const given = files[0] === "--root" ? { root: files[1] ?? root, files: files.slice(2) } : { root, files }
const lists = [join(given.root, "advisories.json"), ...given.files]
const advisories = (await Promise.all(lists.map(read))).flat()
const { packages } = JSON.parse(await readFile(join(given.root, "package-lock.json"), "utf8"))

let affected = 0
for (const [path, { dev, version }] of Object.entries(packages)) {
  if (path === "" || version === undefined) continue
  const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)
  for (const advisory of advisories) {
    if (advisory.package !== name || !semver.satisfies(version, advisory.vulnerable, { includePrerelease: true }))
      continue
    affected += 1
    const where = dev ? " (development only)" : ""
    process.stderr.write(
      `${name} ${version}${where}: ${advisory.id}, ${advisory.summary}; affected are ${advisory.vulnerable}\n`
    )
  }
}
if (affected > 0)
  process.stderr.write(
    "Upgrade these packages: `npm install --save-exact NAME@VERSION`, or an override in package.json.\n"
  )
process.exitCode = affected === 0 ? 0 : 1
