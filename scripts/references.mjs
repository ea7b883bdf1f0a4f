// Checks the references in documents: relative links and their anchors, paths of this repository in code spans, names
// of test files, `npm run` scripts and settings. Documents that are named in sources must exist, too. Prints each
// finding as `file:line: text`, and fails if there is one.
import { readdir, readFile } from "node:fs/promises"
import { basename, dirname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"
import GithubSlugger from "github-slugger"

const root = fileURLToPath(new URL("..", import.meta.url))

/** @param {string} folder @returns {Promise<ReadonlyArray<string>>} paths of files and folders, from the root */
const below = async (folder) =>
  (await readdir(join(root, folder), { recursive: true })).map((name) => `${folder}/${name}`)

const folders = ["docs", "src", "layers", "scripts", "test", "biome", ".github", ".ci"]
const [top, ...inner] = await Promise.all([readdir(root), ...folders.map(below)])
const paths = new Set([...top, ...inner.flat()])
const names = new Set([...paths].map((path) => basename(path)))

const documents = [...paths]
  .filter((path) => path.endsWith(".md") && !/^(?:test|biome|node_modules)\//.test(path))
  .sort()
const sources = [...paths].filter((path) => /^(?:src|layers|scripts|test)\/.*\.(?:tsx?|mjs)$/.test(path)).sort()

const scripts = Object.keys(JSON.parse(await readFile(join(root, "package.json"), "utf8")).scripts)
const text = new Map(
  await Promise.all(
    [...documents, ...sources].map(
      async (path) => /** @type {const} */ ([path, await readFile(join(root, path), "utf8")])
    )
  )
)
const settings = new Set(
  [text.get("docs/configuration.md"), ...sources.map((path) => text.get(path))].flatMap(
    (source) => source?.match(/STARPUNK_[A-Z0-9_]*[A-Z0-9]/g) ?? []
  )
)

/** @type {(document: string) => Set<string>} */
const anchorsOf = (document) => {
  const slugger = new GithubSlugger()
  const prose = (text.get(document) ?? "").replaceAll(/^```[\s\S]*?^```/gm, "")
  return new Set([...prose.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) => slugger.slug(title.replaceAll("`", ""))))
}

/**
 * Tells whether a path in a document exists: relative to the root, to `src` or to `layers`, with or without its
 * extension.
 */
const exists = (/** @type {string} */ path) =>
  ["", "src/", "layers/"].some((floor) =>
    ["", ".ts", ".tsx", ".mjs", ".js", ".css"].some((extension) => paths.has(`${floor}${path}${extension}`))
  )

const isPath =
  /^(?:(?:src|layers|scripts|test|docs|\.github|\.ci)\/|(?:domain|web|services|settings|errors|background|browser)\/\w)[\w./-]*$/

/** Tells whether a path is generated and absent from a checkout. */
const isMade = (/** @type {string} */ path) => /^(?:docs\/services|scripts\/.*\.js$)/.test(path)

/** @type {(document: string, line: string) => ReadonlyArray<string>} */
const findingsIn = (document, line) => {
  const findings = []
  for (const [, target = ""] of line.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue
    const [file = "", anchor] = target.split("#")
    const path = file === "" ? document : normalize(join(dirname(document), file)).replace(/\/$/, "")
    if (path !== "." && !paths.has(path)) findings.push(`the link ${target} leads nowhere`)
    else if (anchor !== undefined && !anchorsOf(path).has(anchor)) findings.push(`${path} has no heading #${anchor}`)
  }
  for (const [, code = ""] of line.matchAll(/`([^`]+)`/g)) {
    const path = code.replace(/\/$/, "")
    if (isPath.test(path) && !isMade(path) && !exists(path)) findings.push(`${code} does not exist`)
    if (/^[\w.-]+\.(?:test|fault)\.ts$/.test(code) && !names.has(code)) findings.push(`there is no test file ${code}`)
  }
  for (const [, name = ""] of line.matchAll(/npm run ([a-z][a-z:-]*)/g)) {
    if (!scripts.includes(name)) findings.push(`package.json has no script ${name}`)
  }
  for (const [name] of line.matchAll(/STARPUNK_[A-Z0-9_]*[A-Z0-9](?![A-Z0-9_]|\*)/g)) {
    // Every setting can be read from a file.
    if (!settings.has(name.replace(/_FILE$/, "")) && !settings.has(name)) findings.push(`there is no setting ${name}`)
  }
  return findings
}

/** @type {(line: string) => ReadonlyArray<string>} */
const documentsNamedIn = (line) =>
  [...line.matchAll(/(?<![\w/.])docs\/[\w./-]+\.(?:md|ya?ml|json)\b/g)].flatMap(([path]) =>
    paths.has(path) ? [] : [`${path} does not exist`]
  )

let count = 0
for (const [file, source] of text) {
  for (const [number, line] of source.split("\n").entries()) {
    for (const finding of file.endsWith(".md") ? findingsIn(file, line) : documentsNamedIn(line)) {
      count += 1
      process.stderr.write(`${file}:${number + 1}: ${finding}\n`)
    }
  }
}
if (count > 0) process.exitCode = 1
