// Runs every part of `npm run check`, as many at a time as there are cores, and prints the output of failed parts only.
// `npm run check -- types lint` runs some of the parts.
import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
const tsc = "node_modules/typescript-fast/bin/tsc"

/**
 * The parts, slowest first. `build` comes before the parts that run the bundle. @type {Record<string,
 * ReadonlyArray<ReadonlyArray<string>>>}
 */
const parts = {
  // One checker: each further one checks the types of Effect again, and other parts use the other cores.
  types: [
    [tsc, "--noEmit", "--checkers", "1", "--incremental", "--tsBuildInfoFile", ".cache/types.tsbuildinfo"],
    [tsc, "--noEmit", "-p", "src/browser"]
  ],
  imports: [["scripts/house.mjs", "--check"]],
  lint: [["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."]],
  documents: [
    ["scripts/build.mjs", "--if-stale"],
    ["dist/docs.js", "--check"]
  ],
  unused: [["scripts/unused.mjs"]],
  packages: [["scripts/supply.mjs"], ["scripts/advisories.mjs"]],
  references: [["scripts/references.mjs"]],
  words: [["scripts/words.mjs", "--summary"], ["scripts/prose.mjs"]]
}

/** @param {ReadonlyArray<string>} args @returns {Promise<{ code: number | null, output: string }>} */
const run = (args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] })
    let output = ""
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk) => {
        output += chunk
      })
    }
    child.once("close", (code) => resolve({ code, output }))
  })

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} */
const packagesIn = (file) => {
  try {
    return JSON.parse(readFileSync(`${root}${file}`, "utf8")).packages
  } catch {
    return {}
  }
}

// After a pull that changed packages, types and bundle fail in ways that do not say why.
const installed = packagesIn("node_modules/.package-lock.json")
const outdated = Object.entries(packagesIn("package-lock.json")).filter(
  ([path, { devOptional, optional, version }]) =>
    path !== "" && !optional && !devOptional && installed[path]?.version !== version
)
if (outdated.length > 0) {
  const [path] = outdated[0] ?? [""]
  process.stderr.write(
    `The installed packages differ from package-lock.json (${outdated.length}, such as ${path}). Run \`npm ci\`.\n`
  )
  process.exit(1)
}

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => parts[name] === undefined)
if (unknown.length > 0) {
  process.stderr.write(
    `No part of the check is named ${unknown.join(", ")}. There are: ${Object.keys(parts).join(", ")}.\n`
  )
  process.exit(2)
}

const waiting = Object.entries(parts).filter(([name]) => chosen.length === 0 || chosen.includes(name))

const work = async () => {
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const [name, commands] = part
    const begun = performance.now()
    let failed = false
    for (const args of commands) {
      const { code, output } = await run(args)
      if (code !== 0 || name === "words") process.stderr.write(output)
      failed ||= code !== 0
      if (failed) break
    }
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    process.stderr.write(`${failed ? "✗" : "✓"} ${name} ${seconds} s\n`)
    if (failed) process.exitCode = 1
  }
}

await Promise.all(Array.from({ length: Math.max(1, availableParallelism()) }, work))
