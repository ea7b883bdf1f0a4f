import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Context, Deferred, Effect, Fiber, Layer, Option, Stream, TestClock } from "effect"
import sharp from "sharp"
import * as MediaFiles from "../../../layers/media/MediaFiles.js"
import { render } from "../../../layers/media/Pictures.js"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import * as TestDatabase from "../../../layers/TestDatabase.js"
import { DatabaseLocked } from "../../../src/errors/Database.js"
import { MediaStore } from "../../../src/services/MediaStore.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"
import * as Samples from "../../fixtures/Samples.js"
import { settings } from "../../fixtures/TestServer.js"
import { conforms } from "./MediaStore.js"

/** A new data directory. */
const temporary = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "starpunk-media-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

const quiet = Layer.merge(MemorySecureRandom.layer, MemoryLogger.layerSilent)

const database = TestDatabase.database().pipe(Layer.provide(quiet), Layer.orDie)

const filesIn = (dataPath: string, pool: Layer.Layer<SqlPool>) =>
  MediaFiles.layer.pipe(
    Layer.provide(
      Layer.mergeAll(pool, quiet, Layer.succeed(Settings, { ...settings, dataPath, media: { maxSizeMb: 1 } }))
    )
  )

const files = Layer.unwrapScoped(Effect.map(temporary, (path) => filesIn(path, database)))

conforms("in files, records in thread", files)

/** Every file below a directory, sorted. */
const everything = (path: string): ReadonlyArray<string> =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .toSorted()

describe("media in files", () => {
  const withFiles = <A, E>(
    use: (path: string, media: MediaStore["Type"]) => Effect.Effect<A, E>,
    pool: Layer.Layer<SqlPool> = database
  ) =>
    Effect.flatMap(temporary, (path) =>
      Effect.flatMap(MediaStore, (media) => use(path, media)).pipe(Effect.provide(filesIn(path, pool)))
    ).pipe(Effect.scoped)

  const upload = (media: MediaStore["Type"], bytes: Uint8Array) =>
    media.store({ content: Stream.succeed(bytes), filename: "", declaredType: "" })

  it.effect("are stored under their own names, unreadable for other users, without any other file", () =>
    withFiles((path, media) =>
      Effect.gen(function* () {
        const stored = yield* upload(media, yield* Effect.promise(() => Samples.photo(700, 500, 1)))
        const shelf = join("media", stored.id.slice(0, 2))
        expect(everything(path)).toEqual(
          [stored, ...stored.variants].map(({ path }) => join(shelf, path.slice("/media/".length))).toSorted()
        )
        expect(readdirSync(join(path, "media", ".incoming"))).toEqual([])
        for (const file of everything(path)) expect(statSync(join(path, file)).mode & 0o007).toBe(0)
        expect(statSync(join(path, "media")).mode & 0o007).toBe(0)
      })
    )
  )

  it.effect.each([
    ["refused", Samples.strangers.svg ?? Buffer.alloc(1)],
    ["damaged", Samples.film().subarray(0, 60)],
    ["too large", Buffer.alloc(1_100_000)],
    ["a bomb", Samples.bomb()],
    ["empty", Buffer.alloc(0)]
  ] as const)("leave no trace of a file that is %s", ([, bytes]) =>
    withFiles((path, media) =>
      Effect.gen(function* () {
        yield* Effect.flip(upload(media, bytes))
        expect(everything(path)).toEqual([])
        expect(readdirSync(join(path, "media", ".incoming"))).toEqual([])
      })
    )
  )

  it.effect("leave no trace of an aborted upload", () =>
    withFiles((path, media) =>
      Effect.gen(function* () {
        const begun = yield* Deferred.make<void>()
        const content = Stream.concat(
          Stream.succeed(new Uint8Array(100_000)),
          Stream.fromEffect(Effect.zipRight(Deferred.succeed(begun, undefined), Effect.never))
        )
        const fiber = yield* Effect.fork(media.store({ content, filename: "", declaredType: "" }))
        yield* Deferred.await(begun)
        expect(everything(path)).toHaveLength(1)
        yield* Fiber.interrupt(fiber)
        expect(everything(path)).toEqual([])
        expect(readdirSync(join(path, "media", ".incoming"))).toEqual([])
      })
    )
  )

  it.effect("leave no trace if their record cannot be written", () => {
    const unwritable = Layer.map(database, (context) =>
      Context.make(SqlPool, {
        ...Context.get(context, SqlPool),
        write: () => new DatabaseLocked({ waitedMillis: 1 })
      })
    )
    return withFiles(
      (path, media) =>
        Effect.gen(function* () {
          const failure = yield* Effect.flip(upload(media, yield* Effect.promise(() => Samples.png())))
          expect(failure._tag).toBe("DatabaseLocked")
          expect(everything(path)).toEqual([])
        }),
      unwritable
    )
  })

  it.effect("report that there is no place to store them", () =>
    withFiles((path, media) =>
      Effect.gen(function* () {
        writeFileSync(join(path, "media"), "a file where the directory should be")
        const failure = yield* Effect.flip(upload(media, yield* Effect.promise(() => Samples.png())))
        expect(failure).toMatchObject({ _tag: "MediaUnavailable", operation: "write" })
        expect(readFileSync(join(path, "media"), "utf8")).toContain("a file where")
      })
    )
  )

  it.effect("remove what a killed process left after a day, and nothing else", () =>
    withFiles((path, media) =>
      Effect.gen(function* () {
        const kept = yield* upload(media, yield* Effect.promise(() => Samples.png()))
        const before = everything(path)
        const dead = "ab".repeat(16)
        const left = (id: string) => {
          mkdirSync(join(path, "media", ".incoming", id), { recursive: true })
          writeFileSync(join(path, "media", ".incoming", id, "received"), "half")
          utimesSync(join(path, "media", ".incoming", id), 0, 0)
        }
        // Killed after the files were in place, and before the record was written.
        left(dead)
        mkdirSync(join(path, "media", "ab"), { recursive: true })
        writeFileSync(join(path, "media", "ab", `${dead}-1x1.jpg`), "placed")
        // Killed after the record was written.
        left(kept.id)
        left("not an id of ours")
        yield* TestClock.setTime(23 * 3_600_000)
        expect(yield* media.sweep).toBe(0)
        yield* TestClock.setTime(25 * 3_600_000)
        expect(yield* media.sweep).toBe(3)
        expect(everything(path)).toEqual(before)
        expect(yield* media.sweep).toBe(0)
        expect(Option.isSome(yield* media.open(kept.path.slice("/media/".length)))).toBe(true)
      })
    )
  )

  it.effect("report a full disk, leave nothing behind, and accept files again when there is room", (context) =>
    Effect.gen(function* () {
      const path = yield* temporary
      const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", path])
      // Mounting a file system needs rights.
      if (mounted.status !== 0) return context.skip()
      yield* Effect.addFinalizer(() => Effect.sync(() => spawnSync("umount", ["-l", path])))
      yield* Effect.gen(function* () {
        const media = yield* MediaStore
        const large = Buffer.concat([Samples.film(), Samples.box("mdat", Buffer.alloc(400_000, 1))])
        expect(yield* Effect.flip(upload(media, large))).toMatchObject({ _tag: "MediaStorageFull" })
        // Received completely, without room for its renderings.
        const photo = yield* Effect.promise(() => Samples.photo(1600, 1200, 1))
        writeFileSync(join(path, "ballast"), Buffer.alloc(256 * 1024 - photo.length - 20_000))
        expect(yield* Effect.flip(upload(media, photo))).toMatchObject({ _tag: "MediaStorageFull" })
        expect(everything(path)).toEqual(["ballast"])
        rmSync(join(path, "ballast"))
        const kept = yield* upload(media, photo)
        expect(yield* media.remove(kept.id)).toBe(true)
        expect(everything(path)).toEqual([])
      }).pipe(Effect.provide(filesIn(path, database)))
    }).pipe(Effect.scoped)
  )
})

