import { Command } from "@effect/cli"
import { Effect } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import { answer, json } from "../Answer.js"

const cleanup = Command.make("cleanup", { json }, ({ json }) =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    const removed = yield* sessions.cleanup
    yield* answer(json, { removed }, () =>
      removed === 1 ? "1 expired session removed." : `${removed} expired sessions removed.`
    )
  }).pipe(Effect.provide(Maintenance.layer))
).pipe(Command.withDescription("Removes expired sessions, in small batches beside a running server"))

/** `starpunk sessions cleanup`. */
export const sessions = Command.make("sessions").pipe(
  Command.withDescription("Manages the owner's sessions"),
  Command.withSubcommands([cleanup])
)
