import type { SqlClient } from "@effect/sql"
import { Effect, Redacted, Schema } from "effect"
import {
  type AccessToken,
  type IssuedToken,
  type NewAccessToken,
  newRecord,
  refreshExpiresAt,
  Scopes
} from "../../../src/domain/indieauth/AccessToken.js"
import type { SecureRandom } from "../../../src/services/SecureRandom.js"
import { hashOf } from "./SecretHash.js"

/** Encodes scopes for the tables. */
export const scopesText = Schema.encodeSync(Scopes)

/** Creates a refresh token for a record, in the transaction of `sql`; `undefined` if the token cannot be renewed. */
export const insertRefreshToken = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
  random: SecureRandom["Type"],
  record: AccessToken,
  now: number,
  allowed: string = scopesText(record.scopes)
) {
  if (record.renewalMillis === undefined) return undefined
  const secret = yield* random.base64url(32)
  yield* sql`INSERT INTO refresh_tokens ${sql.insert({
    token_hash: hashOf(secret),
    access_token_id: record.id,
    scopes: allowed,
    created_at: now,
    expires_at: refreshExpiresAt(record.renewalMillis, record, now)
  })}`
  return Redacted.make(secret)
})

/** Creates an access token and its refresh token, in the transaction of `sql`. */
export const insertToken = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
  random: SecureRandom["Type"],
  token: NewAccessToken,
  now: number
) {
  const secret = yield* random.base64url(32)
  const record = newRecord(token, yield* random.hex(8), now)
  yield* sql`INSERT INTO access_tokens ${sql.insert({
    token_hash: hashOf(secret),
    id: record.id,
    label: record.label,
    me: record.me,
    scopes: scopesText(record.scopes),
    created_at: record.createdAt,
    expires_at: record.expiresAt ?? null,
    client_id: record.clientId ?? null,
    client_name: record.clientName ?? null,
    renewal_millis: record.renewalMillis ?? null
  })}`
  const refresh = yield* insertRefreshToken(sql, random, record, now)
  return issued(secret, record, refresh)
})

/** The result for the client. */
export const issued = (secret: string, record: AccessToken, refresh: Redacted.Redacted | undefined): IssuedToken => ({
  token: Redacted.make(secret),
  record,
  ...(refresh === undefined ? {} : { refresh })
})

/** Revokes a token. Returns the ids of revoked tokens, none if it was revoked already. */
export const revokeToken = (sql: SqlClient.SqlClient, id: string, now: number) =>
  sql<{ id: string }>`UPDATE access_tokens SET revoked_at = ${now} WHERE id = ${id} AND revoked_at IS NULL RETURNING id`
