import { describe, expect, it } from "@effect/vitest"
import { Chunk, Clock, Effect, Layer, Option, Schedule, Stream, TestClock } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import * as MediaObjects from "../../../layers/s3/MediaObjects.js"
import type { ObjectStoreOptions } from "../../../layers/s3/ObjectStore.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { MediaStore } from "../../../src/services/MediaStore.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import { type FaultyStore, faultyStore } from "../../fixtures/FaultyStore.js"
import * as ObjectStore from "../../fixtures/ObjectStore.js"
import * as Samples from "../../fixtures/Samples.js"
import { temporaryDirectory } from "../../fixtures/Sqlite.js"
import { settings } from "../../fixtures/TestServer.js"

const quiet = Layer.merge(MemorySecureRandom.layer, MemoryLogger.layerSilent)

const realTime = Clock.make().currentTimeMillis
const minutesAhead = (minutes: number) => Effect.map(realTime, (now) => now + minutes * 60_000)

interface Given extends ObjectStoreOptions {
  readonly keys?: typeof ObjectStore.owner
  /** The bucket that the settings name; the existing one if absent. */
  readonly bucket?: string
}

interface Site {
  readonly media: MediaStore["Type"]
  readonly proxy: FaultyStore
  /** Names of all objects. */
  readonly names: Effect.Effect<ReadonlyArray<string>>
  /** Ids of noted work. */
  readonly work: Effect.Effect<ReadonlyArray<string>>
}

/** A store of media over a proxy before the object store. */
const withStore = <A, E>(given: Given, use: (site: Site) => Effect.Effect<A, E>) =>
  Effect.gen(function* () {
    const dataPath = yield* temporaryDirectory
    const { bucket, endpoint, names } = yield* ObjectStore.bucket
    const proxy = yield* faultyStore(endpoint)
    const objectStore = ObjectStore.settingsAt(proxy.endpoint, bucket, given.keys)
    const pool = TestDatabase.database().pipe(Layer.provide(quiet), Layer.orDie)
    const media = MediaObjects.layer(
      { bucket: given.bucket ?? bucket, prefix: "blog" },
      { clock: realTime, repetitions: Schedule.recurs(3), ...given }
    ).pipe(
      Layer.provideMerge(pool),
      Layer.provide(Layer.merge(quiet, Layer.succeed(Settings, { ...settings, objectStore, dataPath })))
    )
    return yield* Effect.gen(function* () {
      const database = yield* SqlPool
      const work = Effect.orDie(database.read((sql) => sql<{ readonly id: string }>`SELECT id FROM media_work`))
      return yield* use({
        media: yield* MediaStore,
        proxy,
        names,
        work: Effect.map(work, (rows) => rows.map(({ id }) => id))
      })
    }).pipe(Effect.provide(media))
  }).pipe(Effect.scoped)

/** A recording without anything to remove, so that it is stored byte for byte. */
const recording = Buffer.concat([Samples.others["audio/mpeg"] ?? Buffer.alloc(0), Buffer.alloc(400_000, 1)])

const upload = (media: MediaStore["Type"], bytes: Uint8Array = recording) =>
  media.store({ content: Stream.succeed(bytes), filename: "", declaredType: "" })

const contentOf = (media: MediaStore["Type"], path: string, range?: { readonly start: number; readonly end: number }) =>
  Effect.gen(function* () {
    const file = Option.getOrThrow(yield* media.open(path.slice("/media/".length)))
    return Buffer.concat(Chunk.toReadonlyArray(yield* Stream.runCollect(file.content(range))))
  })

