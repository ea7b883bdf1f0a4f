import type { SqlClient } from "@effect/sql"
import { Clock, Effect, Either, FiberSet, Layer, Redacted, Schema } from "effect"
import {
  type AccessToken,
  isTokenExpired,
  isTouchDue,
  type NewAccessToken,
  Scopes,
  tokenPattern
} from "../../../src/domain/indieauth/AccessToken.js"
import { longestRenewalMillis } from "../../../src/domain/indieauth/TokenLifetime.js"
import { GrantInvalid, ScopeExceeded } from "../../../src/errors/IndieAuth.js"
import { TokenInvalid } from "../../../src/errors/Micropub.js"
import { AccessTokens, type Renewal } from "../../../src/services/AccessTokens.js"
import { Logger } from "../../../src/services/Logger.js"
import { SecureRandom } from "../../../src/services/SecureRandom.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { removeAll } from "../rows/Batches.js"
import { decodeRows } from "../rows/Rows.js"
import { insertRefreshToken, insertToken, issued, revokeToken, scopesText } from "./IssuedTokens.js"
import { hashOf } from "./SecretHash.js"

const TokenRow = Schema.Struct({
  id: Schema.String,
  label: Schema.String,
  me: Schema.String,
  scopes: Scopes,
  createdAt: Schema.Int,
  lastUsedAt: Schema.NullOr(Schema.Int),
  expiresAt: Schema.NullOr(Schema.Int),
  revokedAt: Schema.NullOr(Schema.Int),
  clientId: Schema.NullOr(Schema.String),
  clientName: Schema.NullOr(Schema.String),
  renewalMillis: Schema.NullOr(Schema.Int)
})

const RefreshRow = Schema.Struct({
  ...TokenRow.fields,
  allowed: Scopes,
  refreshExpiresAt: Schema.Int,
  usedAt: Schema.NullOr(Schema.Int)
})

const tokensFrom = decodeRows(TokenRow)
const refreshTokensFrom = decodeRows(RefreshRow)

const toToken = (row: typeof TokenRow.Type): AccessToken => ({
  id: row.id,
  label: row.label,
  me: row.me,
  scopes: row.scopes,
  createdAt: row.createdAt,
  ...(row.lastUsedAt === null ? {} : { lastUsedAt: row.lastUsedAt }),
  ...(row.expiresAt === null ? {} : { expiresAt: row.expiresAt }),
  ...(row.clientId === null ? {} : { clientId: row.clientId }),
  ...(row.clientName === null ? {} : { clientName: row.clientName }),
  ...(row.renewalMillis === null ? {} : { renewalMillis: row.renewalMillis })
})

const columns = (sql: SqlClient.SqlClient) =>
  sql.literal(`a.id, a.label, a.me, a.scopes, a.created_at AS "createdAt", a.last_used_at AS "lastUsedAt",
    a.expires_at AS "expiresAt", a.revoked_at AS "revokedAt", a.client_id AS "clientId",
    a.client_name AS "clientName", a.renewal_millis AS "renewalMillis"`)

