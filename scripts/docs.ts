import { mkdir, readFile, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { configuration } from "./docs/configuration.js"
import { envExample } from "./docs/envExample.js"
import { errors } from "./docs/errors.js"
import { routes } from "./docs/routes.js"

/** Generated documents, by their path in the repository. */
const documents: Readonly<Record<string, () => string | Promise<string>>> = {
  "docs/configuration.md": configuration,
  "docs/errors.md": errors,
  "docs/routes.md": routes,
  ".env.example": envExample
}

/** Root of the repository, relative to `dist/docs.js`. */
const root = new URL("../", import.meta.url)

const write = async (): Promise<number> => {
  for (const [path, render] of Object.entries(documents)) {
    await mkdir(new URL(dirname(path), root), { recursive: true })
    await writeFile(new URL(path, root), await render())
  }
  return 0
}

const check = async (): Promise<number> => {
  const drifted: Array<string> = []
  for (const [path, render] of Object.entries(documents)) {
    const present = await readFile(new URL(path, root), "utf8").catch(() => "")
    if (present !== (await render())) drifted.push(path)
  }
  if (drifted.length === 0) return 0
  process.stderr.write(`Out of date: ${drifted.join(", ")}. Run \`npm run docs\` to update them.\n`)
  return 1
}

const usage = async (): Promise<number> => {
  process.stderr.write("Usage: docs --write | --check\n")
  return 2
}

const modes: Readonly<Record<string, () => Promise<number>>> = { "--write": write, "--check": check }

process.exitCode = await (modes[process.argv[2] ?? ""] ?? usage)()
