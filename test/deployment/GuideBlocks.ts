import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** Directory of the guide. */
export const guide = fileURLToPath(new URL("../../docs/deployment/", import.meta.url))

/** A block of commands of the guide. */
export interface Block {
  readonly page: string
  /** First line, counted from 1. */
  readonly line: number
  /** The word after `sh` in the fence: `machine` is run, `not-run` is not. */
  readonly kind: string
  readonly commands: string
  /** The paragraph before it. */
  readonly before: string
}

/** Every page of the guide. */
export const pages: ReadonlyArray<string> = readdirSync(guide).filter((name) => name.endsWith(".md"))

/** The shell blocks of a page, in order. */
export const blocksOf = (page: string): ReadonlyArray<Block> => {
  const blocks: Array<Block> = []
  const lines = readFileSync(`${guide}${page}`, "utf8").split("\n")
  let paragraph: Array<string> = []
  for (let at = 0; at < lines.length; at++) {
    const [, indent, language, kind = ""] = /^( *)```(\w+) ?(.*)$/.exec(lines[at] ?? "") ?? []
    if (language === undefined) {
      // A paragraph belongs to the block after the empty line.
      const line = lines[at] ?? ""
      if (line !== "" && lines[at - 1] === "") paragraph = []
      if (line !== "") paragraph.push(line)
      continue
    }
    const end = lines.indexOf(`${indent}\`\`\``, at + 1)
    const commands = lines.slice(at + 1, end).map((line) => line.slice(indent?.length ?? 0))
    if (/^(sh|bash|shell|console)$/.test(language)) {
      blocks.push({ page, line: at + 1, kind, commands: commands.join("\n"), before: paragraph.join(" ") })
    }
    at = end
    paragraph = []
  }
  return blocks
}
