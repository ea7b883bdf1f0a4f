import { Option } from "effect"
import { groups } from "../../src/settings/Setting.js"
import { type TableEntry, table } from "../../src/settings/Table.js"

/** Line width of the file, as in the rest of the project. */
const width = 118

const wrap = (text: string): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = "#"
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > width) {
      lines.push(line)
      line = "#"
    }
    line += ` ${word}`
  }
  return [...lines, line]
}

const entry = (setting: TableEntry): string => {
  const unit = Option.match(setting.unit, { onNone: () => "", onSome: (unit) => ` In ${unit}.` })
  const fallback = setting.fallback === "" ? "empty" : setting.fallback.replaceAll("`", "")
  return [...wrap(`${setting.description}.${unit} Default: ${fallback}.`), `#${setting.name}=${setting.example}`].join(
    "\n"
  )
}

/** `.env.example`: every setting, commented out. */
export const envExample =
  (): string => `# Settings of StarPunk. Copy this file to .env, and remove the # before each setting that you want to set.
# Generated from src/settings/ by \`npm run docs\`; See docs/configuration.md for details.

${groups
  .map(
    (group) =>
      `# --- ${group} ---\n\n${table
        .filter((setting) => setting.group === group)
        .map(entry)
        .join("\n\n")}`
  )
  .join("\n\n")}
`
