import { Context, type Effect, type Option } from "effect"
import type { NewPasskey, Passkey } from "../domain/login/Passkey.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { PasskeyRefused } from "../errors/Login.js"

/** Stored passkeys of the owner. `web/login/WebAuthn` verifies what browsers send about them. */
export class Passkeys extends Context.Tag("starpunk/Passkeys")<
  Passkeys,
  {
    /** Oldest first. */
    readonly list: Effect.Effect<ReadonlyArray<Passkey>, DatabaseFailure>
    readonly byId: (id: string) => Effect.Effect<Option.Option<Passkey>, DatabaseFailure>
    /** The random user handle of the owner for authenticators (WebAuthn §5.4.3); constant until a reset. */
    readonly userHandle: Effect.Effect<Uint8Array, DatabaseFailure>
    /** Stores a passkey. Fails as `known` if it is stored already. */
    readonly add: (passkey: NewPasskey) => Effect.Effect<Passkey, PasskeyRefused | DatabaseFailure>
    /**
     * Records a use and the new counter. Returns false and changes nothing if the counter has changed since it was
     * read.
     */
    readonly use: (passkey: Passkey, counter: number) => Effect.Effect<boolean, DatabaseFailure>
    /** Returns false if there is none with this id. */
    readonly rename: (id: string, name: string) => Effect.Effect<boolean, DatabaseFailure>
    /** Returns false if there is none with this id. */
    readonly remove: (id: string) => Effect.Effect<boolean, DatabaseFailure>
  }
>() {}
