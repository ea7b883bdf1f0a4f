import { createHash } from "node:crypto"
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

/** Scopes as the tables keep them. */
export const scopesText = Schema.encodeSync(Scopes)

/** What is stored of a token or a code. */
export const hash = (secret: string): Buffer => createHash("sha256").update(secret).digest()

/** Makes a refresh token for a record, within the transaction that `sql` stands in; none where it cannot be renewed. */
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
    token_hash: hash(secret),
    access_token_id: record.id,
    scopes: allowed,
    created_at: now,
    expires_at: refreshExpiresAt(record.renewalMillis, record, now)
  })}`
  return Redacted.make(secret)
})

/** Makes an access token, and the refresh token that belongs to it, within the transaction that `sql` stands in. */
export const insertToken = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
  random: SecureRandom["Type"],
  token: NewAccessToken,
  now: number
) {
  const secret = yield* random.base64url(32)
  const record = newRecord(token, yield* random.hex(8), now)
  yield* sql`INSERT INTO access_tokens ${sql.insert({
    token_hash: hash(secret),
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

/** What is handed out. */
export const issued = (secret: string, record: AccessToken, refresh: Redacted.Redacted | undefined): IssuedToken => ({
  token: Redacted.make(secret),
  record,
  ...(refresh === undefined ? {} : { refresh })
})

/** Ends a token; answers the ids of what was ended, none when it was already. */
export const revokeToken = (sql: SqlClient.SqlClient, id: string, now: number) =>
  sql<{ id: string }>`UPDATE access_tokens SET revoked_at = ${now} WHERE id = ${id} AND revoked_at IS NULL RETURNING id`
