import { connect, createServer, type Socket } from "node:net"
import { describe, expect, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Layer } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { open } from "../../../layers/postgres/pool/Connecting.js"
import * as Driver from "../../../layers/postgres/pool/Driver.js"
import { layer } from "../../../layers/postgres/pool/SqlPool.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import type { DatabaseAddress } from "../../../src/settings/DatabaseAddress.js"
import { eventually } from "../../fixtures/Eventually.js"
import * as Postgres from "../../fixtures/Postgres.js"

/** What a relay does with the next COMMIT: it never arrives, or its answer does not, with or without a way back. */
type Cut = "before" | "after" | "for good"

/** A relay before the server, on a port of loopback, which cuts one connection off in the middle of a COMMIT. */
const relayBefore = (server: DatabaseAddress) =>
  Effect.acquireRelease(
    Effect.promise(
      () =>
        new Promise<{
          readonly address: DatabaseAddress
          readonly arm: (cut: Cut) => void
          readonly close: () => void
        }>((resolve) => {
          let armed: Cut | undefined
          let isClosed = false
          const sockets = new Set<Socket>()
          const relay = createServer((client) => {
            const upstream = connect(`${server.host}/.s.PGSQL.${server.port}`)
            for (const socket of [client, upstream]) {
              sockets.add(socket)
              socket.on("error", () => {})
              socket.on("close", () => {
                client.destroy()
                upstream.destroy()
              })
            }
            if (isClosed) return client.destroy()
            let isDeaf = false
            client.on("data", (data) => {
              const cut = data.includes("COMMIT") ? armed : undefined
              if (cut === "before") {
                armed = undefined
                return client.destroy()
              }
              if (cut !== undefined) {
                armed = undefined
                isDeaf = true
                isClosed = cut === "for good"
              }
              upstream.write(data)
            })
            upstream.on("data", (data) => (isDeaf ? client.destroy() : client.write(data)))
          })
          relay.listen(0, "127.0.0.1", () => {
            const bound = relay.address()
            const port = typeof bound === "object" && bound !== null ? bound.port : 0
            resolve({
              address: { ...server, host: "127.0.0.1", port },
              arm: (cut) => {
                armed = cut
              },
              close: () => {
                for (const socket of sockets) socket.destroy()
                relay.close()
              }
            })
          })
        })
    ),
    ({ close }) => Effect.sync(close)
  )

const insert = (id: number) =>
  Effect.flatMap(SqlPool, (pool) => pool.write((sql) => sql`INSERT INTO notes VALUES (${id})`))

const createNotes = Effect.flatMap(SqlPool, (pool) =>
  pool.write((sql) => sql`CREATE TABLE notes (id BIGINT PRIMARY KEY)`)
)

const stored = Effect.flatMap(SqlPool, (pool) =>
  Effect.map(
    pool.read((sql) => sql<{ readonly id: number }>`SELECT id FROM notes ORDER BY id`),
    (rows) => rows.map(({ id }) => id)
  )
)

const poolAt = (address: DatabaseAddress) => layer({ address }).pipe(Layer.provide(layerSilent))

/** Repeats a write that was refused for now, as a client does. */
const persistently = (id: number) =>
  Effect.retry(insert(id), { while: ({ _tag }) => _tag === "DatabaseUnavailable" || _tag === "DatabaseLocked" })

