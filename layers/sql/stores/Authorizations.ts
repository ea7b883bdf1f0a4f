import type { SqlClient } from "@effect/sql"
import { Clock, Duration, Effect, Either, Layer, Redacted, Schema } from "effect"
import { type NewAccessToken, Scopes, tokenPattern } from "../../../src/domain/indieauth/AccessToken.js"
import {
  type Authorization,
  type AuthorizationRequest,
  codeLifetimeMillis,
  codeMemoryMillis,
  maxWaitingRequests,
  type NewAuthorizationRequest,
  type Redemption,
  redemptionFault,
  requestLifetimeMillis
} from "../../../src/domain/indieauth/Authorization.js"
import { ClientId } from "../../../src/domain/indieauth/ClientId.js"
import { AuthorizationRequestExpired, GrantInvalid } from "../../../src/errors/IndieAuth.js"
import { Authorizations } from "../../../src/services/Authorizations.js"
import { Logger } from "../../../src/services/Logger.js"
import { SecureRandom } from "../../../src/services/SecureRandom.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { removeAll } from "../rows/Batches.js"
import { decodeRows } from "../rows/Rows.js"
import { insertToken, revokeToken, scopesText } from "./IssuedTokens.js"
import { hashOf } from "./SecretHash.js"

/** A limit that is none: only SQLite knows a negative one. */
const everyRow = 2 ** 31 - 1

const RequestRow = Schema.Struct({
  id: Schema.String,
  sessionId: Schema.String,
  clientId: ClientId,
  clientName: Schema.NullOr(Schema.String),
  redirectUri: Schema.String,
  state: Schema.NullOr(Schema.String),
  codeChallenge: Schema.String,
  scopes: Scopes,
  expiresAt: Schema.Int
})

const CodeRow = Schema.Struct({
  clientId: ClientId,
  clientName: Schema.NullOr(Schema.String),
  redirectUri: Schema.String,
  codeChallenge: Schema.String,
  scopes: Scopes,
  me: Schema.String,
  label: Schema.String,
  lifetimeMillis: Schema.NullOr(Schema.Int),
  renewable: Schema.Int,
  expiresAt: Schema.Int,
  usedAt: Schema.NullOr(Schema.Int),
  accessTokenId: Schema.NullOr(Schema.String)
})

const requestsFrom = decodeRows(RequestRow)
const codesFrom = decodeRows(CodeRow)

/** The columns are NOT NULL: a request without PKCE has an empty challenge, which no verifier can have. */
const challengeFrom = (column: string) => (column === "" ? {} : { codeChallenge: column })

const toRequest = ({
  clientName,
  codeChallenge,
  expiresAt: _,
  state,
  ...row
}: typeof RequestRow.Type): AuthorizationRequest => ({
  ...row,
  ...challengeFrom(codeChallenge),
  ...(clientName === null ? {} : { clientName }),
  ...(state === null ? {} : { state })
})

const toAuthorization = (row: typeof CodeRow.Type): Authorization => ({
  clientId: row.clientId,
  ...(row.clientName === null ? {} : { clientName: row.clientName }),
  redirectUri: row.redirectUri,
  ...challengeFrom(row.codeChallenge),
  scopes: row.scopes,
  me: row.me,
  label: row.label,
  ...(row.lifetimeMillis === null ? {} : { lifetime: Duration.millis(row.lifetimeMillis) }),
  ...(row.renewable === 1 ? { renewable: true } : {})
})

const tokenOf = ({ codeChallenge: _, redirectUri: __, ...token }: Authorization): NewAccessToken => token

