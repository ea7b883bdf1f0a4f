import { Schema } from "effect"

/** The passphrase is wrong, or the site has no owner. The client cannot tell which. */
export class PassphraseWrong extends Schema.TaggedError<PassphraseWrong>("starpunk/PassphraseWrong")(
  "PassphraseWrong",
  {}
) {}

/** A passphrase that cannot be taken as the new one. */
export class PassphraseRefused extends Schema.TaggedError<PassphraseRefused>("starpunk/PassphraseRefused")(
  "PassphraseRefused",
  { reason: Schema.Literal("too_short", "too_long", "differs", "unchanged", "common", "of_site") }
) {}

/** The one-time code is not the one of this moment, or was used before. */
export class CodeWrong extends Schema.TaggedError<CodeWrong>("starpunk/CodeWrong")("CodeWrong", {
  reason: Schema.Literal("malformed", "wrong", "used")
}) {}

/** What the browser's passkey said does not hold. */
export class PasskeyRefused extends Schema.TaggedError<PasskeyRefused>("starpunk/PasskeyRefused")("PasskeyRefused", {
  /** `unknown`: none of this site's; `known`: added before; `invalid`: origin, challenge, signature or counter are wrong. */
  reason: Schema.Literal("malformed", "unknown", "known", "invalid"),
  /** What exactly, for the log. */
  detail: Schema.optional(Schema.String)
}) {}

/** A login was begun too long ago, in another browser, or not at all. */
export class LoginStepExpired extends Schema.TaggedError<LoginStepExpired>("starpunk/LoginStepExpired")(
  "LoginStepExpired",
  {}
) {}

/** The setup link is not the last one that was printed, was used, is too old; or the site has its owner already. */
export class SetupLinkInvalid extends Schema.TaggedError<SetupLinkInvalid>("starpunk/SetupLinkInvalid")(
  "SetupLinkInvalid",
  { reason: Schema.Literal("unknown", "claimed") }
) {}

/** Too many attempts came from there, or at the owner's account. */
export class TooManyAttempts extends Schema.TaggedError<TooManyAttempts>("starpunk/TooManyAttempts")(
  "TooManyAttempts",
  {
    /** Whole seconds until the next attempt is looked at. */
    retryAfterSeconds: Schema.Number
  }
) {}

/** What a login, and what belongs to it, may fail with; the database aside. */
export type LoginFailure =
  | PassphraseWrong
  | PassphraseRefused
  | CodeWrong
  | PasskeyRefused
  | LoginStepExpired
  | SetupLinkInvalid
  | TooManyAttempts
