import { createHash } from "node:crypto"
import type { SqlClient } from "@effect/sql"
import { Clock, Effect, FiberSet, Layer, Redacted, Schema } from "effect"
import {
  type AccessToken,
  isTokenExpired,
  isTouchDue,
  type NewAccessToken,
  newRecord,
  Scopes,
  tokenPattern
} from "../../src/domain/AccessToken.js"
import { TokenInvalid } from "../../src/errors/failure/Micropub.js"
import { AccessTokens } from "../../src/services/AccessTokens.js"
import { Logger } from "../../src/services/Logger.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { decodeRows } from "./Rows.js"

const TokenRow = Schema.Struct({
  id: Schema.String,
  label: Schema.String,
  me: Schema.String,
  scopes: Scopes,
  createdAt: Schema.Int,
  lastUsedAt: Schema.NullOr(Schema.Int),
  expiresAt: Schema.NullOr(Schema.Int),
  revokedAt: Schema.NullOr(Schema.Int)
})

const tokensFrom = decodeRows(TokenRow)
const scopesText = Schema.encodeSync(Scopes)

const toToken = ({ expiresAt, lastUsedAt, revokedAt: _, ...row }: typeof TokenRow.Type): AccessToken => ({
  ...row,
  ...(lastUsedAt === null ? {} : { lastUsedAt }),
  ...(expiresAt === null ? {} : { expiresAt })
})

const columns = (sql: SqlClient.SqlClient) =>
  sql.literal(`id, label, me, scopes, created_at AS "createdAt", last_used_at AS "lastUsedAt",
    expires_at AS "expiresAt", revoked_at AS "revokedAt"`)

const hash = (token: string) => createHash("sha256").update(token).digest()

/** Access tokens in the table `access_tokens`: the same SQL on every database. */
export const layer: Layer.Layer<AccessTokens, never, SqlPool | SecureRandom | Logger> = Layer.scoped(
  AccessTokens,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const random = yield* SecureRandom
    const log = (yield* Logger).named("starpunk.tokens")
    const touches = yield* FiberSet.make<void>()
    const touching = new Set<string>()

    const create = Effect.fn("AccessTokens.create")(function* (token: NewAccessToken) {
      const secret = yield* random.base64url(32)
      const record = newRecord(token, yield* random.hex(8), yield* Clock.currentTimeMillis)
      const row = {
        token_hash: hash(secret),
        id: record.id,
        label: record.label,
        me: record.me,
        scopes: scopesText(record.scopes),
        created_at: record.createdAt,
        expires_at: record.expiresAt ?? null
      }
      yield* pool.write((sql) => sql`INSERT INTO access_tokens ${sql.insert(row)}`)
      yield* log.info("Access token created", { access_token_id: record.id, scopes: row.scopes })
      return { token: Redacted.make(secret), record }
    })

    /** Runs beside the request: a locked or full database must not hold up, let alone refuse, a good token. */
    const touch = (id: string, now: number) =>
      pool
        .write((sql) => sql`UPDATE access_tokens SET last_used_at = ${now} WHERE id = ${id}`)
        .pipe(
          Effect.catchAll((error) =>
            log.warning("Use of an access token not written down", { access_token_id: id, error })
          ),
          Effect.ensuring(Effect.sync(() => touching.delete(id))),
          Effect.asVoid
        )

    const verify = Effect.fn("AccessTokens.verify")(function* (token: Redacted.Redacted) {
      const secret = Redacted.value(token)
      if (!tokenPattern.test(secret)) return yield* new TokenInvalid({ reason: "malformed" })
      const [row] = yield* pool
        .read((sql) => sql`SELECT ${columns(sql)} FROM access_tokens WHERE token_hash = ${hash(secret)}`)
        .pipe(Effect.flatMap(tokensFrom))
      if (row === undefined) return yield* new TokenInvalid({ reason: "unknown" })
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

    const list = pool
      .read(
        (sql) => sql`SELECT ${columns(sql)} FROM access_tokens WHERE revoked_at IS NULL ORDER BY created_at DESC, id`
      )
      .pipe(
        Effect.flatMap(tokensFrom),
        Effect.map((rows) => rows.map(toToken)),
        Effect.withSpan("AccessTokens.list")
      )

    const revoke = Effect.fn("AccessTokens.revoke")(function* (id: string) {
      const now = yield* Clock.currentTimeMillis
      const revoked = yield* pool.write(
        (sql) => sql`UPDATE access_tokens SET revoked_at = ${now} WHERE id = ${id} AND revoked_at IS NULL RETURNING id`
      )
      if (revoked.length > 0) yield* log.info("Access token revoked", { access_token_id: id })
      return revoked.length > 0
    })

    return { create, verify, list, revoke }
  })
)
