// Writes dist/sbom.cdx.json: every package that the site runs with, with version and licence, as CycloneDX (`npm sbom`).
// Part of a release; nothing is asked of any registry.
import { execFileSync } from "node:child_process"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
const target = process.argv[2] ?? join(root, "dist/sbom.cdx.json")
// Not `--omit=dev`: npm leaves out everything then that something of development asks for, too, Effect itself among it.
const args = ["sbom", "--package-lock-only", "--sbom-format=cyclonedx", "--sbom-type=application"]
const bill = JSON.parse(execFileSync("npm", args, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }))
const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"))
const kept = new Set(
  Object.entries(packages).flatMap(([path, { dev, version }]) => {
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)
    return path === "" || dev ? [] : [`${name}@${version}`]
  })
)
kept.add(bill.metadata.component["bom-ref"])
/** @param {string} reference */
const isKept = (reference) => kept.has(reference)
bill.components = bill.components.filter((/** @type {any} */ component) => isKept(component["bom-ref"]))
bill.dependencies = bill.dependencies
  .filter((/** @type {any} */ { ref }) => isKept(ref))
  .map((/** @type {any} */ { dependsOn, ref }) => ({ ref, dependsOn: dependsOn.filter(isKept) }))
// npm calls the whole after the directory in which it happens to lie.
bill.metadata.component.name = "starpunk"
await mkdir(join(target, ".."), { recursive: true })
await writeFile(target, `${JSON.stringify(bill, null, 2)}\n`)
process.stdout.write(`${target}: ${bill.components.length} packages\n`)
