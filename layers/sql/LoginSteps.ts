import { createHash } from "node:crypto"
import { Clock, Duration, Effect, Layer, Option, Redacted, Schema } from "effect"
import { LoginSteps, maxLoginSteps } from "../../src/services/LoginSteps.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { decodeRows } from "./Rows.js"

const stepsFrom = decodeRows(Schema.Struct({ data: Schema.String }))

const hash = (token: Redacted.Redacted) => createHash("sha256").update(Redacted.value(token)).digest()

/** Steps of logins in the table `login_steps`: the same SQL on every database. */
export const layer: Layer.Layer<LoginSteps, never, SqlPool | SecureRandom> = Layer.effect(
  LoginSteps,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const random = yield* SecureRandom

    return {
      begin: Effect.fn("LoginSteps.begin")(function* (kind, data, lifetime) {
        const now = yield* Clock.currentTimeMillis
        const token = Redacted.make(yield* random.base64url(32))
        const row = { token_hash: hash(token), kind, data, expires_at: now + Duration.toMillis(lifetime) }
        yield* pool.write((sql) =>
          Effect.gen(function* () {
            yield* sql`DELETE FROM login_steps WHERE expires_at <= ${now}`
            yield* sql`DELETE FROM login_steps WHERE token_hash IN (
              SELECT token_hash FROM login_steps ORDER BY expires_at DESC LIMIT 1000 OFFSET ${maxLoginSteps - 1})`
            yield* sql`INSERT INTO login_steps ${sql.insert(row)}`
          })
        )
        return token
      }),
      find: Effect.fn("LoginSteps.find")(function* (kind, token) {
        const now = yield* Clock.currentTimeMillis
        const [step] = yield* pool
          .read(
            (sql) => sql`SELECT data FROM login_steps
              WHERE token_hash = ${hash(token)} AND kind = ${kind} AND expires_at > ${now}`
          )
          .pipe(Effect.flatMap(stepsFrom))
        return Option.map(Option.fromNullable(step), ({ data }) => data)
      }),
      take: Effect.fn("LoginSteps.take")(function* (kind, token) {
        const now = yield* Clock.currentTimeMillis
        const [step] = yield* pool
          .write(
            (sql) => sql`DELETE FROM login_steps
              WHERE token_hash = ${hash(token)} AND kind = ${kind} AND expires_at > ${now} RETURNING data`
          )
          .pipe(Effect.flatMap(stepsFrom))
        return Option.map(Option.fromNullable(step), ({ data }) => data)
      })
    }
  })
)
