import { Command, HelpDoc, Options, ValidationError } from "@effect/cli"
import { Console, Effect, Option, Redacted } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { exitCode } from "../../layers/process/ExitCode.js"
import { formatInstant } from "../../src/domain/Instant.js"
import { setupLink } from "../../src/domain/login/SetupLink.js"
import { Owner } from "../../src/services/Owner.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import { Settings } from "../../src/settings/Config.js"
import { answer, json, Told } from "../Answer.js"

/** A new setup link with its expiry; none if the site has an owner. */
const newLink = Effect.gen(function* () {
  const { siteUrl } = yield* Settings
  const owner = yield* Owner
  return Option.map(yield* owner.issueSetup, ({ expiresAt, key }) => ({
    setup_link: setupLink(siteUrl, Redacted.value(key)),
    expires_at: formatInstant(expiresAt)
  }))
})

const taken = Effect.gen(function* () {
  yield* Console.error(
    "The site has its owner already. Whoever lost everything that opens it takes it back with `starpunk owner reset --yes`."
  )
  return yield* new Told({ exitCode: exitCode.failed })
})

const setup = Command.make("setup", { json }, ({ json }) =>
  Effect.gen(function* () {
    const link = yield* Option.match(yield* newLink, { onNone: () => taken, onSome: Effect.succeed })
    yield* answer(json, link, () => link.setup_link)
  }).pipe(Effect.provide(Maintenance.layer))
).pipe(
  Command.withDescription("Prints a link that makes whoever opens it the owner, while there is none; earlier ones end")
)

const yes = Options.boolean("yes").pipe(
  Options.withDescription("Really do it"),
  Options.mapEffect((given) =>
    given
      ? Effect.void
      : Effect.fail(
          ValidationError.invalidValue(
            HelpDoc.p(
              "This takes away passphrase, passkeys and codes, and ends all sessions. Give --yes if that is what you want."
            )
          )
        )
  )
)

const reset = Command.make("reset", { json, yes }, ({ json }) =>
  Effect.gen(function* () {
    const owner = yield* Owner
    const sessions = yield* SessionManager
    yield* owner.reset
    const ended = yield* sessions.endAll
    const link = yield* Option.match(yield* newLink, { onNone: () => taken, onSome: Effect.succeed })
    yield* answer(json, { ended_sessions: ended, ...link }, () =>
      [
        `Passphrase, passkeys and codes are gone, and ${ended === 1 ? "one session has" : `${ended} sessions have`} ended.`,
        "Access tokens of clients go on working: `starpunk token list` shows them.",
        "Open this link within a day to take over the site again:",
        link.setup_link
      ].join("\n")
    )
  }).pipe(Effect.provide(Maintenance.layer))
).pipe(Command.withDescription("Takes away everything that logs the owner in, and prints a new setup link"))

/** `starpunk owner setup|reset`. */
export const owner = Command.make("owner").pipe(
  Command.withDescription("Gives the site its owner, or a new one"),
  Command.withSubcommands([setup, reset])
)
