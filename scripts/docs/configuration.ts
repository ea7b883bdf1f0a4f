import { Option } from "effect"
import { obsoleteSettings } from "../../src/settings/Obsolete.js"
import { groups } from "../../src/settings/Setting.js"
import { type TableEntry, table } from "../../src/settings/Table.js"
import { generatedFrom, markdownTable } from "./Markdown.js"

const code = (text: string): string => `\`${text}\``

const fallback = ({ fallback }: TableEntry): string =>
  fallback === "" ? "empty" : /[ `]/.test(fallback) ? fallback : code(fallback)

/** The values of the setting. Those of durations name their unit already. */
const values = ({ expected, unit }: TableEntry): string =>
  Option.match(unit, {
    onNone: () => expected,
    onSome: (name) => (expected.includes(name) ? expected : `${expected}, in ${name}`)
  })

const meaning = (setting: TableEntry): string =>
  [
    `${setting.description}.`,
    ...Option.toArray(Option.map(setting.production, (need) => `**In production, it ${need}.**`)),
    `Value: ${values(setting)}.`,
    `Example: ${code(setting.example)}.`
  ].join(" ")

const names = ({ aliases, name, sharedAliases }: TableEntry): string =>
  [code(name), ...[...aliases, ...sharedAliases].map((alias) => `or ${code(alias)}`)].join(" ")

const chapter = (group: string): string =>
  `## ${group}\n\n${markdownTable(
    ["Setting", "Default", "Meaning"],
    table
      .filter((setting) => setting.group === group)
      .map((setting) => [names(setting), fallback(setting), meaning(setting)])
  )}`

/** `docs/configuration.md`. */
export const configuration = (): string => `${generatedFrom("src/settings/")}

# Configuration

StarPunk runs without any settings: \`npm start\` starts a working blog on your own machine. To publish it, set
\`STARPUNK_ENV=production\` and \`STARPUNK_SITE_URL=https://your.site\`.

- **Sources.** The environment, or a file \`.env\` in the working directory ([.env.example](../.env.example) is one to
  start from). The environment overrides \`.env\`. An empty variable counts as unset.
- **Files.** Every setting can be read from a file: \`STARPUNK_HEALTH_TOKEN_FILE=/run/secrets/health\`. The
  file's last newline is not part of the value. Giving both the setting and its file is an error.
- **Old names.** The names of the original StarPunk, listed after "or" below, still work. Setting one under two
  names with different values is an error.
- **Lists** are separated by commas. **Durations** are plain numbers in the given unit. **Booleans** are \`true\`, \`yes\`,
  \`on\`, \`1\` or \`false\`, \`no\`, \`off\`, \`0\`.
- **Errors.** \`npx starpunk check-config\` reports all errors at once without starting the server. The server refuses
  to start for the same reasons, with exit code 78. Unknown names that begin with \`STARPUNK_\` are errors too.
- **Current values.** \`npx starpunk config show\` prints every value and its source. It never shows secrets.

${groups.map(chapter).join("\n\n")}

## Obsolete names

StarPunk ignores these names, with or without the prefix \`STARPUNK_\`, and logs a warning.

${markdownTable(
  ["Name", "Instead"],
  obsoleteSettings.map(({ instead, name }) => [code(name), `${instead}.`])
)}
`