/** Access tokens in the tables `access_tokens` and `refresh_tokens`. */
export const layer: Layer.Layer<AccessTokens, never, SqlPool | SecureRandom | Logger> = Layer.scoped(
  AccessTokens,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const random = yield* SecureRandom
    const log = (yield* Logger).named("starpunk.tokens")
    const touches = yield* FiberSet.make<void>()
    const touching = new Set<string>()

    const create = Effect.fn("AccessTokens.create")(function* (token: NewAccessToken) {
      const now = yield* Clock.currentTimeMillis
      const made = yield* pool.write((sql) => insertToken(sql, random, token, now))
      const { clientId, id, scopes } = made.record
      yield* log.info("Access token created", { access_token_id: id, client_id: clientId, scopes: scopesText(scopes) })
      return made
    })

    /** Runs in the background, because a locked or full database must neither delay nor refuse a valid token. */
    const touch = (id: string, now: number) =>
      pool
        .write((sql) => sql`UPDATE access_tokens SET last_used_at = ${now} WHERE id = ${id}`)
        .pipe(
          Effect.catchAll((error) =>
            log.warning("Use of an access token not recorded", { access_token_id: id, error })
          ),
          Effect.ensuring(Effect.sync(() => touching.delete(id))),
          Effect.asVoid
        )

    /** Returns whether a token was replaced by a renewal. It counts as expired, because its client has a newer one. */
    const wasReplaced = (secret: string) =>
      Effect.map(
        pool.read((sql) => sql`SELECT id FROM access_tokens WHERE previous_hash = ${hashOf(secret)}`),
        (rows) => rows.length > 0
      )

    const verify = Effect.fn("AccessTokens.verify")(function* (token: Redacted.Redacted) {
      const secret = Redacted.value(token)
      if (!tokenPattern.test(secret)) return yield* new TokenInvalid({ reason: "malformed" })
      const [row] = yield* pool
        .read((sql) => sql`SELECT ${columns(sql)} FROM access_tokens AS a WHERE a.token_hash = ${hashOf(secret)}`)
        .pipe(Effect.flatMap(tokensFrom))
      if (row === undefined) {
        return yield* new TokenInvalid({ reason: (yield* wasReplaced(secret)) ? "expired" : "unknown" })
      }
      if (row.revokedAt !== null) return yield* new TokenInvalid({ reason: "revoked" })
      const now = yield* Clock.currentTimeMillis
      const known = toToken(row)
      if (isTokenExpired(known, now)) return yield* new TokenInvalid({ reason: "expired" })
      if (!isTouchDue(known, now)) return known
      if (!touching.has(known.id)) {
        touching.add(known.id)
        yield* FiberSet.run(touches, touch(known.id, now))
      }
      return { ...known, lastUsedAt: now }
    })

    /** Runs in one transaction. Returns the failure; a reused refresh token revokes the token that it belongs to. */
    const renew = Effect.fnUntraced(function* (
      sql: SqlClient.SqlClient,
      refreshHash: Buffer,
      { clientId, scopes }: Renewal,
      now: number
    ) {
      const [row] = yield* sql`SELECT ${columns(sql)}, r.scopes AS allowed, r.expires_at AS "refreshExpiresAt",
          r.used_at AS "usedAt"
        FROM refresh_tokens AS r JOIN access_tokens AS a ON a.id = r.access_token_id
        WHERE r.token_hash = ${refreshHash}`.pipe(Effect.flatMap(refreshTokensFrom))
      if (row === undefined) return Either.left(new GrantInvalid({ reason: "refresh_unknown" }))
      if (row.usedAt !== null) {
        yield* revokeToken(sql, row.id, now)
        yield* log.warning("Refresh token used twice", { access_token_id: row.id, client_id: row.clientId })
        return Either.left(new GrantInvalid({ reason: "refresh_used" }))
      }
      if (row.revokedAt !== null) return Either.left(new GrantInvalid({ reason: "refresh_revoked" }))
      if (row.clientId !== clientId) return Either.left(new GrantInvalid({ reason: "refresh_client" }))
      // Refresh tokens from before the limit was introduced do not have it stored.
      const isOver = row.refreshExpiresAt <= now || row.createdAt + longestRenewalMillis <= now
      if (isOver || row.renewalMillis === null) {
        return Either.left(new GrantInvalid({ reason: "refresh_expired" }))
      }
      const { allowed } = row
      const beyond = scopes?.find((scope) => !allowed.some((each) => each === scope))
      if (beyond !== undefined) return Either.left(new ScopeExceeded({ scope: beyond, allowed }))
      const secret = yield* random.base64url(32)
      const record = {
        ...toToken(row),
        scopes: allowed.filter((scope) => scopes === undefined || scopes.includes(scope)),
        expiresAt: now + row.renewalMillis
      }
      yield* sql`UPDATE access_tokens SET previous_hash = token_hash, token_hash = ${hashOf(secret)},
        scopes = ${scopesText(record.scopes)}, expires_at = ${record.expiresAt} WHERE id = ${record.id}`
      yield* sql`UPDATE refresh_tokens SET used_at = ${now} WHERE token_hash = ${refreshHash}`
      const next = yield* insertRefreshToken(sql, random, record, now, scopesText(allowed))
      return Either.right(issued(secret, record, next))
    })

    const refresh = Effect.fn("AccessTokens.refresh")(function* (token: Redacted.Redacted, renewal: Renewal) {
      const now = yield* Clock.currentTimeMillis
      const refreshHash = hashOf(token)
      const made = yield* yield* pool.write((sql) => renew(sql, refreshHash, renewal, now))
      yield* log.info("Access token renewed", { access_token_id: made.record.id, client_id: made.record.clientId })
      return made
    })

    const list = pool
      .read(
        (sql) =>
          sql`SELECT ${columns(sql)} FROM access_tokens AS a WHERE a.revoked_at IS NULL ORDER BY a.created_at DESC, a.id`
      )
      .pipe(
        Effect.flatMap(tokensFrom),
        Effect.map((rows) => rows.map(toToken)),
        Effect.withSpan("AccessTokens.list")
      )

    const rename = Effect.fn("AccessTokens.rename")(function* (id: string, label: string) {
      const renamed = yield* pool.write(
        (sql) => sql`UPDATE access_tokens SET label = ${label} WHERE id = ${id} AND revoked_at IS NULL RETURNING id`
      )
      return renamed.length > 0
    })

    const tellRevoked = (revoked: ReadonlyArray<{ readonly id: string }>) =>
      Effect.as(
        Effect.forEach(revoked, ({ id }) => log.info("Access token revoked", { access_token_id: id })),
        revoked.length
      )

    const revoke = Effect.fn("AccessTokens.revoke")(function* (id: string) {
      const now = yield* Clock.currentTimeMillis
      return (
        (yield* Effect.flatMap(
          pool.write((sql) => revokeToken(sql, id, now)),
          tellRevoked
        )) > 0
      )
    })

    const revokeClient = Effect.fn("AccessTokens.revokeClient")(function* (clientId: string) {
      const now = yield* Clock.currentTimeMillis
      return yield* pool
        .write(
          (sql) => sql<{ id: string }>`UPDATE access_tokens SET revoked_at = ${now}
            WHERE client_id = ${clientId} AND revoked_at IS NULL RETURNING id`
        )
        .pipe(Effect.flatMap(tellRevoked))
    })

    const surrender = Effect.fn("AccessTokens.surrender")(function* (token: Redacted.Redacted) {
      const now = yield* Clock.currentTimeMillis
      const tokenHash = hashOf(token)
      const revoked = yield* pool.write(
        (sql) => sql<{ id: string }>`UPDATE access_tokens SET revoked_at = ${now}
          WHERE revoked_at IS NULL AND (token_hash = ${tokenHash}
            OR id IN (SELECT access_token_id FROM refresh_tokens WHERE token_hash = ${tokenHash} AND used_at IS NULL))
          RETURNING id`
      )
      return (yield* tellRevoked(revoked)) > 0
    })

    const cleanup = Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      const total = yield* removeAll((limit) =>
        pool.write(
          (sql) => sql`DELETE FROM refresh_tokens WHERE token_hash IN (
            SELECT token_hash FROM refresh_tokens WHERE expires_at <= ${now} LIMIT ${limit}) RETURNING expires_at`
        )
      )
      if (total > 0) yield* log.info("Expired refresh tokens removed", { count: total })
      return total
    }).pipe(Effect.withSpan("AccessTokens.cleanup"))

    return { create, verify, refresh, list, rename, revoke, revokeClient, surrender, cleanup }
  })
)
