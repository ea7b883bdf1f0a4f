// Writes dist/sbom.cdx.json: every package that the site runs with, with version and licence, as CycloneDX (`npm sbom`).
// Part of a release; nothing is asked of any registry.
import { execFileSync } from "node:child_process"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
const target = process.argv[2] ?? join(root, "dist/sbom.cdx.json")
const args = ["sbom", "--package-lock-only", "--omit=dev", "--sbom-format=cyclonedx", "--sbom-type=application"]
const bill = JSON.parse(execFileSync("npm", args, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }))
// npm calls the whole after the directory in which it happens to lie.
bill.metadata.component.name = "starpunk"
await mkdir(join(target, ".."), { recursive: true })
await writeFile(target, `${JSON.stringify(bill, null, 2)}\n`)
process.stdout.write(`${target}: ${bill.components.length} packages\n`)
