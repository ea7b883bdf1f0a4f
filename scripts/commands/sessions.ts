import { Args, Command, Options } from "@effect/cli"
import { Console, Effect, Option } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { exitCode } from "../../layers/process/ExitCode.js"
import { formatInstant } from "../../src/domain/Instant.js"
import type { Session } from "../../src/domain/login/Session.js"
import { browserInWords } from "../../src/domain/login/UserAgent.js"
import { RecordUnknown } from "../../src/errors/Maintenance.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import { answer, columns, json, Reported } from "../Answer.js"
import { withProgress } from "../Progress.js"

/** A session as JSON; its times are RFC 3339 in UTC. */
const record = ({ createdAt, endsAt, expiresAt, lastUsedAt, userAgent, ...session }: Session) => ({
  ...session,
  ...(userAgent === undefined ? {} : { user_agent: userAgent }),
  created_at: formatInstant(createdAt),
  last_used_at: formatInstant(lastUsedAt),
  expires_at: formatInstant(expiresAt),
  ends_at: formatInstant(endsAt)
})

const minute = (millis: number): string => formatInstant(millis).slice(0, 16).replace("T", " ")

/** The user agent, in printable ASCII and at most 80 characters. */
const plain = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?").slice(0, 80)

const list = Command.make("list", { json }, ({ json }) =>
  Effect.gen(function* () {
    const all = yield* Effect.flatMap(SessionManager, (sessions) => sessions.list)
    const rows = all.map(({ address = "unknown", createdAt, endsAt, expiresAt, id, lastUsedAt, userAgent = "" }) => [
      id,
      minute(createdAt),
      minute(lastUsedAt),
      minute(expiresAt),
      minute(endsAt),
      address,
      browserInWords(userAgent) ?? plain(userAgent)
    ])
    yield* answer(json, { sessions: all.map(record) }, () =>
      all.length === 0
        ? "No sessions."
        : columns([["ID", "SINCE", "LAST USED", "ENDS IF IDLE", "ENDS", "ADDRESS", "BROWSER"], ...rows])
    )
  }).pipe(Effect.provide(Maintenance.layer))
).pipe(Command.withDescription("Lists active sessions, last used first; times are UTC"))

const id = Args.text({ name: "ID" }).pipe(Args.withDescription("Session id from `sessions list`"), Args.optional)

const all = Options.boolean("all").pipe(Options.withDescription("Log out all sessions"))

/** Prints a usage error and fails with the exit code for usage. */
const misused = (message: string) => Effect.zipRight(Console.error(message), new Reported({ exitCode: exitCode.usage }))

const revokeAll = (json: boolean) =>
  Effect.gen(function* () {
    const ended = yield* Effect.flatMap(SessionManager, (sessions) => sessions.endAll)
    yield* answer(json, { ended }, () => (ended === 1 ? "1 session logged out." : `${ended} sessions logged out.`))
  })

const revokeOne = (json: boolean, id: string) =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    if (!(yield* sessions.end(id))) return yield* new RecordUnknown({ kind: "session", id })
    yield* answer(json, { ended: 1 }, () => `The session ${id} was logged out.`)
  })

const revoke = Command.make("revoke", { json, all, id }, ({ all, id, json }) =>
  Effect.gen(function* () {
    if (Option.isSome(id) === all) yield* misused("Give either a session id or --all.")
    yield* Effect.provide(Option.isSome(id) ? revokeOne(json, id.value) : revokeAll(json), Maintenance.layer)
  })
).pipe(Command.withDescription("Logs out one session or all sessions at once, also in a running server"))

const cleanup = Command.make("cleanup", { json }, ({ json }) =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    const removed = yield* withProgress((onProgress) => {
      onProgress({ step: "Removing expired sessions", done: 0, total: 0 })
      return sessions.cleanup
    })
    yield* answer(json, { removed }, () =>
      removed === 1 ? "1 expired session removed." : `${removed} expired sessions removed.`
    )
  }).pipe(Effect.provide(Maintenance.layer))
).pipe(Command.withDescription("Removes expired sessions in small batches; works while the server runs"))

/** `starpunk sessions list|revoke|cleanup`. */
export const sessions = Command.make("sessions").pipe(
  Command.withDescription("Manages the owner's sessions"),
  Command.withSubcommands([list, revoke, cleanup])
)
