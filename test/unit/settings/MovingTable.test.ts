import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { obsoleteSettings } from "../../../src/settings/Obsolete.js"
import { table } from "../../../src/settings/Table.js"

const guide = readFileSync(new URL("../../../docs/deployment/moving-from-starpunk-python.md", import.meta.url), "utf8")

const rows = new Map(
  [...guide.matchAll(/^\| `([A-Z_]+)` \| (.+?) \|$/gm)].map(([, name = "", counterpart = ""]) => [name, counterpart])
)

it("names the counterpart of every setting of StarPunk (Python), and of no other", () => {
  const kept = table.flatMap(({ aliases, name, sharedAliases }) =>
    [...aliases, ...sharedAliases]
      // Names that every program with OpenTelemetry takes; the original had none of it.
      .filter((alias) => !alias.startsWith("OTEL_"))
      .map((alias) => [alias, `\`${name}\``] as const)
  )
  const gone = obsoleteSettings.map(({ instead, name }) => [name, `${instead}.`] as const)
  expect([...rows].toSorted()).toEqual([...kept, ...gone].toSorted())
})
