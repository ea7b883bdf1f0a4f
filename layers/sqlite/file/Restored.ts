import { Clock, Effect, Schema } from "effect"
import type { DatabaseFailure } from "../../../src/errors/Database.js"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { SettingsValues } from "../../../src/settings/Config.js"
import type { Open } from "../pool/Connecting.js"
import * as SingleConnection from "../pool/SingleConnection.js"

/**
 * Tables of logins, logins in progress, and refresh tokens: which of their rows were used or revoked since the backup
 * is unknown. Older schemas may lack some.
 */
const logins = [
  "sessions",
  "login_steps",
  "sign_ins",
  "authorization_requests",
  "authorization_codes",
  "refresh_tokens"
]

const Name = Schema.Struct({ name: Schema.String })

/** Changes to a database from a backup. */
export interface Prepared {
  readonly sessionsEnded: number
  readonly tokensRevoked: number
}

/**
 * Makes a database from a backup safe to use: sessions that were ended since (of a lost phone, for example) and tokens
 * that were revoked since must not become valid again. Logging in again costs the owner a minute; other tokens stay,
 * because otherwise every app would have to be set up again.
 */
export const prepare = (
  openDriver: Open,
  settings: SettingsValues,
  path: string,
  revokedTokens: ReadonlyArray<Uint8Array>
): Effect.Effect<Prepared, DatabaseOpenFailed | DatabaseFailure> =>
  Effect.scoped(
    Effect.gen(function* () {
      const connection = yield* SingleConnection.open(openDriver, SingleConnection.optionsOf(settings, path, "writer"))
      const now = yield* Clock.currentTimeMillis
      const tables = yield* connection.query(Name, "SELECT name FROM sqlite_schema WHERE type = 'table'")
      const has = (table: string) => tables.some(({ name }) => name === table)
      const count = (sql: string, ...params: ReadonlyArray<unknown>) =>
        Effect.map(connection.query(Schema.Struct({ count: Schema.Int }), sql, ...params), ([row]) => row?.count ?? 0)
      yield* connection.run("BEGIN IMMEDIATE")
      const sessionsEnded = yield* count("SELECT count(*) AS count FROM sessions")
      for (const table of logins.filter(has)) yield* connection.run(`DELETE FROM ${table}`)
      let tokensRevoked = 0
      for (const hash of revokedTokens) {
        tokensRevoked += yield* count(
          "SELECT count(*) AS count FROM access_tokens WHERE token_hash = ? AND revoked_at IS NULL",
          hash
        )
        yield* connection.run(
          "UPDATE access_tokens SET revoked_at = ? WHERE token_hash = ? AND revoked_at IS NULL",
          now,
          hash
        )
      }
      yield* connection.run("COMMIT")
      // Only the file is moved into place, so the log has to be merged into it.
      yield* connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
      return { sessionsEnded, tokensRevoked }
    })
  )
