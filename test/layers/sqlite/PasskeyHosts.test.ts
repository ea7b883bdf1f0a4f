import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import * as SecureRandom from "../../../layers/process/SecureRandom.js"
import * as PasskeysLayer from "../../../layers/sql/stores/Passkeys.js"
import { layerThread } from "../../../layers/sqlite/pool/SqlPool.js"
import { migrate } from "../../../layers/sqlite/schema/Migrator.js"
import { worksAt } from "../../../src/domain/login/Passkey.js"
import { Passkeys } from "../../../src/services/Passkeys.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { directory } from "../../fixtures/Database.js"

describe("O11: passkeys of a former address", () => {
  it.scoped("are known; those from before hosts were recorded belong to the site's address at that time", () =>
    Effect.gen(function* () {
      const folder = yield* directory
      const pool = layerThread({ path: `${folder}/starpunk.db` })
      yield* Effect.gen(function* () {
        yield* migrate
        const { write } = yield* SqlPool
        yield* write((sql) =>
          Effect.all([
            sql`INSERT INTO site_addresses (origin, first_used_at) VALUES ('https://old.example:8443', 1000)`,
            sql`INSERT INTO site_addresses (origin, first_used_at) VALUES ('https://new.example', 2000)`,
            ...[
              ["before", 500, null],
              ["while", 900, 1500],
              ["now", 900, 2500]
            ].map(
              ([id, made, used]) => sql`INSERT INTO passkeys
                (id, public_key, counter, transports, name, backed_up, created_at, last_used_at)
                VALUES (${id}, x'00', 0, '[]', 'Key', 0, ${made}, ${used})`
            )
          ])
        )
        const passkeys = yield* Passkeys
        yield* passkeys.add({
          id: "told",
          publicKey: new Uint8Array([1]),
          counter: 0,
          transports: [],
          name: "Key",
          backedUp: false,
          relyingParty: "elsewhere.example"
        })
        const all = Object.fromEntries((yield* passkeys.list).map((passkey) => [passkey.id, passkey]))
        const hosts = Object.entries(all).map(([id, { relyingParty }]) => [id, relyingParty])
        expect(Object.fromEntries(hosts)).toEqual({
          before: "old.example",
          while: "old.example",
          now: "new.example",
          told: "elsewhere.example"
        })
        const usable = Object.values(all).filter((passkey) => worksAt(passkey, "https://new.example"))
        expect(usable.map(({ id }) => id)).toEqual(["now"])
      }).pipe(
        Effect.provide(PasskeysLayer.layer.pipe(Layer.provideMerge(pool), Layer.provideMerge(SecureRandom.layer))),
        Effect.provide(layerSilent)
      )
    })
  )
})
