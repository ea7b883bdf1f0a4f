import { describe, expect, layer as withLayer } from "@effect/vitest"
import { Duration, Effect, type Layer, Redacted, TestClock } from "effect"
import type { Authorization, NewAuthorizationRequest } from "../../../src/domain/indieauth/Authorization.js"
import { ClientId } from "../../../src/domain/indieauth/ClientId.js"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import { Authorizations } from "../../../src/services/Authorizations.js"

const clientId = ClientId.make("https://app.example/")
const codeChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

const request: NewAuthorizationRequest = {
  sessionId: "session-1",
  clientId,
  clientName: "App",
  redirectUri: "https://app.example/callback",
  state: "a state",
  codeChallenge,
  scopes: ["create", "profile"]
}

const authorization: Authorization = {
  clientId,
  clientName: "App",
  redirectUri: "https://app.example/callback",
  codeChallenge,
  scopes: ["create", "profile"],
  me: "https://me.example/",
  label: "App on my phone",
  lifetime: Duration.days(30),
  renewable: true
}

const shown = { clientId, redirectUri: authorization.redirectUri, codeChallenge }

/** Contract of Authorizations, together with its AccessTokens. */
export const conforms = <E>(name: string, implementation: Layer.Layer<Authorizations | AccessTokens, E>) =>
  withLayer(implementation)(`Authorizations: ${name}`, (it) => {
    const codeFor = (more: Partial<Authorization> = {}) =>
      Effect.flatMap(Authorizations, (each) => each.issueCode({ ...authorization, ...more }))
    const fault = (
      code: Redacted.Redacted,
      more: Partial<typeof shown> = {},
      how: "redeem" | "exchange" = "exchange"
    ) =>
      Effect.flatMap(Authorizations, (each) =>
        Effect.map(
          Effect.flip<unknown, { readonly _tag: string; readonly reason?: unknown }, never>(
            each[how](code, { ...shown, ...more })
          ),
          ({ _tag, reason }) => reason ?? _tag
        )
      )

    it.effect("S12: an app is known while it has a valid token, and for a day after its code", () =>
      Effect.gen(function* () {
        const authorizations = yield* Authorizations
        const tokens = yield* AccessTokens
        const other = ClientId.make("https://known.example/")
        expect(yield* authorizations.isKnown(other)).toBe(false)
        const { record } = yield* tokens.create({
          label: "x",
          me: "https://me.example/",
          scopes: ["create"],
          clientId: other
        })
        expect(yield* authorizations.isKnown(other)).toBe(true)
        yield* tokens.revoke(record.id)
        expect(yield* authorizations.isKnown(other)).toBe(false)
        yield* codeFor({ clientId: other })
        expect(yield* authorizations.isKnown(other)).toBe(true)
      })
    )

    it.effect("C5: a code without a challenge is redeemed without a verifier, and not with one", () =>
      Effect.gen(function* () {
        const authorizations = yield* Authorizations
        const { codeChallenge: _, ...unprotected } = authorization
        const { codeChallenge: __, ...plain } = shown
        const { id } = yield* authorizations.ask({
          sessionId: "session-9",
          clientId,
          redirectUri: "https://app.example/cb",
          scopes: []
        })
        expect(yield* authorizations.decide(id, "session-9")).not.toHaveProperty("codeChallenge")
        const code = yield* authorizations.issueCode(unprotected)
        expect(yield* fault(code)).toBe("verifier_unasked")
        expect(yield* authorizations.exchange(code, plain)).toMatchObject({ record: { clientId } })
        const protectedCode = yield* codeFor()
        const refused = yield* Effect.flip(authorizations.redeem(protectedCode, plain))
        expect(refused).toMatchObject({ reason: "verifier_missing" })
      })
    )

    describe("requests", () => {
      it.effect("are decided once, in the session that they were kept for", () =>
        Effect.gen(function* () {
          const authorizations = yield* Authorizations
          const { id } = yield* authorizations.ask(request)
          const foreign = yield* Effect.flip(authorizations.decide(id, "session-2"))
          expect(foreign._tag).toBe("AuthorizationRequestExpired")
          expect(yield* authorizations.decide(id, "session-1")).toEqual({ ...request, id })
          expect((yield* Effect.flip(authorizations.decide(id, "session-1")))._tag).toBe("AuthorizationRequestExpired")
          expect((yield* Effect.flip(authorizations.decide("", "session-1")))._tag).toBe("AuthorizationRequestExpired")
        })
      )

      it.effect("come back without absent fields", () =>
        Effect.gen(function* () {
          const authorizations = yield* Authorizations
          const { clientName: _, state: __, ...bare } = request
          const { id } = yield* authorizations.ask({ ...bare, scopes: [] })
          expect(yield* authorizations.decide(id, "session-1")).toEqual({ ...bare, scopes: [], id })
        })
      )

      it.effect("expire after half an hour, and are twenty at most", () =>
        Effect.gen(function* () {
          const authorizations = yield* Authorizations
          const late = yield* authorizations.ask({ ...request, sessionId: "late" })
          yield* TestClock.adjust(Duration.minutes(30))
          expect((yield* Effect.flip(authorizations.decide(late.id, "late")))._tag).toBe("AuthorizationRequestExpired")
          const ids: Array<string> = []
          for (let index = 0; index < 21; index += 1) {
            ids.push((yield* authorizations.ask({ ...request, sessionId: "busy" })).id)
            yield* TestClock.adjust(Duration.millis(1))
          }
          expect((yield* Effect.flip(authorizations.decide(ids[0] ?? "", "busy")))._tag).toBe(
            "AuthorizationRequestExpired"
          )
          for (const id of ids.slice(1)) expect(yield* authorizations.decide(id, "busy")).toMatchObject({ id })
        })
      )
    })

    describe("codes", () => {
      it.effect("give what was allowed, as an identity or as a token", () =>
        Effect.gen(function* () {
          const authorizations = yield* Authorizations
          const tokens = yield* AccessTokens
          expect(yield* authorizations.redeem(yield* codeFor(), shown)).toEqual(authorization)
          const issued = yield* authorizations.exchange(yield* codeFor(), shown)
          expect(issued.authorization).toEqual(authorization)
          expect(issued.refresh).toBeDefined()
          expect(yield* tokens.verify(issued.token)).toMatchObject({
            clientId,
            clientName: "App",
            label: "App on my phone",
            me: "https://me.example/",
            scopes: ["create", "profile"],
            renewalMillis: Duration.toMillis("30 days")
          })
        })
      )

      it.effect("expire after five minutes", () =>
        Effect.gen(function* () {
          const authorizations = yield* Authorizations
          const [young, old] = [yield* codeFor(), yield* codeFor()]
          yield* TestClock.adjust(Duration.millis(299_999))
          expect(yield* authorizations.redeem(young, shown)).toEqual(authorization)
          yield* TestClock.adjust(Duration.millis(1))
          expect(yield* fault(old)).toBe("code_expired")
        })
      )

      it.effect(
        "are bound to one client, one redirect_uri and one verifier; a wrong attempt does not use them up",
        () =>
          Effect.gen(function* () {
            const code = yield* codeFor()
            for (const how of ["redeem", "exchange"] as const) {
              expect(yield* fault(code, { clientId: ClientId.make("https://evil.example/") }, how)).toBe("client")
              expect(yield* fault(code, { redirectUri: "https://app.example/callback?x" }, how)).toBe("redirect_uri")
              expect(yield* fault(code, { codeChallenge: "a".repeat(43) }, how)).toBe("verifier")
            }
            expect(yield* Effect.flatMap(Authorizations, (each) => each.redeem(code, shown))).toEqual(authorization)
          })
      )

      it.effect("give nothing if they are unknown", () =>
        Effect.gen(function* () {
          for (const text of ["", "x", "a".repeat(43), "' OR 1=1 --".padEnd(43, "-")]) {
            expect(yield* fault(Redacted.make(text))).toBe("code_unknown")
            expect(yield* fault(Redacted.make(text), {}, "redeem")).toBe("code_unknown")
          }
        })
      )

      it.effect("used twice revoke their token, for any client", () =>
        Effect.gen(function* () {
          const authorizations = yield* Authorizations
          const tokens = yield* AccessTokens
          const code = yield* codeFor()
          const { refresh, token } = yield* authorizations.exchange(code, shown)
          expect(yield* fault(code, { codeChallenge: "a".repeat(43) }, "redeem")).toBe("code_used")
          expect(yield* Effect.flip(tokens.verify(token))).toMatchObject({ reason: "revoked" })
          expect(yield* Effect.flip(tokens.refresh(refresh ?? token, { clientId }))).toMatchObject({
            reason: "refresh_revoked"
          })
          expect(yield* fault(code)).toBe("code_used")
        })
      )

      it.effect("redeemed by many at once give one token at most, which is revoked", () =>
        Effect.gen(function* () {
          const authorizations = yield* Authorizations
          const tokens = yield* AccessTokens
          const code = yield* codeFor()
          const attempts = yield* Effect.all(
            Array.from({ length: 4 }, () => Effect.either(authorizations.exchange(code, shown))),
            { concurrency: "unbounded" }
          )
          const given = attempts.flatMap((attempt) => (attempt._tag === "Right" ? [attempt.right] : []))
          expect(given).toHaveLength(1)
          for (const { token } of given) {
            expect(yield* Effect.flip(tokens.verify(token))).toMatchObject({ reason: "revoked" })
          }
        })
      )

      it.effect("without a scope give an identity, but no token", () =>
        Effect.gen(function* () {
          const code = yield* codeFor({ scopes: [] })
          expect(yield* fault(code)).toBe("no_scope")
          expect(yield* Effect.flatMap(Authorizations, (each) => each.redeem(code, shown))).toMatchObject({
            scopes: []
          })
        })
      )
    })

    it.effect("removes expired requests at once, and codes after a day", () =>
      Effect.gen(function* () {
        const authorizations = yield* Authorizations
        yield* TestClock.adjust(Duration.days(10))
        yield* authorizations.cleanup
        yield* authorizations.ask(request)
        const used = yield* codeFor()
        yield* authorizations.redeem(used, shown)
        yield* TestClock.adjust(Duration.hours(1))
        expect(yield* authorizations.cleanup).toBe(1)
        expect(yield* fault(used)).toBe("code_used")
        yield* TestClock.adjust(Duration.hours(24))
        expect(yield* authorizations.cleanup).toBe(1)
        expect(yield* fault(used)).toBe("code_unknown")
        expect(yield* authorizations.cleanup).toBe(0)
      })
    )
  })