describe("smaller renderings", () => {
  const png = { kind: "image", mediaType: "image/png", extension: "png" } as const
  const [width, height] = [1_400, 200]

  const means = (bytes: Uint8Array) =>
    Effect.map(
      Effect.promise(() => sharp(bytes).ensureAlpha().stats()),
      ({ channels }) => channels.map(({ mean }) => mean)
    )

  it.effect.each([
    ["in colours", { r: 250, g: 120, b: 30, alpha: 1 }, "srgb"],
    ["half transparent", { r: 250, g: 120, b: 30, alpha: 0.5 }, "srgb"],
    ["of sixteen bits a channel", { r: 250, g: 120, b: 30, alpha: 1 }, "rgb16"],
    ["in shades of grey", { r: 90, g: 90, b: 90, alpha: 1 }, "b-w"]
  ] as const)("of a picture %s have its colours", ([, background, space]) =>
    Effect.gen(function* () {
      const picture = sharp({ create: { width, height, channels: 4, background } }).toColourspace(space)
      const bytes = yield* Effect.promise(() => picture.png().toBuffer())
      const [whole, ...others] = yield* render(bytes, png, "0".repeat(32))
      const expected = yield* means(whole?.bytes ?? bytes)
      expect(others.map(({ name }) => name.size?.width)).toEqual([1_280, 640, 320])
      for (const { bytes: made, name } of others) {
        expect((yield* Effect.promise(() => sharp(made).metadata())).width).toBe(name.size?.width)
        for (const [place, mean] of (yield* means(made)).entries()) {
          expect(Math.abs(mean - (expected[place] ?? -1))).toBeLessThan(4)
        }
      }
    })
  )
})
