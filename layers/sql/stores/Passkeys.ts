import type { SqlClient } from "@effect/sql"
import { Clock, Effect, Layer, Option, Schema } from "effect"
import type { Passkey } from "../../../src/domain/login/Passkey.js"
import { PasskeyRefused } from "../../../src/errors/Login.js"
import { Logger } from "../../../src/services/Logger.js"
import { Passkeys } from "../../../src/services/Passkeys.js"
import { SecureRandom } from "../../../src/services/SecureRandom.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { decodeRow, decodeRows } from "../rows/Rows.js"

const Transports = Schema.parseJson(Schema.Array(Schema.String))
const transportsText = Schema.encodeSync(Transports)

const passkeysFrom = decodeRows(
  Schema.Struct({
    id: Schema.String,
    publicKey: Schema.Uint8ArrayFromSelf,
    counter: Schema.Int,
    transports: Transports,
    name: Schema.String,
    backedUp: Schema.Int,
    createdAt: Schema.Int,
    lastUsedAt: Schema.NullOr(Schema.Int),
    boundTo: Schema.NullOr(Schema.String)
  })
)

const handleFrom = decodeRow(Schema.Struct({ handle: Schema.NullOr(Schema.Uint8ArrayFromSelf) }))

/** The host of a relying party, or of the site's address. */
const hostOf = (boundTo: string): string => (URL.canParse(boundTo) ? new URL(boundTo).hostname : boundTo)

const toPasskey = ({
  backedUp,
  boundTo,
  lastUsedAt,
  publicKey,
  ...row
}: Effect.Effect.Success<ReturnType<typeof passkeysFrom>>[number]): Passkey => ({
  ...row,
  publicKey: new Uint8Array(publicKey),
  backedUp: backedUp === 1,
  ...(boundTo === null ? {} : { relyingParty: hostOf(boundTo) }),
  ...(lastUsedAt === null ? {} : { lastUsedAt })
})

/**
 * Address of the site when a passkey without a stored host was last used or created; the site's first address if that
 * is later.
 */
const addressThen = `SELECT origin FROM site_addresses
  ORDER BY first_used_at <= coalesce(last_used_at, created_at) DESC,
    CASE WHEN first_used_at <= coalesce(last_used_at, created_at) THEN -first_used_at ELSE first_used_at END LIMIT 1`

const columns = (sql: SqlClient.SqlClient) =>
  sql.literal(`id, public_key AS "publicKey", counter, transports, name, backed_up AS "backedUp",
    created_at AS "createdAt", last_used_at AS "lastUsedAt", coalesce(relying_party, (${addressThen})) AS "boundTo"`)

/** Bytes of the user handle: the recommended number, which is the maximum (WebAuthn §14.6.1). */
const handleBytes = 64

/** Passkeys in the table `passkeys`. */
export const layer: Layer.Layer<Passkeys, never, SqlPool | SecureRandom | Logger> = Layer.effect(
  Passkeys,
  Effect.gen(function* () {
    const pool = yield* SqlPool
    const random = yield* SecureRandom
    const log = (yield* Logger).named("starpunk.owner")

    const list = pool
      .read((sql) => sql`SELECT ${columns(sql)} FROM passkeys ORDER BY created_at, id`)
      .pipe(
        Effect.flatMap(passkeysFrom),
        Effect.map((rows) => rows.map(toPasskey)),
        Effect.withSpan("Passkeys.list")
      )

    const byId = Effect.fn("Passkeys.byId")(function* (id: string) {
      const [row] = yield* pool
        .read((sql) => sql`SELECT ${columns(sql)} FROM passkeys WHERE id = ${id}`)
        .pipe(Effect.flatMap(passkeysFrom))
      return Option.map(Option.fromNullable(row), toPasskey)
    })

    const userHandle = Effect.gen(function* () {
      const offered = yield* random.bytes(handleBytes)
      const { handle } = yield* pool
        .write((sql) =>
          Effect.zipRight(
            sql`UPDATE owner SET passkey_user = ${offered} WHERE id = 1 AND passkey_user IS NULL`,
            sql`SELECT passkey_user AS handle FROM owner WHERE id = 1`
          )
        )
        .pipe(Effect.flatMap(handleFrom))
      return handle ?? offered
    }).pipe(Effect.withSpan("Passkeys.userHandle"))

    const add = Effect.fn("Passkeys.add")(function* (passkey: Parameters<Passkeys["Type"]["add"]>[0]) {
      const now = yield* Clock.currentTimeMillis
      const row = {
        id: passkey.id,
        public_key: passkey.publicKey,
        counter: passkey.counter,
        transports: transportsText(passkey.transports),
        name: passkey.name,
        backed_up: passkey.backedUp ? 1 : 0,
        relying_party: passkey.relyingParty ?? null,
        created_at: now
      }
      const added = yield* pool.write(
        (sql) => sql`INSERT INTO passkeys ${sql.insert(row)} ON CONFLICT (id) DO NOTHING RETURNING id`
      )
      if (added.length === 0) return yield* new PasskeyRefused({ reason: "known" })
      yield* log.info("Passkey added", { passkey: passkey.name })
      return { ...passkey, createdAt: now }
    })

    const use = Effect.fn("Passkeys.use")(function* (passkey: Passkey, counter: number) {
      const now = yield* Clock.currentTimeMillis
      const used = yield* pool.write(
        (sql) => sql`UPDATE passkeys SET counter = ${counter}, last_used_at = ${now}
          WHERE id = ${passkey.id} AND counter = ${passkey.counter} RETURNING id`
      )
      return used.length > 0
    })

    const rename = Effect.fn("Passkeys.rename")(function* (id: string, name: string) {
      const renamed = yield* pool.write((sql) => sql`UPDATE passkeys SET name = ${name} WHERE id = ${id} RETURNING id`)
      return renamed.length > 0
    })

    const remove = Effect.fn("Passkeys.remove")(function* (id: string) {
      const removed = yield* pool.write(
        (sql) => sql<{ name: string }>`DELETE FROM passkeys WHERE id = ${id} RETURNING name`
      )
      yield* Effect.forEach(removed, ({ name }) => log.info("Passkey removed", { passkey: name }))
      return removed.length > 0
    })

    return { list, byId, userHandle, add, use, rename, remove }
  })
)
