import { Command, HelpDoc, Options, ValidationError } from "@effect/cli"
import { Console, Effect, Option, Redacted } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { exitCode } from "../../layers/process/ExitCode.js"
import { formatInstant } from "../../src/domain/Instant.js"
import { setupLink } from "../../src/domain/login/SetupLink.js"
import { Owner } from "../../src/services/Owner.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import { Settings } from "../../src/settings/Config.js"
import { answer, json, Reported } from "../Answer.js"

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
    "The site already has an owner. If the owner has lost every way to log in, run `starpunk owner reset --yes`."
  )
  return yield* new Reported({ exitCode: exitCode.failed })
})

const setup = Command.make("setup", { json }, ({ json }) =>
  Effect.gen(function* () {
    const link = yield* Option.match(yield* newLink, { onNone: () => taken, onSome: Effect.succeed })
    yield* answer(json, link, () => link.setup_link)
  }).pipe(Effect.provide(Maintenance.layer))
).pipe(Command.withDescription("Prints a setup link for a site without an owner; earlier links expire"))

const yes = Options.boolean("yes").pipe(
  Options.withDescription("Confirm the reset"),
  Options.mapEffect((given) =>
    given
      ? Effect.void
      : Effect.fail(
          ValidationError.invalidValue(
            HelpDoc.p(
              "This removes the passphrase, passkeys and two-step login, and logs out all sessions. Add --yes to confirm."
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
        `Removed passphrase, passkeys and two-step login. Logged out ${ended === 1 ? "one session" : `${ended} sessions`}.`,
        "Access tokens of clients stay valid: `starpunk token list` shows them.",
        "Open this setup link within one day to become the owner again:",
        link.setup_link
      ].join("\n")
    )
  }).pipe(Effect.provide(Maintenance.layer))
).pipe(Command.withDescription("Removes every way to log in, and prints a new setup link"))

/** `starpunk owner setup|reset`. */
export const owner = Command.make("owner").pipe(
  Command.withDescription("Manages the owner's login"),
  Command.withSubcommands([setup, reset])
)
