import { Command, Options } from "@effect/cli"
import { Effect } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { DatabaseUpkeep, type Optimized } from "../../src/services/DatabaseUpkeep.js"
import { answer, json } from "../Answer.js"
import { report } from "../Findings.js"
import { size, withProgress } from "../Progress.js"

const check = Command.make("check", { json }, ({ json }) =>
  Effect.gen(function* () {
    const upkeep = yield* DatabaseUpkeep
    const findings = yield* withProgress((onProgress) => {
      onProgress({ step: "Reading the whole database", done: 0, total: 0 })
      return upkeep.check
    })
    yield* report(json, findings)
  }).pipe(Effect.provide(Maintenance.upkeep("db check")))
).pipe(
  Command.withDescription(
    "Checks the whole database and reports problems; works while the server runs and changes nothing"
  )
)

const vacuum = Options.boolean("vacuum").pipe(
  Options.withDescription("Rewrite the file without unused space; writes wait in the meantime")
)

const text = ({ after, before, logEmptied }: Optimized): string =>
  [
    `Database: ${size(before.database)} before, ${size(after.database)} now.`,
    `Write-ahead log: ${size(before.log)} before, ${size(after.log)} now.`,
    ...(logEmptied
      ? []
      : ["The log could not be emptied because of a permanent reader: the server will empty it later."])
  ].join("\n")

const optimize = Command.make("optimize", { json, vacuum }, ({ json, vacuum }) =>
  Effect.gen(function* () {
    const upkeep = yield* DatabaseUpkeep
    const optimized = yield* withProgress((onProgress) => {
      onProgress({ step: vacuum ? "Rewriting the database" : "Optimizing the database", done: 0, total: 0 })
      return upkeep.optimize({ vacuum })
    })
    const { after, before, logEmptied } = optimized
    yield* answer(json, { before, after, log_emptied: logEmptied }, () => text(optimized))
  }).pipe(Effect.provide(Maintenance.upkeep("db optimize")))
).pipe(Command.withDescription("Refreshes the query planner's statistics and checkpoints the write-ahead log"))

const create = Command.make("new", { json }, ({ json }) =>
  Effect.gen(function* () {
    const { database, setAside } = yield* Maintenance.newSite
    yield* answer(json, { database, set_aside: setAside }, () =>
      [
        `Created an empty site in ${database}. Start the server.`,
        ...setAside.map((path) => `Moved aside: ${path}`),
        "Existing media files stay in place."
      ].join("\n")
    )
  })
).pipe(
  Command.withDescription(
    "Creates an empty site when the database is lost, and moves its remains aside; never replaces a database"
  )
)

const to = Options.text("to").pipe(
  Options.withDescription(
    "Where to move: `postgres://user:password@host/database`, or the path of a new SQLite file; `-` reads it from standard input, where no other user sees the password"
  )
)

const fromStandardInput = Effect.promise(async () => {
  let text = ""
  for await (const piece of process.stdin) text += piece
  return text.trim()
})

const move = Command.make("move", { json, to }, ({ json, to }) =>
  Effect.gen(function* () {
    const given = to === "-" ? yield* fromStandardInput : to
    const { tables, to: target } = yield* withProgress((onProgress) => Maintenance.moveDatabase(given, onProgress))
    const rows = tables.reduce((sum, { count }) => sum + count, 0)
    yield* answer(json, { to: target, rows, tables }, () =>
      [
        `Copied and compared ${rows} rows of ${tables.length} tables to ${target}.`,
        target.startsWith("postgres://")
          ? "Set STARPUNK_DATABASE_URL to its address, and start the server."
          : "Set STARPUNK_DATABASE_PATH to this file, remove STARPUNK_DATABASE_URL, and start the server.",
        "Media files stay in the data directory. The old database was not changed."
      ].join("\n")
    )
  })
).pipe(
  Command.withDescription(
    "Copies a stopped site from its SQLite file into PostgreSQL, or back, and compares the copy; never replaces data"
  )
)

/** `starpunk db check|optimize|new|move`. */
export const db = Command.make("db").pipe(
  Command.withDescription("Maintains the database"),
  Command.withSubcommands([check, optimize, create, move])
)