/** Requests and codes in the tables `authorization_requests` and `authorization_codes`. */
export const layer: Layer.Layer<Authorizations, never, SqlPool | SecureRandom | Logger> = Layer.effect(
  Authorizations,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const random = yield* SecureRandom
    const log = (yield* Logger).named("starpunk.indieauth")

    const ask = Effect.fn("Authorizations.ask")(function* (request: NewAuthorizationRequest) {
      const now = yield* Clock.currentTimeMillis
      const id = yield* random.base64url(24)
      const row = {
        id,
        session_id: request.sessionId,
        client_id: request.clientId,
        client_name: request.clientName ?? null,
        redirect_uri: request.redirectUri,
        state: request.state ?? null,
        code_challenge: request.codeChallenge ?? "",
        scopes: scopesText(request.scopes),
        created_at: now,
        expires_at: now + requestLifetimeMillis
      }
      yield* pool.write((sql) =>
        Effect.zipRight(
          sql`INSERT INTO authorization_requests ${sql.insert(row)}`,
          sql`DELETE FROM authorization_requests WHERE id IN (
            SELECT id FROM authorization_requests WHERE session_id = ${request.sessionId} AND id <> ${id}
            ORDER BY created_at DESC, id LIMIT ${everyRow} OFFSET ${maxWaitingRequests - 1})`
        )
      )
      return { ...request, id }
    })

    const decide = Effect.fn("Authorizations.decide")(function* (id: string, sessionId: string) {
      const now = yield* Clock.currentTimeMillis
      const [row] = yield* pool
        .write(
          (sql) => sql`DELETE FROM authorization_requests WHERE id = ${id} AND session_id = ${sessionId}
            RETURNING id, session_id AS "sessionId", client_id AS "clientId", client_name AS "clientName",
              redirect_uri AS "redirectUri", state, code_challenge AS "codeChallenge", scopes,
              expires_at AS "expiresAt"`
        )
        .pipe(Effect.flatMap(requestsFrom))
      if (row === undefined || row.expiresAt <= now) return yield* new AuthorizationRequestExpired()
      return toRequest(row)
    })

    const isKnown = Effect.fn("Authorizations.isKnown")(function* (clientId: ClientId) {
      const now = yield* Clock.currentTimeMillis
      const rows = yield* pool.read(
        (sql) => sql`SELECT 1 FROM access_tokens WHERE client_id = ${clientId} AND revoked_at IS NULL
            AND (expires_at IS NULL OR expires_at > ${now})
          UNION ALL SELECT 1 FROM authorization_codes WHERE client_id = ${clientId} LIMIT 1`
      )
      return rows.length > 0
    })

    const issueCode = Effect.fn("Authorizations.issueCode")(function* (authorization: Authorization) {
      const now = yield* Clock.currentTimeMillis
      const code = yield* random.base64url(32)
      const { lifetime } = authorization
      const row = {
        code_hash: hashOf(code),
        client_id: authorization.clientId,
        client_name: authorization.clientName ?? null,
        redirect_uri: authorization.redirectUri,
        code_challenge: authorization.codeChallenge ?? "",
        scopes: scopesText(authorization.scopes),
        me: authorization.me,
        label: authorization.label,
        lifetime_millis: lifetime === undefined ? null : Duration.toMillis(lifetime),
        renewable: authorization.renewable === true ? 1 : 0,
        created_at: now,
        expires_at: now + codeLifetimeMillis
      }
      yield* pool.write((sql) => sql`INSERT INTO authorization_codes ${sql.insert(row)}`)
      yield* log.info("Authorization given", { client_id: authorization.clientId, scopes: row.scopes })
      return Redacted.make(code)
    })

    /** Finds the row of a code if the client may redeem it. A reused code revokes the token that it produced. */
    const find = Effect.fnUntraced(function* (sql: SqlClient.SqlClient, code: string, shown: Redemption, now: number) {
      const [row] = yield* sql`SELECT client_id AS "clientId", client_name AS "clientName",
          redirect_uri AS "redirectUri", code_challenge AS "codeChallenge", scopes, me, label,
          lifetime_millis AS "lifetimeMillis", renewable, expires_at AS "expiresAt", used_at AS "usedAt",
          access_token_id AS "accessTokenId"
        FROM authorization_codes WHERE code_hash = ${hashOf(code)}`.pipe(Effect.flatMap(codesFrom))
      if (row === undefined) return Either.left(new GrantInvalid({ reason: "code_unknown" }))
      if (row.usedAt !== null) {
        if (row.accessTokenId !== null) yield* revokeToken(sql, row.accessTokenId, now)
        yield* log.warning("Authorization code used twice", {
          client_id: row.clientId,
          access_token_id: row.accessTokenId
        })
        return Either.left(new GrantInvalid({ reason: "code_used" }))
      }
      if (row.expiresAt <= now) return Either.left(new GrantInvalid({ reason: "code_expired" }))
      const authorization = toAuthorization(row)
      const fault = redemptionFault(authorization, shown)
      return fault === undefined ? Either.right(authorization) : Either.left(new GrantInvalid({ reason: fault }))
    })

    const redeem = Effect.fn("Authorizations.redeem")(function* (token: Redacted.Redacted, shown: Redemption) {
      const now = yield* Clock.currentTimeMillis
      const code = Redacted.value(token)
      if (!tokenPattern.test(code)) return yield* new GrantInvalid({ reason: "code_unknown" })
      return yield* yield* pool.write((sql) =>
        Effect.gen(function* () {
          const found = yield* find(sql, code, shown, now)
          if (Either.isRight(found)) {
            yield* sql`UPDATE authorization_codes SET used_at = ${now} WHERE code_hash = ${hashOf(code)}`
          }
          return found
        })
      )
    })

    const exchange = Effect.fn("Authorizations.exchange")(function* (token: Redacted.Redacted, shown: Redemption) {
      const now = yield* Clock.currentTimeMillis
      const code = Redacted.value(token)
      if (!tokenPattern.test(code)) return yield* new GrantInvalid({ reason: "code_unknown" })
      const made = yield* yield* pool.write((sql) =>
        Effect.gen(function* () {
          const found = yield* find(sql, code, shown, now)
          if (Either.isLeft(found)) return Either.left(found.left)
          const authorization = found.right
          if (authorization.scopes.length === 0) return Either.left(new GrantInvalid({ reason: "no_scope" }))
          const made = yield* insertToken(sql, random, tokenOf(authorization), now)
          yield* sql`UPDATE authorization_codes SET used_at = ${now}, access_token_id = ${made.record.id}
            WHERE code_hash = ${hashOf(code)}`
          return Either.right({ ...made, authorization })
        })
      )
      const { clientId, id, scopes } = made.record
      yield* log.info("Access token created", { access_token_id: id, client_id: clientId, scopes: scopesText(scopes) })
      return made
    })

    const cleanup = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const requests = yield* removeAll((limit) =>
        pool.write(
          (sql) => sql`DELETE FROM authorization_requests WHERE id IN (
            SELECT id FROM authorization_requests WHERE expires_at <= ${now} LIMIT ${limit}) RETURNING id`
        )
      )
      const codes = yield* removeAll((limit) =>
        pool.write(
          (sql) => sql`DELETE FROM authorization_codes WHERE code_hash IN (
            SELECT code_hash FROM authorization_codes WHERE expires_at <= ${now - codeMemoryMillis} LIMIT ${limit})
            RETURNING expires_at`
        )
      )
      const total = requests + codes
      if (total > 0) yield* log.info("Expired authorizations removed", { count: total })
      return total
    }).pipe(Effect.withSpan("Authorizations.cleanup"))

    return { ask, decide, isKnown, issueCode, redeem, exchange, cleanup }
  })
)
