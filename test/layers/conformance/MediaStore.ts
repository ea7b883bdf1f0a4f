import { expect, layer } from "@effect/vitest"
import { Chunk, Effect, type Layer, Option, Stream, TestClock } from "effect"
import sharp from "sharp"
import { fileName, fileNamesOf, type Media, parseMediaPath } from "../../../src/domain/media/Media.js"
import { MediaStore } from "../../../src/services/MediaStore.js"
import * as Samples from "../../fixtures/Samples.js"

/** Passes bytes to the store in chunks, as a request does. */
const upload = (bytes: Uint8Array, filename = "photo.jpg", declaredType = "image/jpeg") =>
  Effect.flatMap(MediaStore, (media) =>
    media.store({
      content: Stream.fromIterable(
        Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, index) =>
          bytes.subarray(index * 65_536, (index + 1) * 65_536)
        )
      ),
      filename,
      declaredType
    })
  )

const uploaded = (bytes: Promise<Uint8Array>) =>
  Effect.flatMap(
    Effect.promise(() => bytes),
    (bytes) => upload(bytes)
  )

/** Served bytes of a path. */
const fetched = (path: string, range?: { readonly start: number; readonly end: number }) =>
  Effect.gen(function* () {
    const media = yield* MediaStore
    const file = Option.getOrThrow(yield* media.open(path.slice("/media/".length)))
    const chunks = yield* Stream.runCollect(file.content(range))
    return { ...file, bytes: Buffer.concat(Chunk.toReadonlyArray(chunks)) }
  })

const looked = (bytes: Buffer) => Effect.promise(() => sharp(bytes, { animated: true }).metadata())

/** Colour in the middle of a picture's quarter. */
const colourAt = (bytes: Buffer, x: number, y: number) =>
  Effect.promise(async () => {
    const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const at = (Math.floor(info.height * y) * info.width + Math.floor(info.width * x)) * info.channels
    return { red: (data[at] ?? 0) > 120, blue: (data[at + 2] ?? 0) > 120 }
  })

const holdsNoSecret = (bytes: Buffer) => {
  for (const secret of Samples.secrets) expect(bytes.includes(secret), secret).toBe(false)
}

