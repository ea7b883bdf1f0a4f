import { describe, expect, it } from "@effect/vitest"
import { Clock, Effect, Layer, type Redacted } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemoryRandom from "../../../layers/memory/SecureRandom.js"
import * as MemorySettings from "../../../layers/memory/Settings.js"
import * as SessionManager from "../../../layers/sql/stores/SessionManager.js"
import * as SqlitePool from "../../../layers/sqlite/pool/SqlPool.js"
import * as DatabaseVersion from "../../../layers/sqlite/revision/DatabaseVersion.js"
import { migrate } from "../../../layers/sqlite/schema/Migrator.js"
import { SessionManager as Sessions } from "../../../src/services/SessionManager.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { databasePath, fromOutside } from "../../fixtures/Database.js"

/** Lets the event loop read and write. */
const turn = Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))

const owner = "https://me.example/"

/** A clock of which the wall time can be moved. */
class MovedClock {
  ahead = 0
  readonly clock: Clock.Clock

  constructor(real: Clock.Clock) {
    const millis = () => real.unsafeCurrentTimeMillis() + this.ahead
    this.clock = {
      ...real,
      [Clock.ClockTypeId]: Clock.ClockTypeId,
      unsafeCurrentTimeMillis: millis,
      currentTimeMillis: Effect.sync(millis),
      unsafeCurrentTimeNanos: () => real.unsafeCurrentTimeNanos(),
      currentTimeNanos: real.currentTimeNanos,
      sleep: (duration) => real.sleep(duration)
    }
  }
}

/** A session manager over a file that others can open too, and the number of reads that it has made. */
const watched = Effect.gen(function* () {
  const path = yield* databasePath
  const pool = SqlitePool.layerThread({ path })
  const base = Layer.mergeAll(MemoryLogger.layerSilent, MemoryRandom.layer, MemorySettings.layerTest())
  const services = yield* Layer.build(
    SessionManager.layer.pipe(
      Layer.provide(DatabaseVersion.layerWith(path)),
      Layer.provideMerge(pool),
      Layer.provideMerge(base)
    )
  )
  yield* Effect.provide(migrate, services)
  const sessions = yield* Effect.provide(Sessions, services)
  const { stats } = yield* Effect.provide(SqlPool, services)
  const reads = Effect.map(stats, ({ reader }) => reader.acquired)
  const isValid = (token: Redacted.Redacted) =>
    Effect.map(Effect.either(sessions.validate(token)), (found) => found._tag === "Right")
  /** Validates until the answer comes from memory. */
  const known = (token: Redacted.Redacted) =>
    Effect.gen(function* () {
      for (;;) {
        const before = yield* reads
        yield* sessions.validate(token)
        if ((yield* reads) === before) return
        yield* turn
      }
    })
  const token = yield* sessions.create({ owner })
  yield* known(token)
  return { path, sessions, token, known, isValid, reads }
})

describe("sessions that were read before", () => {
  it.scopedLive("are answered without a read while nothing is committed", () =>
    Effect.gen(function* () {
      const { known, sessions, token } = yield* watched
      const first = yield* sessions.validate(token)
      yield* known(token)
      expect(yield* sessions.validate(token)).toEqual(first)
    })
  )

  it.scopedLive("end at once for this process, however they are ended", () =>
    Effect.gen(function* () {
      const { isValid, known, sessions, token } = yield* watched
      const other = yield* sessions.create({ owner })
      yield* known(token)
      yield* known(other)
      const { id } = yield* sessions.validate(token)
      yield* sessions.endOthers(id)
      expect([yield* isValid(token), yield* isValid(other)]).toEqual([true, false])
      yield* known(token)
      const rotated = yield* sessions.rotate(token, { owner })
      expect([yield* isValid(token), yield* isValid(rotated)]).toEqual([false, true])
      yield* known(rotated)
      yield* sessions.end((yield* sessions.validate(rotated)).id)
      expect(yield* isValid(rotated)).toBe(false)
      const last = yield* sessions.create({ owner })
      yield* known(last)
      yield* sessions.endAll
      expect(yield* isValid(last)).toBe(false)
    })
  )

  it.scopedLive("end at once when another process ends them", () =>
    Effect.gen(function* () {
      const { isValid, known, path, sessions, token } = yield* watched
      for (let turn = 0; turn < 20; turn++) {
        const other = yield* sessions.create({ owner })
        yield* known(other)
        const { id } = yield* sessions.validate(other)
        yield* fromOutside(path, (database) => database.prepare("DELETE FROM sessions WHERE id = ?").run(id))
        expect([yield* isValid(token), yield* isValid(other)]).toEqual([true, false])
      }
      yield* known(token)
      yield* fromOutside(path, (database) => database.exec("DELETE FROM sessions"))
      expect(yield* isValid(token)).toBe(false)
    })
  )

  it.scopedLive("lose their proof at once when another session changes the passphrase", () =>
    Effect.gen(function* () {
      const { known, sessions } = yield* watched
      const proved = yield* sessions.create({ owner, proved: true })
      const own = yield* sessions.create({ owner, proved: true })
      yield* known(proved)
      expect((yield* sessions.validate(proved)).provedAt).toBeDefined()
      yield* sessions.distrustOthers((yield* sessions.validate(own)).id)
      expect((yield* sessions.validate(proved)).provedAt).toBeUndefined()
    })
  )

  it.scopedLive("expire by the clock, and are extended when they are used", () =>
    Effect.gen(function* () {
      const moved = new MovedClock(yield* Effect.clock)
      yield* Effect.gen(function* () {
        const { isValid, known, sessions, token } = yield* watched
        const { expiresAt, lastUsedAt } = yield* sessions.validate(token)
        moved.ahead = 120_000
        const used = yield* sessions.validate(token)
        expect(used.lastUsedAt).toBeGreaterThan(lastUsedAt)
        expect(used.expiresAt).toBeGreaterThan(expiresAt)
        // Until the extension is stored.
        for (;;) {
          yield* known(token)
          const [listed] = yield* sessions.list
          if (listed !== undefined && listed.lastUsedAt > lastUsedAt) break
        }
        yield* known(token)
        moved.ahead = 31 * 86_400_000
        expect(yield* isValid(token)).toBe(false)
        moved.ahead = 0
        expect(yield* isValid(token)).toBe(false)
      }).pipe(Effect.withClock(moved.clock))
    })
  )

  it.scopedLive("are read again after any commit", () =>
    Effect.gen(function* () {
      const { reads, sessions, token, path } = yield* watched
      yield* fromOutside(path, (database) => database.exec("INSERT INTO search_state (name, value) VALUES ('a', 'b')"))
      const before = yield* reads
      yield* sessions.validate(token)
      expect(yield* reads).toBe(before + 1)
    })
  )
})
