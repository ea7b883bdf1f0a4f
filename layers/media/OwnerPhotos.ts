import { createHash } from "node:crypto"
import { Clock, Effect, Layer, Option } from "effect"
import { initialCrop, type PhotoCrop, squareOf } from "../../src/domain/site/PhotoCrop.js"
import { SettingsConflict } from "../../src/errors/SiteSettings.js"
import { OwnerPhoto } from "../../src/services/OwnerPhoto.js"
import type { SqlPool } from "../../src/services/SqlPool.js"
import { photoRecord } from "../sql/stores/PhotoRecord.js"
import { processed } from "./Pictures.js"

/** Sides in pixels: maximum of the stored photo, maximum of the square for pages, and the icon for phones. */
const sides = { original: 2048, square: 512, icon: 180 }

const jpeg = { quality: 85, progressive: true } as const

/** The photo upright, in sRGB, without metadata and transparency. */
const original = (picture: Uint8Array) =>
  processed(picture, (image) =>
    image
      .autoOrient()
      .resize({ width: sides.original, height: sides.original, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#fff" })
      .jpeg(jpeg)
  )

/** The square of a crop, and the icon. */
const squares = (
  whole: { readonly data: Uint8Array; readonly width: number; readonly height: number },
  crop: PhotoCrop
) =>
  Effect.gen(function* () {
    const { left, side, top } = squareOf(crop, whole)
    const area = { left, top, width: side, height: side }
    const size = Math.min(side, sides.square)
    const square = yield* processed(whole.data, (image) =>
      image.extract(area).resize({ width: size, height: size }).jpeg(jpeg)
    )
    const icon = yield* processed(whole.data, (image) =>
      image.extract(area).resize({ width: sides.icon, height: sides.icon }).png({ compressionLevel: 9 })
    )
    return { size, square: square.data, icon: icon.data }
  })

/** The owner's photo in the database, cropped here. */
export const layer: Layer.Layer<OwnerPhoto, never, SqlPool> = Layer.effect(
  OwnerPhoto,
  Effect.gen(function* () {
    const record = yield* photoRecord

    const photoOf = (whole: Effect.Effect.Success<ReturnType<typeof original>>, crop: PhotoCrop) =>
      Effect.map(squares(whole, crop), (made) => ({
        ...made,
        crop,
        version: createHash("sha256").update(whole.data).update(JSON.stringify(crop)).digest("hex").slice(0, 16),
        original: whole.data
      }))

    return OwnerPhoto.of({
      state: record.state,
      replace: Effect.fn("OwnerPhoto.replace")(function* (picture: Uint8Array, crop: PhotoCrop = initialCrop) {
        const photo = yield* photoOf(yield* original(picture), crop)
        yield* record.put(photo, yield* Clock.currentTimeMillis)
      }),
      crop: Effect.fn("OwnerPhoto.crop")(function* (version: string, crop: PhotoCrop) {
        const conflict = new SettingsConflict({ section: "photo" })
        const before = yield* record.file("original")
        if (Option.isNone(before) || before.value.version !== version) return yield* conflict
        const whole = yield* processed(before.value.bytes, (image) => image)
        const photo = yield* photoOf({ ...whole, data: before.value.bytes }, crop)
        if (!(yield* record.put(photo, yield* Clock.currentTimeMillis, version))) return yield* conflict
      }),
      remove: record.remove,
      file: Effect.fn("OwnerPhoto.file")(function* (picture) {
        const mediaType = picture === "icon" ? "image/png" : "image/jpeg"
        return Option.map(yield* record.file(picture), (file) => ({ ...file, mediaType }))
      })
    })
  })
)
