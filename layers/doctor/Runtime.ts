import Database from "better-sqlite3"
import { Effect, Option } from "effect"
import { type Finding, fail, ok, warn } from "../../src/domain/archive/Finding.js"
import type { SettingsReport, SettingsValues } from "../../src/settings/Config.js"
import { hasWalResetBug } from "../sqlite/pool/Connection.js"
import { OpenFailure } from "../sqlite/pool/OpenFailure.js"

/** `engines` in package.json. */
const oldestNode = [20, 12] as const

/** Warnings about valid but unusual settings. */
export const settings = ({ warnings }: typeof SettingsReport.Service): ReadonlyArray<Finding> =>
  warnings.length === 0
    ? [ok("settings.values", "The settings are valid")]
    : warnings.map(({ message, name, source, suggestion }) =>
        warn("settings.values", `${name} (${source}): ${message}. ${suggestion}`, "starpunk check-config")
      )

/** Older major versions get no security fixes (Node 20 until 30 April 2026). */
const oldestMaintained = 22

/** Checks whether a version of Node can run StarPunk, and still gets security fixes. */
export const node = (version: string): Finding => {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  const [oldestMajor, oldestMinor] = oldestNode
  if (major === oldestMajor && minor >= oldestMinor && major < oldestMaintained) {
    return warn(
      "runtime.node",
      `Node ${version} works, but no longer gets security fixes: install Node 24 from https://nodejs.org`,
      "node --version"
    )
  }
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
    ? ok("runtime.node", `Node ${version} is supported`)
    : fail(
        "runtime.node",
        `Node ${version} is older than ${oldestNode.join(".")}, the oldest supported version: install a newer one from https://nodejs.org`,
        "node --version"
      )
}

const reinstall = "npm ci"

/** Checks SQLite's version and features, in an in-memory database. */
export const sqlite = ({ database, search }: SettingsValues): Effect.Effect<ReadonlyArray<Finding>> =>
  Effect.try({
    try: (): ReadonlyArray<Finding> => {
      const nativeBinding = Option.getOrUndefined(database.sqliteBinding)
      const memory = new Database(":memory:", nativeBinding === undefined ? {} : { nativeBinding })
      try {
        const version = String(memory.prepare("SELECT sqlite_version()").pluck().get())
        const fts5 = memory.prepare("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").get() !== undefined
        return [
          hasWalResetBug(version)
            ? fail("runtime.sqlite", `SQLite ${version} has a known bug that damages databases`, reinstall)
            : ok("runtime.sqlite", `SQLite ${version} has no known bug that damages databases`),
          fts5 || search.engine === "fallback" || !search.enabled
            ? ok(
                "runtime.fts5",
                fts5 ? "SQLite has full-text search (FTS5)" : "Full-text search is turned off in the settings"
              )
            : warn("runtime.fts5", "SQLite has no FTS5: search uses the slower fallback", reinstall)
        ]
      } finally {
        memory.close()
      }
    },
    catch: (error) => OpenFailure.from(error, ":memory:", Option.getOrUndefined(database.sqliteBinding))
  }).pipe(
    Effect.catchAll(({ message, reason }) =>
      Effect.succeed([
        fail(
          "runtime.sqlite",
          `SQLite cannot be loaded: ${message.split("\n", 1).join()}`,
          reason === "binding_unusable" ? "starpunk config show" : reinstall
        )
      ])
    )
  )
