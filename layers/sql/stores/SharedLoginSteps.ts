import { Clock, Duration, Effect, Layer, Option, Redacted, Schema } from "effect"
import { type LoginStepKind, LoginSteps } from "../../../src/services/LoginSteps.js"
import { Owner } from "../../../src/services/Owner.js"
import { SecureRandom } from "../../../src/services/SecureRandom.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { cleanupBatch } from "../rows/Batches.js"
import { decodeRows } from "../rows/Rows.js"
import { hashOf } from "./SecretHash.js"

const stepsFrom = decodeRows(Schema.Struct({ data: Schema.String, epoch: Schema.Int }))

/** Maximum number of stored steps. The oldest are removed. */
const mostKept = 10_000

/**
 * Login steps in the table `shared_login_steps`, so that each instance of the site can continue what another one began.
 * Of the tokens, only hashes are stored, so a person who reads the database cannot continue a login. Each new step removes
 * expired ones.
 */
export const layer: Layer.Layer<LoginSteps, never, Owner | SqlPool | SecureRandom> = Layer.effect(
  LoginSteps,
  Effect.gen(function* () {
    const owner = yield* Owner
    const pool = yield* SqlPool
    const random = yield* SecureRandom

    const epoch = Effect.map(owner.state, ({ passphraseChangedAt = -1 }) => passphraseChangedAt)
    const now = Effect.map(Clock.currentTimeMillis, Math.floor)

    /** The data of the first row, if the passphrase has not changed since. */
    const current = (rows: ReadonlyArray<unknown>) =>
      Effect.gen(function* () {
        const [step] = yield* stepsFrom(rows)
        if (step === undefined || step.epoch !== (yield* epoch)) return Option.none()
        return Option.some(step.data)
      })

    return {
      begin: Effect.fn("LoginSteps.begin")(function* (
        kind: LoginStepKind,
        data: string,
        lifetime: Duration.DurationInput
      ) {
        const token = Redacted.make(yield* random.base64url(32))
        const at = yield* now
        const row = {
          token_hash: hashOf(token),
          kind,
          data,
          epoch: yield* epoch,
          expires_at: at + Duration.toMillis(lifetime)
        }
        yield* pool.write((sql) =>
          Effect.all(
            [
              sql`DELETE FROM shared_login_steps WHERE token_hash IN (
                SELECT token_hash FROM shared_login_steps WHERE expires_at <= ${at} LIMIT ${cleanupBatch})`,
              sql`DELETE FROM shared_login_steps WHERE token_hash IN (SELECT token_hash FROM shared_login_steps
                ORDER BY expires_at DESC LIMIT ${cleanupBatch} OFFSET ${mostKept - 1})`,
              sql`INSERT INTO shared_login_steps ${sql.insert(row)}`
            ],
            { discard: true }
          )
        )
        return token
      }),
      find: Effect.fn("LoginSteps.find")(function* (kind: LoginStepKind, token: Redacted.Redacted) {
        const at = yield* now
        const rows = yield* pool.read(
          (sql) => sql`SELECT data, epoch FROM shared_login_steps
            WHERE token_hash = ${hashOf(token)} AND kind = ${kind} AND expires_at > ${at}`
        )
        return yield* current(rows)
      }),
      take: Effect.fn("LoginSteps.take")(function* (kind: LoginStepKind, token: Redacted.Redacted) {
        const at = yield* now
        const rows = yield* pool.write(
          (sql) => sql`DELETE FROM shared_login_steps
            WHERE token_hash = ${hashOf(token)} AND kind = ${kind} AND expires_at > ${at} RETURNING data, epoch`
        )
        return yield* current(rows)
      })
    }
  })
)
