import { Context, type Effect, type Option } from "effect"
import type { NewPasskey, Passkey } from "../domain/login/Passkey.js"
import type { DatabaseFailure } from "../errors/failure/Database.js"
import type { PasskeyRefused } from "../errors/failure/Login.js"

/** The owner's passkeys as they are kept; what browsers say about them is verified by `web/login/WebAuthn`. */
export class Passkeys extends Context.Tag("starpunk/Passkeys")<
  Passkeys,
  {
    /** Oldest first. */
    readonly list: Effect.Effect<ReadonlyArray<Passkey>, DatabaseFailure>
    readonly byId: (id: string) => Effect.Effect<Option.Option<Passkey>, DatabaseFailure>
    /** The random handle by which authenticators know the owner (WebAuthn §5.4.3); the same until a reset. */
    readonly userHandle: Effect.Effect<Uint8Array, DatabaseFailure>
    /** Keeps a passkey; one that is there already is `known`. */
    readonly add: (passkey: NewPasskey) => Effect.Effect<Passkey, PasskeyRefused | DatabaseFailure>
    /** Remembers its use; answers false, and changes nothing, when its counter has moved on since it was read. */
    readonly use: (passkey: Passkey, counter: number) => Effect.Effect<boolean, DatabaseFailure>
    /** Answers whether there was one. */
    readonly rename: (id: string, name: string) => Effect.Effect<boolean, DatabaseFailure>
    /** Answers whether there was one. */
    readonly remove: (id: string) => Effect.Effect<boolean, DatabaseFailure>
  }
>() {}
