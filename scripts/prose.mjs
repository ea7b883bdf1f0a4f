// Finds words in the markup of pages (`src/web`, `*.tsx`): texts for people belong in `src/texts`, where every language has
// them. Allowed are code, and elements that are marked as English (`lang="en"`). Files as arguments limit the search.
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"

const root = fileURLToPath(new URL("..", import.meta.url))

/** Attributes that browsers show or read aloud. */
const spoken = new Set(["alt", "aria-description", "aria-label", "aria-placeholder", "label", "placeholder", "title"])

/** Names that are the same in every language. */
const names = new Set(["StarPunk", "Markdown", "UTC"])

/** @param {string} text */
const hasWords = (text) => (text.match(/\p{L}{2,}/gu) ?? []).some((word) => !names.has(word))

/** Addresses are examples and no words. @param {string} text */
const isAddress = (text) => /^(?:https?:\/\/\S*|\/\S+)$/.test(text)

/** @param {ts.JsxOpeningLikeElement} opening */
const isExcepted = (opening) =>
  opening.tagName.getText() === "code" ||
  opening.attributes.properties.some(
    (attribute) => ts.isJsxAttribute(attribute) && /^lang="en"$/.test(attribute.getText())
  )

/**
 * Words in the markup of a source, with their lines. @param {string} file @param {string} source
 * @returns {ReadonlyArray<{ readonly line: number, readonly text: string }>}
 */
export const proseIn = (file, source) => {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  /** @type {Array<{ line: number, text: string }>} */
  const found = []
  /** @param {ts.Node} node @param {string} text */
  const report = (node, text) => {
    const { line } = parsed.getLineAndCharacterOfPosition(node.getStart())
    found.push({ line: line + 1, text: text.trim().replace(/\s+/g, " ") })
  }
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isJsxElement(node) && isExcepted(node.openingElement)) return
    if (ts.isJsxText(node) && hasWords(node.text)) report(node, node.text)
    if (ts.isJsxAttribute(node) && spoken.has(node.name.getText())) {
      const { initializer } = node
      const literal =
        initializer !== undefined && ts.isJsxExpression(initializer) ? initializer.expression : initializer
      if (
        literal !== undefined &&
        ts.isStringLiteralLike(literal) &&
        hasWords(literal.text) &&
        !isAddress(literal.text)
      )
        report(node, literal.text)
    }
    // A text in braces among markup.
    if (
      ts.isJsxExpression(node) &&
      !ts.isJsxAttribute(node.parent) &&
      node.expression !== undefined &&
      ts.isStringLiteralLike(node.expression) &&
      hasWords(node.expression.text)
    )
      report(node, node.expression.text)
    ts.forEachChild(node, visit)
  }
  visit(parsed)
  return found
}

/** @param {ReadonlyArray<string>} files */
const main = async (files) => {
  const all =
    files.length > 0
      ? files
      : (await readdir(join(root, "src/web"), { recursive: true }))
          .filter((name) => name.endsWith(".tsx"))
          .map((name) => join("src/web", name))
  let count = 0
  for (const file of all.toSorted()) {
    for (const { line, text } of proseIn(file, await readFile(join(root, file), "utf8"))) {
      process.stderr.write(`${file}:${line}: "${text}" belongs in src/texts\n`)
      count++
    }
  }
  if (count > 0) process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2))
