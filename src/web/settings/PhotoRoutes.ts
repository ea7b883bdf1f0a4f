import { HttpServerResponse } from "@effect/platform"
import { Effect, Layer, Option } from "effect"
import type { PhotoCrop } from "../../domain/site/PhotoCrop.js"
import { PageNotFound } from "../../errors/Address.js"
import { FileMissing } from "../../errors/Editor.js"
import { MediaStore } from "../../services/MediaStore.js"
import { OwnerPhoto, type PhotoPicture } from "../../services/OwnerPhoto.js"
import * as Body from "../http/Body.js"
import { conditional } from "../http/Conditional.js"
import { OwnerAuth } from "../http/OwnerAuth.js"
import { feed, ownerForm, ownerPage, writingForm } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { receive } from "../http/Upload.js"
import { iconPath, photoPath } from "../theme/Photo.js"
import { photoTaking } from "./PhotoTaking.js"

/**
 * The photo for other sites and devices. Its content changes at the same address, so caches keep it for minutes only.
 */
const photoFile = feed

const done = HttpServerResponse.redirect("/admin/settings/you?saved", { status: 303 })

/** The crop in a form, in per cent. A missing or invalid number becomes the middle or the largest square. */
const cropIn = (fields: Body.FormFields): PhotoCrop => {
  const percent = (name: string, otherwise: number, least: number, most: number): number => {
    const given = Number(fields.get(name)?.[0] ?? otherwise)
    return (Number.isFinite(given) ? Math.min(most, Math.max(least, given)) : otherwise) / 100
  }
  return { x: percent("x", 50, 0, 100), y: percent("y", 50, 0, 100), zoom: percent("zoom", 100, 100, 400) }
}

/** A version of the photo. A browser that opens it directly can only show it. */
const picture = (photo: OwnerPhoto["Type"], name: PhotoPicture) =>
  Effect.gen(function* () {
    const found = yield* photo.file(name)
    if (Option.isNone(found)) return yield* new PageNotFound()
    const { bytes, mediaType, version } = found.value
    return yield* conditional(
      HttpServerResponse.uint8Array(bytes, {
        contentType: mediaType,
        headers: { "content-security-policy": "default-src 'none'; sandbox" }
      }),
      { etag: `"${name}-${version}"` }
    )
  })

const forOwner = Routes.use((routes) =>
  Effect.gen(function* () {
    const photo = yield* OwnerPhoto
    const media = yield* MediaStore

    const takePhoto = yield* photoTaking

    const upload = Effect.gen(function* () {
      const { uploads } = yield* receive(media, { maxFiles: 1 })
      return (yield* takePhoto(uploads)) ? done : yield* new FileMissing()
    })

    const crop = Effect.gen(function* () {
      const fields = yield* Body.form()
      yield* photo.crop(fields.get("version")?.[0] ?? "", cropIn(fields))
      return done
    })

    yield* routes.add(writingForm, "POST", "/admin/settings/photo", upload)
    yield* routes.add(ownerForm, "POST", "/admin/settings/photo/crop", crop)
    yield* routes.add(ownerPage, "POST", "/admin/settings/photo/remove", Effect.as(photo.remove, done))
    yield* routes.add(ownerPage, "GET", "/admin/settings/photo", picture(photo, "original"))
  })
)

const forVisitors = Routes.use((routes) =>
  Effect.gen(function* () {
    const photo = yield* OwnerPhoto
    yield* routes.add(photoFile, "GET", photoPath, picture(photo, "square"))
    yield* routes.add(photoFile, "GET", iconPath, picture(photo, "icon"))
  })
)

/** The owner's photo: upload, crop and removal by the owner, and its files for everybody. */
export const routes = Layer.merge(forOwner.pipe(Layer.provide(OwnerAuth)), forVisitors)
