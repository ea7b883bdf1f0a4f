import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server"
import { Effect, Option, Schema } from "effect"
import { type Passkey, passkeyName, worksAt } from "../../domain/login/Passkey.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import { PasskeyRefused } from "../../errors/Login.js"
import { Passkeys } from "../../services/Passkeys.js"
import { Settings, type SettingsValues } from "../../settings/Config.js"
import { type CurrentSite, site } from "../theme/Site.js"

/** Loaded for the first passkey, because it contains parsers of all kinds of certificates. */
const library = Effect.promise(() => import("@simplewebauthn/server"))

/** The relying party: the host and origin of the site's address (WebAuthn §5.1.3). */
const relyingParty = ({ siteUrl }: Pick<SettingsValues, "siteUrl">) => {
  const { hostname, origin } = new URL(siteUrl)
  return { id: hostname, origin }
}

/**
 * Returns whether browsers support passkeys for the site: host names over https (or localhost), because an IP address
 * cannot be a relying party.
 */
export const passkeysPossible = ({ siteUrl }: Pick<SettingsValues, "siteUrl">): boolean => {
  const { hostname, protocol } = new URL(siteUrl)
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith("[")
  const isLocal = hostname === "localhost" || hostname.endsWith(".localhost")
  return !isAddress && (protocol === "https:" || isLocal)
}

const Base64Url = Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9_-]*$/), Schema.maxLength(65_536))
const Transports = Schema.Array(Schema.String.pipe(Schema.maxLength(32))).pipe(Schema.maxItems(10))

const AssertionJson = Schema.parseJson(
  Schema.Struct({
    id: Base64Url,
    rawId: Base64Url,
    type: Schema.Literal("public-key"),
    response: Schema.Struct({
      clientDataJSON: Base64Url,
      authenticatorData: Base64Url,
      signature: Base64Url,
      userHandle: Schema.optional(Schema.NullOr(Base64Url))
    })
  })
)

const AttestationJson = Schema.parseJson(
  Schema.Struct({
    id: Base64Url,
    rawId: Base64Url,
    type: Schema.Literal("public-key"),
    response: Schema.Struct({
      clientDataJSON: Base64Url,
      attestationObject: Base64Url,
      transports: Schema.optional(Transports)
    })
  })
)

const malformed = () => new PasskeyRefused({ reason: "malformed" })

const readAssertion = (text: string): Effect.Effect<AuthenticationResponseJSON, PasskeyRefused> =>
  Schema.decodeUnknown(AssertionJson)(text).pipe(
    Effect.mapBoth({
      onFailure: malformed,
      onSuccess: ({ response: { userHandle, ...response }, ...given }) => ({
        ...given,
        clientExtensionResults: {},
        response: { ...response, ...(userHandle ? { userHandle } : {}) }
      })
    })
  )

const readAttestation = (text: string): Effect.Effect<RegistrationResponseJSON, PasskeyRefused> =>
  Schema.decodeUnknown(AttestationJson)(text).pipe(
    Effect.mapBoth({
      onFailure: malformed,
      onSuccess: ({ response: { transports, ...response }, ...given }) => ({
        ...given,
        clientExtensionResults: {},
        response: { ...response, transports: [...(transports ?? [])] }
      })
    })
  )

/** The library throws if a check fails, with a message for the log. */
const verified = <A>(check: () => Promise<A>): Effect.Effect<A, PasskeyRefused> =>
  Effect.tryPromise({
    try: check,
    catch: (error) =>
      new PasskeyRefused({ reason: "invalid", detail: error instanceof Error ? error.message : String(error) })
  })

/** Options for a browser's login, in the format of `PublicKeyCredential.parseRequestOptionsFromJSON`. */
export interface Asked {
  /** Must be stored until the response arrives. */
  readonly challenge: string
  readonly options: unknown
}

/** Creating passkeys and logging in with them (Web Authentication Level 3, §7). */
export const webAuthn = Effect.gen(function* () {
  const settings = yield* Settings
  const passkeys = yield* Passkeys
  const { id: rpID, origin } = relyingParty(settings)

  /** Options for any passkey of the site, because there is only one user. */
  const askForLogin: Effect.Effect<Asked> = Effect.gen(function* () {
    const { generateAuthenticationOptions } = yield* library
    const options = yield* Effect.promise(() =>
      generateAuthenticationOptions({ rpID, userVerification: "preferred", timeout: 300_000 })
    )
    return { challenge: options.challenge, options }
  })

  /**
   * Verifies origin, host, challenge, signature and counter, and updates the counter. Returns the passkey, and whether
   * its authenticator verified the user (PIN, fingerprint, face): only then it counts as two factors.
   */
  const verifyLogin = (
    text: string,
    challenge: string
  ): Effect.Effect<{ readonly passkey: Passkey; readonly userVerified: boolean }, PasskeyRefused | DatabaseFailure> =>
    Effect.gen(function* () {
      const response = yield* readAssertion(text)
      const found = yield* passkeys.byId(response.id)
      if (Option.isNone(found)) return yield* new PasskeyRefused({ reason: "unknown" })
      const { counter, id, publicKey, transports } = found.value
      const { verifyAuthenticationResponse } = yield* library
      const { authenticationInfo, verified: holds } = yield* verified(() =>
        verifyAuthenticationResponse({
          response,
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: rpID,
          credential: { id, publicKey: Uint8Array.from(publicKey), counter, transports: [...transports] },
          requireUserVerification: false
        })
      )
      const isMine = holds && (yield* passkeys.use(found.value, authenticationInfo.newCounter))
      if (!isMine) return yield* new PasskeyRefused({ reason: "invalid", detail: "signature or counter" })
      return { passkey: found.value, userVerified: authenticationInfo.userVerified }
    })

  /** Options for a new discoverable passkey, on an authenticator that has none of the site yet. */
  const askForNew: Effect.Effect<Asked, DatabaseFailure, CurrentSite> = Effect.gen(function* () {
    const { generateRegistrationOptions } = yield* library
    // A passkey of a former address does not prevent a new one on the same device.
    const known = (yield* passkeys.list).filter((passkey) => worksAt(passkey, settings.siteUrl))
    const userID = Uint8Array.from(yield* passkeys.userHandle)
    const about = yield* site
    const name = about.author === about.name ? rpID : about.author
    const options = yield* Effect.promise(() =>
      generateRegistrationOptions({
        rpID,
        rpName: about.name,
        userID,
        userName: name,
        userDisplayName: name,
        timeout: 300_000,
        excludeCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
        authenticatorSelection: { residentKey: "required", userVerification: "preferred" }
      })
    )
    return { challenge: options.challenge, options }
  })

  /** Verifies and stores a new passkey. */
  const keepNew = (
    text: string,
    challenge: string,
    name: string | undefined
  ): Effect.Effect<Passkey, PasskeyRefused | DatabaseFailure> =>
    Effect.gen(function* () {
      const response = yield* readAttestation(text)
      const { verifyRegistrationResponse } = yield* library
      const { registrationInfo } = yield* verified(() =>
        verifyRegistrationResponse({
          response,
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: rpID,
          requireUserVerification: false
        })
      )
      if (registrationInfo === undefined) return yield* new PasskeyRefused({ reason: "invalid" })
      const { credential, credentialBackedUp } = registrationInfo
      return yield* passkeys.add({
        id: credential.id,
        publicKey: credential.publicKey,
        counter: credential.counter,
        transports: credential.transports ?? [],
        name: passkeyName(name),
        backedUp: credentialBackedUp,
        relyingParty: rpID
      })
    })

  return { askForLogin, verifyLogin, askForNew, keepNew }
})
