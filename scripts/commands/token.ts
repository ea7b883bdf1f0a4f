import { Args, Command, HelpDoc, Options, ValidationError } from "@effect/cli"
import { Duration, Effect, Either, Option, Redacted } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { formatInstant } from "../../src/domain/Instant.js"
import type { AccessToken } from "../../src/domain/indieauth/AccessToken.js"
import { decodeScopes, isScope, Scope } from "../../src/domain/indieauth/Scope.js"
import { RecordUnknown } from "../../src/errors/Maintenance.js"
import { AccessTokens } from "../../src/services/AccessTokens.js"
import { Settings } from "../../src/settings/Config.js"
import { answer, columns, json } from "../Answer.js"

const invalid = (message: string) => ValidationError.invalidValue(HelpDoc.p(message))

const scopes = Options.text("scope").pipe(
  Options.withDescription(`Scopes of the token, separated by spaces: ${Scope.literals.join(", ")}`),
  Options.mapEffect((text) =>
    Either.filterOrLeft(
      decodeScopes(text),
      (scopes) => scopes.length > 0 && scopes.every(isScope),
      () => `--scope takes one or more of: ${Scope.literals.join(", ")}`
    ).pipe(Either.mapLeft(invalid))
  )
)

const label = Options.text("label").pipe(
  Options.withDescription("Name of the token in lists"),
  Options.withDefault("Created on the command line")
)

const me = Options.text("me").pipe(
  Options.withDescription("Identity of the token; default: the owner of the site"),
  Options.mapEffect((text) =>
    /^https?:/i.test(text) && URL.canParse(text)
      ? Effect.succeed(new URL(text).href)
      : Effect.fail(invalid("--me takes an http or https address, such as https://me.example/"))
  ),
  Options.optional
)

const expiresIn = Options.text("expires-in").pipe(
  Options.withDescription('Lifetime of the token, such as "30 days"; default: until it is revoked'),
  Options.mapEffect((text) =>
    Option.filter(Duration.decodeUnknown(text), (duration) => Duration.greaterThan(duration, Duration.zero)).pipe(
      Effect.mapError(() => invalid('--expires-in takes a number and a unit, such as "12 hours" or "30 days"'))
    )
  ),
  Options.optional
)

/** A token as JSON; its times are RFC 3339 in UTC and absent if unset. */
const record = ({ clientId, clientName, createdAt, expiresAt, lastUsedAt, renewalMillis, ...token }: AccessToken) => ({
  ...token,
  ...(clientId === undefined ? {} : { client_id: clientId }),
  ...(clientName === undefined ? {} : { client_name: clientName }),
  renewable: renewalMillis !== undefined,
  created_at: formatInstant(createdAt),
  ...(lastUsedAt === undefined ? {} : { last_used_at: formatInstant(lastUsedAt) }),
  ...(expiresAt === undefined ? {} : { expires_at: formatInstant(expiresAt) })
})

const create = Command.make(
  "create",
  { json, scopes, label, me, expiresIn },
  ({ expiresIn, json, label, me, scopes }) =>
    Effect.gen(function* () {
      const tokens = yield* AccessTokens
      const { adminMe, siteUrl } = yield* Settings
      const created = yield* tokens.create({
        label,
        scopes,
        me: Option.getOrElse(
          Option.orElse(me, () => adminMe),
          () => `${siteUrl}/`
        ),
        ...Option.match(expiresIn, {
          onNone: () => ({}),
          onSome: (lifetime) => ({ lifetime })
        })
      })
      const token = Redacted.value(created.token)
      yield* answer(json, { token, ...record(created.record) }, () => token)
    }).pipe(Effect.provide(Maintenance.layer))
).pipe(Command.withDescription("Creates an access token and prints it once"))

const day = (millis: number | undefined): string =>
  millis === undefined ? "never" : formatInstant(millis).slice(0, 10)

const list = Command.make("list", { json }, ({ json }) =>
  Effect.gen(function* () {
    const all = yield* Effect.flatMap(AccessTokens, (tokens) => tokens.list)
    const rows = all.map(({ clientId, createdAt, expiresAt, id, label, lastUsedAt, scopes }) => [
      id,
      day(createdAt),
      day(lastUsedAt),
      day(expiresAt),
      scopes.join(" "),
      clientId ?? "-",
      label
    ])
    yield* answer(json, { tokens: all.map(record) }, () =>
      all.length === 0
        ? "There are no access tokens."
        : columns([["ID", "CREATED", "LAST USED", "EXPIRES", "SCOPES", "CLIENT", "LABEL"], ...rows])
    )
  }).pipe(Effect.provide(Maintenance.layer))
).pipe(Command.withDescription("Lists access tokens, newest first; the secrets are not stored"))

const id = Args.text({ name: "ID" }).pipe(Args.withDescription("Token id from `token list`"))

const revoke = Command.make("revoke", { json, id }, ({ id, json }) =>
  Effect.gen(function* () {
    const tokens = yield* AccessTokens
    if (!(yield* tokens.revoke(id))) return yield* new RecordUnknown({ kind: "access token", id })
    yield* answer(json, { revoked: id }, () => `The access token ${id} was revoked.`)
  }).pipe(Effect.provide(Maintenance.layer))
).pipe(Command.withDescription("Revokes an access token at once, also in a running server"))

/** `starpunk token create|list|revoke`. */
export const token = Command.make("token").pipe(
  Command.withDescription("Manages the access tokens of Micropub clients"),
  Command.withSubcommands([create, list, revoke])
)
