import { Option } from "effect"
import { obsoleteSettings } from "../../src/settings/Obsolete.js"
import { groups, type Setting } from "../../src/settings/Setting.js"
import { table } from "../../src/settings/Table.js"
import { generatedFrom, markdownTable } from "./Markdown.js"

const code = (text: string): string => `\`${text}\``

const fallback = ({ fallback }: Setting<unknown>): string =>
  fallback === "" ? "empty" : /[ `]/.test(fallback) ? fallback : code(fallback)

const meaning = (setting: Setting<unknown>): string =>
  [
    `${setting.description}.`,
    ...Option.toArray(Option.map(setting.production, (need) => `**In production it ${need}.**`)),
    `Takes ${setting.expected}.`,
    `Example: ${code(setting.example)}.`
  ].join(" ")

const names = ({ aliases, name, sharedAliases }: Setting<unknown>): string =>
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

StarPunk runs without any settings: \`npm start\` is a working blog on your own machine. To show it to the world, set
\`STARPUNK_ENV=production\` and \`STARPUNK_SITE_URL=https://your.site\`.

- **Where.** In the environment, or in a file \`.env\` in the working directory ([.env.example](../.env.example) is one to
  start from). The environment goes before \`.env\`, \`.env\` before the default. An empty variable counts as not given.
- **From files.** Every setting can be read from a file instead: \`STARPUNK_HEALTH_TOKEN_FILE=/run/secrets/health\`. The
  file's last newline is not part of the value. Giving both the setting and its file is an error.
- **Old names.** The names of the original StarPunk, which stand after "or" below, still work. Giving a setting under two
  names with different values is an error.
- **Lists** are separated by commas. **Times** are plain numbers in the unit that is named. **Truth** is \`true\`, \`yes\`,
  \`on\`, \`1\` or \`false\`, \`no\`, \`off\`, \`0\`.
- **Mistakes.** \`npx starpunk check-config\` says everything that is wrong at once, and starts nothing. The server refuses
  to start for the same reasons, with exit code 78. Unknown names that begin with \`STARPUNK_\` are mistakes, too.
- **What holds.** \`npx starpunk config show\` prints every value and where it comes from. Secrets are never shown.

${groups.map(chapter).join("\n\n")}

## Names that no longer mean anything

They are accepted, with or without the prefix \`STARPUNK_\`, and warned of.

${markdownTable(
  ["Name", "Instead"],
  obsoleteSettings.map(({ instead, name }) => [code(name), `${instead}.`])
)}
`
