import { Array as Arr, Record } from "effect"
import { type CatalogueEntry, entries } from "../../src/errors/Catalogue.js"
import { verdict } from "../../src/errors/ErrorInfo.js"
import { generatedFrom, markdownTable } from "./Markdown.js"

const area = ({ info }: CatalogueEntry): string => info.code.split(".")[0] ?? ""

const steps = (lines: ReadonlyArray<string>): string => lines.map((line, index) => `${index + 1}. ${line}`).join("\n")

const section = ({ info }: CatalogueEntry): string =>
  [
    `### ${info.code}`,
    `HTTP ${info.status}. ${verdict(info)}`,
    `> **${info.message}.** ${info.suggestion}.`,
    steps(info.troubleshooting),
    ...(info.operator === undefined
      ? []
      : [`For the operator: ${info.operator.details}.`, steps(info.operator.troubleshooting)])
  ].join("\n\n")

/** `docs/errors.md`. */
export const errors = (): string => `${generatedFrom("src/errors/")}

# Errors

Every failure has a code, which is never renamed after a release. You find it in the response, in the log line with the
same \`X-Request-ID\`, and on the page \`/errors/{code}\` of your site. \`npx starpunk explain CODE\` prints the same texts.
Numbers and names in the operator's texts are examples.

${markdownTable(
  ["Code", "HTTP", "Meaning"],
  entries.map(({ info }) => [`[${info.code}](#${info.code.replaceAll(".", "")})`, String(info.status), info.message])
)}

${Record.collect(Arr.groupBy(entries, area), (name, members) => `## ${name}\n\n${members.map(section).join("\n\n")}`).join("\n\n")}
`