describe.skipIf(Postgres.whyNot !== undefined)("connections to PostgreSQL that break", () => {
  it.scopedLive(
    "one that the server ended right after it was opened is broken, and not only refused by its client",
    () =>
      Effect.gen(function* () {
        const address = yield* Postgres.address()
        const options = { address, role: "writer", create: false, busyTimeoutMillis: 2_000 } as const
        const connected = yield* open(options)
        const ended = new Promise((resolve) => connected.client.once("end", resolve))
        yield* Postgres.fromOutside(
          address,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        yield* Effect.promise(() => ended)
        const driver = Driver.over(connected, options)
        expect(driver.broken()).toMatchObject({ code: "CONNECTION_LOST" })
        expect(yield* Effect.flip(driver.run({ do: "begin" }))).toMatchObject({ code: "CONNECTION_LOST" })
      })
  )

  it.scopedLive("a COMMIT that took effect is a success although its answer was lost", () =>
    Effect.gen(function* () {
      const relay = yield* relayBefore(yield* Postgres.address("empty"))
      yield* Effect.gen(function* () {
        yield* createNotes
        relay.arm("after")
        yield* insert(1)
        expect(yield* stored).toEqual([1])
      }).pipe(Effect.provide(poolAt(relay.address)))
    })
  )

  it.scopedLive("a COMMIT that never arrived is refused for now, and nothing is stored", () =>
    Effect.gen(function* () {
      const relay = yield* relayBefore(yield* Postgres.address("empty"))
      yield* Effect.gen(function* () {
        yield* createNotes
        relay.arm("before")
        expect(yield* Effect.flip(insert(1))).toMatchObject({
          _tag: "DatabaseUnavailable",
          driverCode: "COMMIT_ABORTED"
        })
        expect(yield* stored).toEqual([])
        yield* persistently(2)
        expect(yield* stored).toEqual([2])
      }).pipe(Effect.provide(poolAt(relay.address)))
    })
  )

  it.scopedLive("a COMMIT about which nobody can be asked is reported as unknown", () =>
    Effect.gen(function* () {
      const address = yield* Postgres.address("empty")
      const relay = yield* relayBefore(address)
      yield* Effect.gen(function* () {
        yield* createNotes
        relay.arm("for good")
        expect(yield* Effect.flip(insert(1))).toMatchObject({ _tag: "CommitUnknown" })
      }).pipe(Effect.provide(poolAt(relay.address)))
      expect(yield* Postgres.fromOutside(address, "SELECT id::int FROM notes")).toEqual([{ id: 1 }])
    })
  )

  it.scopedLive(
    "connections are killed under load: what was acknowledged is stored, and failures may be repeated",
    () =>
      Effect.gen(function* () {
        const address = yield* Postgres.address("empty")
        yield* Effect.gen(function* () {
          yield* createNotes
          const acknowledged = new Set<number>()
          const failures = new Set<string>()
          let next = 0
          const client = Effect.forever(
            Effect.suspend(() => {
              const id = next++
              return Effect.matchEffect(insert(id), {
                onFailure: ({ _tag }) =>
                  Effect.zipRight(
                    Effect.sync(() => failures.add(_tag)),
                    Effect.sleep("5 millis")
                  ),
                onSuccess: () => Effect.sync(() => acknowledged.add(id))
              })
            })
          )
          const clients = yield* Effect.fork(
            Effect.replicateEffect(client, 8, { concurrency: "unbounded", discard: true })
          )
          for (let kill = 0; kill < 7; kill++) {
            const before = acknowledged.size
            yield* eventually(
              Effect.sync(() => acknowledged.size),
              (count) => count > before + 5
            )
            yield* Postgres.fromOutside(
              address,
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE application_name LIKE 'starpunk%' AND datname = current_database()`
            )
          }
          yield* Fiber.interrupt(clients)
          yield* persistently(-1)
          const found = new Set(yield* stored)
          expect([...acknowledged].filter((id) => !found.has(id))).toEqual([])
          expect([...failures].filter((tag) => tag !== "DatabaseUnavailable" && tag !== "PoolExhausted")).toEqual([])
        }).pipe(Effect.provide(poolAt(address)))
      })
  )

  it.scopedLive("an interrupted statement is cancelled on the server, and its connection is used again", () =>
    Effect.gen(function* () {
      const address = yield* Postgres.address("empty")
      const running = Postgres.fromOutside(
        address,
        "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active' AND datname = current_database()"
      )
      yield* Effect.gen(function* () {
        const pool = yield* SqlPool
        const begun = yield* Deferred.make<void>()
        const long = yield* Effect.fork(
          pool.write((sql) => Effect.zipRight(Deferred.succeed(begun, undefined), sql`SELECT pg_sleep(3600)`))
        )
        yield* Deferred.await(begun)
        yield* eventually(running, (rows) => rows.length === 1)
        yield* Fiber.interrupt(long)
        yield* eventually(running, (rows) => rows.length === 0)
        yield* createNotes
        expect((yield* pool.stats).writer).toMatchObject({ created: 1, invalidated: 0 })
      }).pipe(Effect.provide(poolAt(address)))
    })
  )

  it.scopedLive("a unit of work that goes on after a failed statement is not acknowledged", () =>
    Effect.gen(function* () {
      const address = yield* Postgres.address("empty")
      yield* Effect.gen(function* () {
        const pool = yield* SqlPool
        yield* createNotes
        yield* insert(1)
        const careless = pool.write((sql) =>
          Effect.zipRight(Effect.ignore(sql`INSERT INTO notes VALUES (1)`), Effect.succeed("done"))
        )
        expect((yield* Effect.flip(careless))._tag).toBe("ConstraintViolated")
        expect(yield* stored).toEqual([1])
      }).pipe(Effect.provide(poolAt(address)))
    })
  )
})
