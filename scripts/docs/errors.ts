import { Array as Arr, Record } from "effect"
import { type CatalogueEntry, entries } from "../../src/errors/Catalogue.js"
import { generatedFrom, markdownTable } from "./Markdown.js"

const area = ({ info }: CatalogueEntry): string => info.code.split(".")[0] ?? ""

const steps = (lines: ReadonlyArray<string>): string => lines.map((line, index) => `${index + 1}. ${line}`).join("\n")

const section = ({ info }: CatalogueEntry): string =>
  [
    `### ${info.code}`,
    `HTTP ${info.status}. ${info.fault === "user" ? "Whoever asked can mend it." : "Whoever runs the site can mend it."} ${
      info.retryable ? "The same request may succeed later." : "The same request will not succeed later."
    }`,
    `> **${info.message}.** ${info.suggestion}.`,
    steps(info.troubleshooting),
    ...(info.operator === undefined
      ? []
      : [`For the operator: ${info.operator.details}.`, steps(info.operator.troubleshooting)])
  ].join("\n\n")

/** `docs/errors.md`. */
export const errors = (): string => `${generatedFrom("src/errors/catalogue/")}

# Errors

Every failure has a code, which is never renamed once released. It stands in the answer, in the log line of the same
\`X-Request-ID\`, and on the page \`/errors/{code}\` of your site; \`npx starpunk explain CODE\` prints what stands here.
Numbers and names in the operator's texts are examples.

${markdownTable(
  ["Code", "HTTP", "Meaning"],
  entries.map(({ info }) => [`[${info.code}](#${info.code.replaceAll(".", "")})`, String(info.status), info.message])
)}

${Record.collect(Arr.groupBy(entries, area), (name, members) => `## ${name}\n\n${members.map(section).join("\n\n")}`).join("\n\n")}
`
