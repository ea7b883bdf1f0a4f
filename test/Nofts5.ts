import { readdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const cache = fileURLToPath(new URL("../.cache", import.meta.url))

const find = (directory: string): string | undefined => {
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" })
  const binding = files.find((file) => file.endsWith("better_sqlite3.node") && file.includes("nofts5"))
  return binding === undefined ? undefined : join(directory, binding)
}

/** The better-sqlite3 addon built without FTS5, which `npm test` builds first. Its absence fails the tests that need it. */
export const nofts5Binding: string =
  find(cache) ?? "missing: run `node scripts/build-sqlite-nofts5.mjs` to build SQLite without FTS5"
