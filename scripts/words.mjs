// Searches the project's texts for words that docs/style.md replaces: README, documents, error catalogue, settings,
// command line, pages, and JSDoc. Prints each finding as `file:line: word → instead`, and fails if there is one outside the
// unfinished places. `--summary` prints only the findings that fail and the number of the others; paths limit the search.
import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))

/** Patterns and their replacements. @type {ReadonlyArray<readonly [RegExp, string]>} */
const words = [
  [/\b(?:whoever|whomever)\b/gi, "anyone, the caller, the client, the operator"],
  [/\bmend(?:s|ed|ing)?\b/gi, "fix"],
  [/\banew\b/gi, "again, new"],
  [/\b(?:is|are|was|were|be|been|being) told\b/gi, "gets, sees, is reported"],
  [/\bof which\b/gi, "two sentences"],
  [/\bfor ever\b/gi, "permanently, without end"],
  [/\bstands? in\b/gi, "is in"],
  [/\bby (?:itself|themselves)\b/gi, "automatically"],
  [/\bback comes?\b/gi, "subject first"],
  [/\bupkeep\b(?!\.)/gi, "maintenance"],
  [/\bmeasurements?\b/gi, "metrics"]
]

/** The style guide quotes the words. */
const skipped = new Set(["docs/style.md"])

/** Places that are not rewritten yet. Remove a place from this list when the search finds nothing in it. @type {ReadonlyArray<string>} */
const unfinished = []

const isUnfinished = (/** @type {string} */ file) =>
  unfinished.some((place) => file === place || file.startsWith(`${place}/`))

const places = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs", "src", "layers", "scripts"]

/** @param {string} place @returns {Promise<ReadonlyArray<string>>} paths from the root */
const filesIn = async (place) => {
  if (!(await stat(join(root, place))).isDirectory()) return [place]
  const names = await readdir(join(root, place), { recursive: true })
  return names
    .filter((name) => /\.(?:md|tsx?|mjs|js)$/.test(name))
    .map((name) => join(place, name))
    .filter((path) => path !== "scripts/words.mjs" && !skipped.has(path))
}

/**
 * The searched texts of a source; every other character becomes a blank, so that line numbers stay. @param {string}
 * source
 */
const textsOf = (source) => {
  const kept = source.split("").fill(" ")
  const put = (/** @type {number} */ at, /** @type {string} */ text) => {
    for (const [offset, character] of text.split("").entries()) kept[at + offset] = character
  }
  // Only text that people read: JSDoc, strings with a blank, and text between tags. Names in templates are code.
  const readable = source.replace(/\$\{[^{}]*\}/g, (code) => code.replace(/[^\n]/g, "_"))
  for (const { 0: text, index } of readable.matchAll(
    /\/\*\*[\s\S]*?\*\/|"[^"\n]* [^"\n]*"|`[^`]* [^`]*`|>[^<>{}\n]* [^<>{}\n]*</g
  )) {
    put(index, text)
  }
  for (const [index, character] of source.split("").entries()) if (character === "\n") kept[index] = "\n"
  return kept.join("")
}

const args = process.argv.slice(2)
const given = args.filter((arg) => !arg.startsWith("--"))
const files = (await Promise.all((given.length > 0 ? given : places).map(filesIn))).flat().sort()

let failures = 0
let others = 0
for (const file of files) {
  const source = await readFile(join(root, file), "utf8")
  const text = file.endsWith(".md") ? source : textsOf(source)
  for (const [number, line] of text.split("\n").entries()) {
    for (const [pattern, instead] of words) {
      for (const [word] of line.matchAll(pattern)) {
        const fails = !isUnfinished(file)
        if (fails) failures += 1
        else others += 1
        if (fails || !args.includes("--summary")) process.stdout.write(`${file}:${number + 1}: ${word} → ${instead}\n`)
      }
    }
  }
}

if (others > 0) process.stderr.write(`${others} words in places that are not rewritten yet.\n`)
if (failures > 0) {
  process.stderr.write(`${failures} words that docs/style.md replaces.\n`)
  process.exitCode = 1
}
