// Writes dist/sbom.cdx.json: every runtime dependency with version and licence, as CycloneDX (`npm sbom`). Part of a
// release; no registry is requested.
import { execFileSync } from "node:child_process"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
const target = process.argv[2] ?? join(root, "dist/sbom.cdx.json")
// `--omit=dev` would also drop packages that development dependencies share, such as Effect itself.
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
// npm names the component after the working directory.
bill.metadata.component.name = "starpunk"
await mkdir(join(target, ".."), { recursive: true })
await writeFile(target, `${JSON.stringify(bill, null, 2)}\n`)
process.stdout.write(`${target}: ${bill.components.length} packages\n`)
