import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer, Option, Stream } from "effect"
import * as MediaStoreLayer from "../../../layers/MediaStore.js"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import { moveMedia } from "../../../layers/portability/MediaMove.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { MediaStore } from "../../../src/services/MediaStore.js"
import { Settings, type SettingsValues } from "../../../src/settings/Config.js"
import { faultyStore } from "../../fixtures/FaultyStore.js"
import * as ObjectStore from "../../fixtures/ObjectStore.js"
import * as Samples from "../../fixtures/Samples.js"
import { temporaryDirectory } from "../../fixtures/Sqlite.js"
import { settings } from "../../fixtures/TestServer.js"

const quiet = Layer.merge(MemorySecureRandom.layer, MemoryLogger.layerSilent)

const filesIn = (root: string) =>
  new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name))] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
  )

const move = (to: string) => moveMedia(to, () => {})

/** A site with two files in its data directory, and a bucket behind a proxy. */
const withSite = <A, E>(
  use: (site: {
    readonly dataPath: string
    readonly proxy: Effect.Effect.Success<ReturnType<typeof faultyStore>>
    readonly bucket: ObjectStore.Bucket
    /** Runs with media in the directory, or in the bucket. */
    readonly at: <B, F>(
      place: "directory" | "bucket",
      run: Effect.Effect<B, F, MediaStore | Effect.Effect.Context<ReturnType<typeof move>>>
    ) => Effect.Effect<B, F>
  }) => Effect.Effect<A, E>
) =>
  Effect.gen(function* () {
    const dataPath = yield* temporaryDirectory
    const bucket = yield* ObjectStore.bucket
    const proxy = yield* faultyStore(bucket.endpoint)
    const pool = TestDatabase.database().pipe(Layer.provide(quiet), Layer.orDie)
    const context = yield* Layer.build(pool)
    const objectStore = ObjectStore.settingsAt(proxy.endpoint, bucket.bucket)
    return yield* use({
      dataPath,
      proxy,
      bucket,
      at: (place, run) => {
        const values: SettingsValues = {
          ...settings,
          dataPath,
          objectStore: place === "bucket" ? objectStore : { ...objectStore, address: Option.none() }
        }
        return Effect.provide(
          run,
          MediaStoreLayer.layer.pipe(
            Layer.provideMerge(Layer.succeedContext(context)),
            Layer.provide(quiet),
            Layer.provideMerge(Layer.succeed(Settings, values))
          )
        )
      }
    })
  }).pipe(Effect.scoped)

const upload = (bytes: Uint8Array) =>
  Effect.flatMap(MediaStore, ({ store }) => store({ content: Stream.succeed(bytes), filename: "", declaredType: "" }))

const twoFiles = Effect.gen(function* () {
  yield* upload(yield* Effect.promise(() => Samples.photo(700, 500, 1)))
  yield* upload(Samples.film())
})

describe.skipIf(ObjectStore.whyNot !== undefined)("media move", () => {
  it.live("moves media into a bucket and back, byte for byte, and copies nothing twice", () =>
    withSite(({ at, bucket, dataPath }) =>
      Effect.gen(function* () {
        yield* at("directory", twoFiles)
        const before = filesIn(join(dataPath, "media"))
        const target = `s3://${bucket.bucket}/blog`
        const first = yield* at("directory", move(target))
        expect(first).toMatchObject({ to: target, files: before.size, present: 0, missing: [] })
        expect(yield* bucket.names).toHaveLength(before.size)
        expect(yield* at("directory", move(target))).toMatchObject({ files: before.size, present: before.size })
        // The site works from the bucket alone.
        rmSync(join(dataPath, "media"), { recursive: true })
        const [name = ""] = before.keys()
        const opened = yield* at(
          "bucket",
          Effect.flatMap(MediaStore, ({ open }) => open(name))
        )
        expect(Option.map(opened, ({ byteLength }) => byteLength)).toEqual(Option.some(before.get(name)?.length))
        const back = join(dataPath, "media")
        expect(yield* at("bucket", move(back))).toMatchObject({ to: back, files: before.size, present: 0 })
        expect(filesIn(back)).toEqual(before)
      })
    )
  )

  it.live("goes on after an interruption, and replaces a copy that differs", () =>
    withSite(({ at, bucket, dataPath, proxy }) =>
      Effect.gen(function* () {
        yield* at("directory", twoFiles)
        const files = filesIn(join(dataPath, "media"))
        const target = `s3://${bucket.bucket}/blog`
        proxy.plan("PUT", "none", ...Array.from({ length: 20 }, () => "internal" as const))
        expect(yield* Effect.flip(at("directory", move(target)))).toMatchObject({ _tag: "MediaUnavailable" })
        proxy.plan("PUT")
        const [copied = ""] = yield* bucket.names
        const name = copied.slice(copied.lastIndexOf("/") + 1)
        expect(yield* at("directory", move(target))).toMatchObject({ files: files.size, present: 1 })
        // Back over a file with other content of the same length.
        writeFileSync(join(dataPath, "media", name.slice(0, 2), name), Buffer.alloc(files.get(name)?.length ?? 0))
        expect(yield* at("bucket", move(join(dataPath, "media")))).toMatchObject({ present: files.size - 1 })
        expect(filesIn(join(dataPath, "media"))).toEqual(files)
      })
    )
  )

  it.live("refuses the place where media are, invalid targets and missing keys, and names missing files", () =>
    withSite(({ at, bucket, dataPath }) =>
      Effect.gen(function* () {
        yield* at("directory", twoFiles)
        const refused = (place: "directory" | "bucket", to: string) => Effect.flip(at(place, move(to)))
        expect(yield* refused("bucket", `s3://${bucket.bucket}/blog/`)).toMatchObject({ reason: "same_place" })
        expect(yield* refused("directory", join(dataPath, "media"))).toMatchObject({ reason: "same_place" })
        expect(yield* refused("directory", "s3://x")).toMatchObject({ reason: "target_invalid" })
        expect(yield* refused("directory", "https://bucket.example")).toMatchObject({ reason: "target_invalid" })
        const withoutKeys = Effect.updateService(move(`s3://${bucket.bucket}`), Settings, (values) => ({
          ...values,
          objectStore: { ...values.objectStore, secretAccessKey: Option.none() }
        }))
        expect(yield* Effect.flip(at("directory", withoutKeys))).toMatchObject({
          reason: "keys_missing",
          detail: "STARPUNK_MEDIA_SECRET_ACCESS_KEY"
        })
        const moved = yield* at("bucket", move(join(dataPath, "elsewhere")))
        expect(moved.missing).toHaveLength(filesIn(join(dataPath, "media")).size)
      })
    )
  )
})