/** Contract of MediaStore; called once per layer. Files have at most 1 MiB. */
export const conforms = (name: string, implementation: Layer.Layer<MediaStore>) =>
  layer(implementation)(`MediaStore ${name}`, (it) => {
    it.effect("rotates a photo upright, keeps its format, and removes everything but its pixels", () =>
      Effect.gen(function* () {
        yield* TestClock.adjust("1 hour")
        const sent = yield* Effect.promise(() => Samples.photo())
        expect(Samples.secrets.some((secret) => sent.includes(secret))).toBe(true)
        const media = yield* upload(sent)
        expect(media).toMatchObject({ kind: "image", mediaType: "image/jpeg", width: 1200, height: 1600 })
        expect(media.uploadedAt).toBe(3_600_000)
        expect(media.path).toBe(`/media/${media.id}-1200x1600.jpg`)
        const { byteLength, bytes, mediaType } = yield* fetched(media.path)
        expect([mediaType, byteLength, media.byteLength]).toEqual(["image/jpeg", bytes.length, bytes.length])
        const metadata = yield* looked(bytes)
        expect(metadata).toMatchObject({ format: "jpeg", width: 1200, height: 1600, space: "srgb" })
        for (const kind of ["exif", "xmp", "iptc", "icc", "orientation"] as const)
          expect(metadata[kind]).toBeUndefined()
        holdsNoSecret(bytes)
        // Rotated, red was left and blue was right: upright, red is above.
        expect(yield* colourAt(bytes, 0.5, 0.25)).toEqual({ red: true, blue: false })
        expect(yield* colourAt(bytes, 0.5, 0.75)).toEqual({ red: false, blue: true })
      })
    )

    it.effect("makes smaller renderings, each with its size", () =>
      Effect.gen(function* () {
        const media = yield* uploaded(Samples.photo(1600, 1200, 1))
        expect(media.variants.map(({ height, width }) => [width, height])).toEqual([
          [320, 240],
          [640, 480],
          [1280, 960]
        ])
        for (const variant of media.variants) {
          const { bytes, mediaType } = yield* fetched(variant.path)
          expect(mediaType).toBe("image/webp")
          expect(yield* looked(bytes)).toMatchObject({ format: "webp", width: variant.width, height: variant.height })
          holdsNoSecret(bytes)
        }
        expect((yield* uploaded(Samples.png(320, 200))).variants).toEqual([])
      })
    )

    it.effect("scales down pictures larger than any screen", () =>
      Effect.gen(function* () {
        const media = yield* uploaded(Samples.photo(6000, 600, 1))
        expect([media.width, media.height]).toEqual([4096, 410])
        expect(media.variants.at(-1)).toMatchObject({ width: 1280, height: 128 })
      })
    )

    it.effect.each([
      ["image/png", () => Samples.png()],
      ["image/webp", () => Samples.webp()],
      ["image/avif", () => Samples.avif()],
      ["image/gif", () => Samples.animatedGif()]
    ] as const)("%s keeps its type under any name", ([mediaType, make]) =>
      Effect.gen(function* () {
        const bytes = yield* Effect.promise<Buffer>(make)
        const media = yield* upload(bytes, "../../etc/passwd.html", "text/html")
        expect(media).toMatchObject({ kind: "image", mediaType, width: 400, height: 300 })
        const file = yield* fetched(media.path)
        expect(file.mediaType).toBe(mediaType)
        expect(`image/${(yield* looked(file.bytes)).format?.replace("heif", "avif")}`).toBe(mediaType)
        holdsNoSecret(file.bytes)
      })
    )

    it.effect("keeps animations with their timing", () =>
      Effect.gen(function* () {
        const gif = yield* uploaded(Samples.animatedGif())
        expect(yield* looked((yield* fetched(gif.path)).bytes)).toMatchObject({ pages: 3, delay: [100, 200, 300] })
        expect(gif.variants).toEqual([])
        const webp = yield* uploaded(Samples.animatedWebp())
        expect(webp).toMatchObject({ width: 400, height: 300 })
        const [small] = webp.variants
        expect(small).toMatchObject({ width: 320, height: 240 })
        expect(yield* looked((yield* fetched(small?.path ?? "")).bytes)).toMatchObject({
          pages: 3,
          delay: [100, 200, 300],
          pageHeight: 240
        })
      })
    )

    it.effect.each(Object.entries(Samples.others))("%s is unchanged except for its metadata", ([mediaType, bytes]) =>
      Effect.gen(function* () {
        const media = yield* upload(bytes, "x.jpg", "image/jpeg")
        expect(media).toMatchObject({
          mediaType,
          kind: mediaType.split("/")[0],
          byteLength: bytes.length,
          variants: []
        })
        expect(media.width).toBeUndefined()
        const file = yield* fetched(media.path)
        expect(file.mediaType).toBe(mediaType)
        expect(file.bytes).toHaveLength(bytes.length)
        holdsNoSecret(file.bytes)
        if (!bytes.includes("SECRET")) expect(file.bytes.equals(bytes)).toBe(true)
      })
    )

    it.effect("keeps the positions of a video's frames and sounds", () =>
      Effect.gen(function* () {
        const sent = Samples.film()
        const { bytes } = yield* fetched((yield* upload(sent)).path)
        for (const part of ["pictures and sounds", "samples", "ftyp", "moov", "mvhd", "vide"]) {
          expect(bytes.indexOf(part), part).toBe(sent.indexOf(part))
        }
      })
    )

    it.effect.each(Object.entries(Samples.strangers))("%s is refused as unsupported under any name", ([, bytes]) =>
      Effect.gen(function* () {
        const failure = yield* Effect.flip(upload(bytes, "photo.png", "image/png"))
        expect(failure._tag).toBe("MediaUnsupported")
      })
    )

    it.effect("refuses what only begins like a picture or a video as damaged", () =>
      Effect.gen(function* () {
        const photo = yield* Effect.promise(() => Samples.photo())
        const gif = yield* Effect.promise(() => Samples.animatedGif())
        const png = yield* Effect.promise(() => Samples.png())
        const damaged = {
          "half a photo": photo.subarray(0, photo.length / 2),
          "half a PNG": png.subarray(0, png.length / 2),
          "the beginning of a GIF": gif.subarray(0, 30),
          "a GIF of script": Buffer.from('GIF89a/*<script>*/=1;alert(1)//<svg onload="alert(1)">'),
          "a JPEG of HTML": Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from("<html><script>")]),
          "half a film": Samples.film().subarray(0, 60),
          "a film with a box too long": Buffer.concat([Samples.film(), Samples.box("mdat", "x").subarray(0, 8)])
        }
        for (const [name, bytes] of Object.entries(damaged)) {
          const failure = yield* Effect.flip(upload(bytes))
          expect([name, failure]).toMatchObject([name, { _tag: "MediaDamaged", reason: "unreadable" }])
        }
        expect(yield* Effect.flip(upload(new Uint8Array()))).toMatchObject({ _tag: "MediaDamaged", reason: "empty" })
      })
    )

    it.effect("refuses a picture of gigapixels before it is decoded", () =>
      Effect.gen(function* () {
        const bomb = Samples.bomb()
        expect(bomb.length).toBeLessThan(10_000)
        const before = process.memoryUsage().rss
        for (const bytes of [bomb, Samples.bomb(100_001, 1000)]) {
          expect(yield* Effect.flip(upload(bytes))).toMatchObject({ _tag: "MediaDamaged", reason: "too_many_pixels" })
        }
        expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
      })
    )

    it.effect("S2: refuses a picture that is decoded whole and would take too much memory, before it is decoded", () =>
      Effect.gen(function* () {
        for (const [kind, bytes] of Object.entries(yield* Effect.promise(() => Samples.wholeBombs()))) {
          const failure = yield* Effect.flip(upload(bytes))
          expect([kind, failure]).toMatchObject([kind, { _tag: "MediaDamaged", reason: "too_many_pixels" }])
        }
      })
    )

    it.effect("removes data after a picture's end", () =>
      Effect.gen(function* () {
        const png = yield* Effect.promise(() => Samples.png())
        const media = yield* upload(Buffer.concat([png, Buffer.from("PK\u0003\u0004<script>SECRET-NAME</script>")]))
        const { bytes } = yield* fetched(media.path)
        expect(bytes.includes("script")).toBe(false)
        holdsNoSecret(bytes)
      })
    )

    it.effect("refuses too many bytes as they arrive", () =>
      Effect.gen(function* () {
        const media = yield* MediaStore
        let sent = 0
        const endless = Stream.repeatEffect(
          Effect.sync(() => {
            sent += 65_536
            return new Uint8Array(65_536)
          })
        )
        const failure = yield* Effect.flip(media.store({ content: endless, filename: "", declaredType: "" }))
        expect(failure).toMatchObject({ _tag: "MediaTooLarge", limitBytes: media.maxBytes })
        expect(sent).toBeLessThan(media.maxBytes + 1_000_000)
      })
    )

    it.effect("reads a range of a file", () =>
      Effect.gen(function* () {
        const { path } = yield* uploaded(Samples.photo(200, 100))
        const { bytes } = yield* fetched(path)
        expect((yield* fetched(path, { start: 0, end: 10 })).bytes.equals(bytes.subarray(0, 10))).toBe(true)
        expect((yield* fetched(path, { start: 100, end: bytes.length })).bytes.equals(bytes.subarray(100))).toBe(true)
        expect((yield* fetched(path, { start: 100, end: 1e9 })).bytes.equals(bytes.subarray(100))).toBe(true)
      })
    )

    it.effect("lists files newest first, finds them by any of their paths, and opens them by their names only", () =>
      Effect.gen(function* () {
        const media = yield* MediaStore
        const first = yield* uploaded(Samples.photo(700, 500, 1))
        yield* TestClock.adjust("1 second")
        const second = yield* upload(Samples.film())
        const third = yield* uploaded(Samples.png())
        const ids = (list: ReadonlyArray<Media>) => list.map(({ id }) => id)
        expect(ids(yield* media.list({ limit: 3 }))).toEqual(ids([third, second, first]))
        expect(ids(yield* media.list({ limit: 1, offset: 1 }))).toEqual([second.id])
        expect(yield* media.list({ limit: 10, offset: 1000 })).toEqual([])
        const png = yield* Effect.promise(() => Samples.png())
        const from = (uploadedBy: string) =>
          media.store({ content: Stream.succeed(png), filename: "", declaredType: "", uploadedBy })
        const [mine] = [yield* from("https://app.example/"), yield* from("https://other.example/")]
        expect(ids(yield* media.list({ limit: 100, uploadedBy: "https://app.example/" }))).toEqual([mine.id])
        expect(yield* media.list({ limit: 1, offset: 1, uploadedBy: "https://app.example/" })).toEqual([])
        const all = yield* media.list({ limit: 100 })
        expect(yield* media.size).toBe(all.reduce((sum, { byteLength }) => sum + byteLength, 0))
        expect(new Set([first, second, third].map(({ id }) => id)).size).toBe(3)
        for (const { id } of [first, second, third]) expect(id).toMatch(/^[0-9a-f]{32}$/)
        for (const path of [first.path, ...first.variants.map(({ path }) => path)]) {
          expect(Option.getOrThrow(yield* media.byPath(path))).toEqual(first)
          expect(Option.getOrThrow(yield* media.byId(first.id))).toEqual(first)
        }
        const strange = [
          "",
          ".",
          "..",
          "../starpunk.db",
          ".incoming",
          `${first.id}`,
          `${first.id}.jpg`,
          `${first.id}-1x1.jpg`,
          `${"0".repeat(32)}-1x1.jpg`,
          `${first.path.slice(7)}\0`,
          `${first.path.slice(7)}/`,
          `./${first.path.slice(7)}`,
          first.path.slice(7).toUpperCase(),
          "x".repeat(5000)
        ]
        for (const name of strange) {
          expect([name, Option.isNone(yield* media.open(name))]).toEqual([name, true])
          expect([name, Option.isNone(yield* media.byPath(`/media/${name}`))]).toEqual([name, true])
        }
      })
    )

    it.effect("removes a file with all its renderings", () =>
      Effect.gen(function* () {
        const media = yield* MediaStore
        const kept = yield* uploaded(Samples.png())
        const gone = yield* uploaded(Samples.photo(700, 500, 1))
        expect(yield* media.remove(gone.id)).toBe(true)
        for (const path of [gone.path, ...gone.variants.map(({ path }) => path)]) {
          expect(Option.isNone(yield* media.byPath(path))).toBe(true)
          expect(Option.isNone(yield* media.open(path.slice(7)))).toBe(true)
        }
        expect(yield* media.remove(gone.id)).toBe(false)
        for (const strange of ["", "..", "*", `${kept.id.slice(0, 2)}`, "%", `${kept.id}/`]) {
          expect(yield* media.remove(strange)).toBe(false)
        }
        expect((yield* media.list({ limit: 100 })).some(({ id }) => id === gone.id)).toBe(false)
        expect((yield* fetched(kept.path)).byteLength).toBe(kept.byteLength)
      })
    )

    it.effect("stores several at once, each separately", () =>
      Effect.gen(function* () {
        const photos = yield* Effect.promise(() =>
          Promise.all([200, 300, 400, 500].map((width) => Samples.photo(width, 100, 1)))
        )
        const stored = yield* Effect.forEach(photos, (bytes) => upload(bytes), { concurrency: "unbounded" })
        expect(stored.map(({ width }) => width)).toEqual([200, 300, 400, 500])
        expect(new Set(stored.map(({ id }) => id)).size).toBe(4)
      })
    )

    it.effect("fails an upload with the failure of its source", () =>
      Effect.gen(function* () {
        const media = yield* MediaStore
        const before = (yield* media.list({ limit: 100 })).length
        const content = Stream.concat(Stream.succeed(new Uint8Array([0xff, 0xd8])), Stream.fail("gone" as const))
        expect(yield* Effect.flip(media.store({ content, filename: "", declaredType: "" }))).toBe("gone")
        expect((yield* media.list({ limit: 100 })).length).toBe(before)
      })
    )

    it.effect("uses a given id, and returns what is stored under it already", () =>
      Effect.gen(function* () {
        const store = yield* MediaStore
        const bytes = yield* Effect.promise(() => Samples.photo(400, 300, 1))
        const id = "0123456789abcdef0123456789abcdef"
        const asked = { content: Stream.succeed(bytes), filename: "", declaredType: "", id }
        const first = yield* store.store(asked)
        expect(first.id).toBe(id)
        expect(yield* store.store({ ...asked, content: Stream.dieMessage("it is there already") })).toEqual(first)
        yield* store.remove(id)
      })
    )

    it.effect("imports stored bytes unchanged, once, and only under the name of their content", () =>
      Effect.gen(function* () {
        const store = yield* MediaStore
        const first = yield* uploaded(Samples.photo(700, 500, 1))
        const name = parseMediaPath(first.path)
        if (name === undefined) throw new Error("no name")
        const files = new Map<string, Buffer>()
        for (const path of [first.path, ...first.variants.map(({ path }) => path)]) {
          files.set(path.slice("/media/".length), (yield* fetched(path)).bytes)
        }
        const kept = (of: ReadonlyMap<string, Buffer>) => ({
          name,
          uploadedAt: 5,
          content: (each: string): Stream.Stream<Uint8Array, string> => {
            const bytes = of.get(each)
            return bytes === undefined ? Stream.fail(`no ${each}`) : Stream.succeed(bytes)
          }
        })
        expect(yield* store.takeBack(kept(new Map()))).toBe(false)
        yield* store.remove(first.id)

        const disguised = new Map([...files, [fileName(name), Buffer.from("<html><script>alert(1)</script>")]])
        expect(yield* Effect.flip(store.takeBack(kept(disguised)))).toMatchObject({ _tag: "MediaUnsupported" })
        const [, rendering] = fileNamesOf(name)
        const incomplete = new Map([...files].filter(([each]) => each !== rendering))
        expect(yield* Effect.flip(store.takeBack(kept(incomplete)))).toBe(`no ${rendering}`)
        expect(Option.isNone(yield* store.byPath(first.path))).toBe(true)
        expect(Option.isNone(yield* store.open(fileName(name)))).toBe(true)

        expect(yield* store.takeBack(kept(files))).toBe(true)
        expect(Option.getOrThrow(yield* store.byPath(first.path))).toEqual({ ...first, uploadedAt: 5 })
        for (const [each, bytes] of files) {
          expect((yield* fetched(`/media/${each}`)).bytes.equals(bytes)).toBe(true)
        }
        yield* store.remove(first.id)
      })
    )
  })