describe.skipIf(ObjectStore.whyNot !== undefined)("media in an object store with faults", () => {
  it.effect("an upload that the store acknowledges and does not keep is refused and leaves nothing", () =>
    withStore({}, ({ media, names, proxy, work }) =>
      Effect.gen(function* () {
        proxy.always("PUT", "keeps_nothing")
        expect(yield* Effect.flip(upload(media))).toMatchObject({ _tag: "MediaStoreRefused", reason: "not_kept" })
        expect([yield* names, yield* work, yield* media.list({ limit: 1 })]).toEqual([[], [], []])
      })
    )
  )

  it.effect.each(["slow_down", "internal", "cut_upload", "half_upload", "no_answer"] as const)(
    "an upload is repeated after %s, and stored once",
    (fault) =>
      withStore({}, ({ media, names, proxy, work }) =>
        Effect.gen(function* () {
          proxy.plan("PUT", fault, fault)
          const { path } = yield* upload(media)
          expect((yield* contentOf(media, path)).equals(recording)).toBe(true)
          expect([(yield* names).length, yield* work]).toEqual([1, []])
        })
      )
  )

  it.effect.each([
    ["slow_down", "busy"],
    ["internal", "failed"],
    ["cut_upload", "cut"]
  ] as const)("an upload fails after %s without end, and leaves nothing", ([fault, reason]) =>
    withStore({}, ({ media, names, proxy, work }) =>
      Effect.gen(function* () {
        proxy.always("PUT", fault)
        expect(yield* Effect.flip(upload(media))).toMatchObject({ _tag: "MediaUnavailable", reason })
        expect([yield* names, yield* work]).toEqual([[], []])
      })
    )
  )

  it.effect("a store that does not answer is given up after a while", () =>
    withStore({ patienceMillis: 50, repetitions: Schedule.recurs(1) }, ({ media, proxy }) =>
      Effect.gen(function* () {
        proxy.always("PUT", "silent")
        expect(yield* Effect.flip(upload(media))).toMatchObject({ _tag: "MediaUnavailable", reason: "timeout" })
      })
    )
  )

  it.effect("a reader receives every byte once, although connections are cut", () =>
    withStore({}, ({ media, proxy }) =>
      Effect.gen(function* () {
        const { path } = yield* upload(media)
        proxy.plan("GET", "cut_read", "slow_down", "cut_read")
        expect((yield* contentOf(media, path)).equals(recording)).toBe(true)
        proxy.plan("GET", "cut_read")
        const range = { start: 1_000, end: 300_000 }
        expect((yield* contentOf(media, path, range)).equals(recording.subarray(1_000, 300_000))).toBe(true)
      })
    )
  )

  it.effect("a reader is refused if connections are cut again and again", () =>
    withStore({}, ({ media, proxy }) =>
      Effect.gen(function* () {
        const { path } = yield* upload(media)
        proxy.always("GET", "cut_read")
        expect(yield* Effect.flip(contentOf(media, path))).toMatchObject({ _tag: "MediaUnavailable", reason: "cut" })
      })
    )
  )

  it.effect.each([
    ["a wrong secret", { keys: { ...ObjectStore.owner, secretAccessKey: "wrong" } }, "credentials"],
    ["an unknown key", { keys: { ...ObjectStore.owner, accessKeyId: "test:nobody" } }, "credentials"],
    ["a key without rights", { keys: ObjectStore.stranger }, "denied"],
    ["a bucket that does not exist", { bucket: "no-such-bucket" }, "bucket_missing"],
    ["a clock of twenty minutes ahead", { clock: minutesAhead(20) }, "clock_skew"]
  ] as const)("%s is refused with its reason, without repetitions", ([, given, reason]) =>
    withStore(given, ({ media, proxy, work }) =>
      Effect.gen(function* () {
        expect(yield* Effect.flip(upload(media))).toMatchObject({ _tag: "MediaStoreRefused", reason })
        expect(proxy.seen.filter((line) => line.startsWith("PUT"))).toHaveLength(1)
        // What may have been stored is found again later.
        expect((yield* work).length).toBe(reason === "bucket_missing" ? 0 : 1)
      })
    )
  )

  it.effect("a clock of ten minutes ahead is accepted", () =>
    withStore({ clock: minutesAhead(10) }, ({ media }) => Effect.asVoid(upload(media)))
  )

  it.effect("a store that fails is left alone for a while, then asked by one request", () =>
    withStore({ repetitions: Schedule.recurs(0) }, ({ media, proxy }) =>
      Effect.gen(function* () {
        const { path } = yield* upload(media)
        proxy.always("GET", "internal")
        for (let failures = 0; failures < 6; failures += 1) yield* Effect.flip(contentOf(media, path))
        const asked = proxy.seen.length
        yield* Effect.flip(contentOf(media, path))
        expect(proxy.seen.length).toBe(asked)
        proxy.always("GET", "none")
        yield* TestClock.adjust("5 seconds")
        expect((yield* contentOf(media, path)).equals(recording)).toBe(true)
      })
    )
  )

  it.effect("objects of an upload that was killed are removed after a day, by the table and without listing", () =>
    withStore({}, ({ media, names, proxy, work }) =>
      Effect.gen(function* () {
        const kept = yield* upload(media)
        // The store fails from the second object on, so that the upload can be neither finished nor undone.
        proxy.plan("PUT", "none", ...Array.from({ length: 4 }, () => "internal" as const))
        proxy.always("DELETE", "internal")
        yield* Effect.flip(upload(media, yield* Effect.promise(() => Samples.photo(700, 500, 1))))
        expect([(yield* names).length, (yield* work).length]).toEqual([2, 1])
        proxy.always("DELETE", "none")
        yield* TestClock.adjust("23 hours")
        expect(yield* media.sweep).toBe(0)
        yield* TestClock.adjust("2 hours")
        expect(yield* media.sweep).toBe(1)
        expect(yield* work).toEqual([])
        expect(yield* names).toEqual([`blog/${kept.id.slice(0, 2)}/${kept.path.slice("/media/".length)}`])
        expect(proxy.seen.filter((line) => /\/\?|\/bucket[^/]*$/.test(line))).toEqual([])
      })
    )
  )

  it.effect("a file is gone once its record is, even if the store does not remove it until later", () =>
    withStore({}, ({ media, names, proxy, work }) =>
      Effect.gen(function* () {
        const { id, path } = yield* upload(media)
        proxy.always("DELETE", "slow_down")
        expect(yield* media.remove(id)).toBe(true)
        expect(Option.isNone(yield* media.open(path.slice("/media/".length)))).toBe(true)
        expect([(yield* names).length, yield* work]).toEqual([1, [id]])
        proxy.always("DELETE", "none")
        yield* TestClock.adjust("25 hours")
        expect(yield* media.sweep).toBe(1)
        expect([yield* names, yield* work]).toEqual([[], []])
      })
    )
  )
})
