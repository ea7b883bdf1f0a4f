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
  }).pipe(Effect.provide(Maintenance.upkeep))
).pipe(
  Command.withDescription("Reads the whole database and says what is wrong, beside a running server; changes nothing")
)

const vacuum = Options.boolean("vacuum").pipe(
  Options.withDescription("Rewrite the file without unused room; writing waits meanwhile")
)

const text = ({ after, before, logEmptied }: Optimized): string =>
  [
    `The database: ${size(before.database)} before, ${size(after.database)} now.`,
    `Its write-ahead log: ${size(before.log)} before, ${size(after.log)} now.`,
    ...(logEmptied
      ? []
      : ["Somebody is reading all the time, so the log could not be emptied: the server does so later."])
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
  }).pipe(Effect.provide(Maintenance.upkeep))
).pipe(Command.withDescription("Refreshes the query planner's statistics and folds the write-ahead log into the file"))

const create = Command.make("new", { json }, ({ json }) =>
  Effect.gen(function* () {
    const { database, setAside } = yield* Maintenance.newSite
    yield* answer(json, { database, set_aside: setAside }, () =>
      [
        `An empty site is in ${database}: start the server.`,
        ...setAside.map((path) => `Set aside, and kept: ${path}`),
        "Media files that were there stay where they are."
      ].join("\n")
    )
  })
).pipe(
  Command.withDescription(
    "Makes an empty site where the database is lost, and sets aside what is left of it; never replaces one"
  )
)

/** `starpunk db check|optimize|new`. */
export const db = Command.make("db").pipe(
  Command.withDescription("Looks after the database file"),
  Command.withSubcommands([check, optimize, create])
)
