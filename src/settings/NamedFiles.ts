import { namesOf } from "./Choice.js"
import type { Variables } from "./Sources.js"
import { table } from "./Table.js"

const fileVariables = table.flatMap(namesOf).map((name) => `${name}_FILE`)

/** The paths that `_FILE` variables of known settings name: what must be read before the settings can be resolved. */
export const namedFiles = (variables: ReadonlyArray<Variables>): ReadonlySet<string> =>
  new Set(
    variables.flatMap(({ values }) =>
      fileVariables.map((name) => values[name]?.trim() ?? "").filter((path) => path !== "")
    )
  )
