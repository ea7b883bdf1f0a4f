import { Clock, Duration, Effect, Layer, Redacted, Schema } from "effect"
import { isSignInExpired, type SignIn, signInLifetime } from "../../../src/domain/indieauth/SignIn.js"
import { SignInRefused } from "../../../src/errors/Provider.js"
import { SecureRandom } from "../../../src/services/SecureRandom.js"
import { SignIns } from "../../../src/services/SignIns.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { cleanupBatch } from "../rows/Batches.js"
import { decodeRows } from "../rows/Rows.js"
import { hashOf } from "./SecretHash.js"

const SignInRow = Schema.Struct({
  endpoint: Schema.String,
  issuer: Schema.NullOr(Schema.String),
  next: Schema.NullOr(Schema.String),
  isBrowser: Schema.Int,
  expiresAt: Schema.Int
})

const signInsFrom = decodeRows(SignInRow)

const toSignIn = ({ endpoint, issuer, next }: typeof SignInRow.Type): SignIn => ({
  endpoint,
  ...(issuer === null ? {} : { issuer }),
  ...(next === null ? {} : { next })
})

/** Maximum number of stored sign-ins: what five hundred networks may begin at once. The oldest are removed. */
const mostKept = 10_000

/** Sign-ins in the table `sign_ins`. Each new one removes expired ones. */
export const layer: Layer.Layer<SignIns, never, SqlPool | SecureRandom> = Layer.effect(
  SignIns,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const random = yield* SecureRandom

    const begin = Effect.fn("SignIns.begin")(function* (signIn: SignIn) {
      const now = yield* Clock.currentTimeMillis
      const state = Redacted.make(yield* random.base64url(32))
      const verifier = Redacted.make(yield* random.base64url(32))
      const row = {
        state_hash: hashOf(state),
        verifier_hash: hashOf(verifier),
        endpoint: signIn.endpoint,
        issuer: signIn.issuer ?? null,
        next: signIn.next ?? null,
        expires_at: now + Duration.toMillis(signInLifetime)
      }
      yield* pool.write((sql) =>
        Effect.all(
          [
            sql`DELETE FROM sign_ins WHERE state_hash IN (
              SELECT state_hash FROM sign_ins WHERE expires_at <= ${now} LIMIT ${cleanupBatch})`,
            sql`DELETE FROM sign_ins WHERE state_hash IN (
              SELECT state_hash FROM sign_ins ORDER BY expires_at DESC LIMIT ${cleanupBatch} OFFSET ${mostKept - 1})`,
            sql`INSERT INTO sign_ins ${sql.insert(row)}`
          ],
          { discard: true }
        )
      )
      return { state, verifier }
    })

    const finish = Effect.fn("SignIns.finish")(function* (state: Redacted.Redacted, verifier: Redacted.Redacted) {
      const key = hashOf(state)
      const proof = hashOf(verifier)
      const [row] = yield* pool
        .read(
          (sql) => sql`SELECT endpoint, issuer, next, expires_at AS "expiresAt",
            CASE WHEN verifier_hash = ${proof} THEN 1 ELSE 0 END AS "isBrowser"
            FROM sign_ins WHERE state_hash = ${key}`
        )
        .pipe(Effect.flatMap(signInsFrom))
      if (row === undefined) return yield* new SignInRefused({ reason: "unknown" })
      if (isSignInExpired(row, yield* Clock.currentTimeMillis)) return yield* new SignInRefused({ reason: "expired" })
      if (row.isBrowser !== 1) return yield* new SignInRefused({ reason: "browser" })
      // Of two concurrent requests, one gets the sign-in.
      const taken = yield* pool.write((sql) => sql`DELETE FROM sign_ins WHERE state_hash = ${key} RETURNING endpoint`)
      return taken.length === 0 ? yield* new SignInRefused({ reason: "unknown" }) : toSignIn(row)
    })

    return { begin, finish }
  })
)
