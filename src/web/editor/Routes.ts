import { Effect, Layer } from "effect"
import { assetRoute } from "../assets/AssetRoute.js"
import { OwnerAuth } from "../http/OwnerAuth.js"
import { ownerForm, ownerPage, textForm, writingForm } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { autosave } from "./Autosave.js"
import { deleteRoute } from "./DeleteRoute.js"
import { writing } from "./EditRoute.js"
import { eraseRoute } from "./EraseRoute.js"
import { listing } from "./Listing.js"
import { mediaUpload } from "./MediaUpload.js"
import { dismissal, dismissalPath } from "./PasskeyReminder.js"
import { previewRoute } from "./PreviewRoute.js"
import { saving } from "./Saving.js"
import { composerScript, editorScript } from "./Script.js"
import { editorStylesheet } from "./Stylesheet.js"

const pages = Routes.use((routes) =>
  Effect.gen(function* () {
    const saver = yield* saving
    const { blank, create, edit, share, update } = yield* writing(saver)
    const { ask, remove, restore } = yield* deleteRoute
    const erasing = yield* eraseRoute
    const { stored, typed } = yield* previewRoute(saver)

    yield* routes.add(ownerPage, "GET", "/admin/", yield* listing)
    yield* routes.add(ownerPage, "POST", dismissalPath, yield* dismissal)
    yield* routes.add(ownerPage, "GET", "/admin/new", blank)
    yield* routes.add(writingForm, "POST", "/admin/new", create)
    yield* routes.add(writingForm, "POST", "/admin/share", share)
    yield* routes.add(ownerPage, "GET", "/admin/edit/:id", edit)
    yield* routes.add(writingForm, "POST", "/admin/edit/:id", update)
    yield* routes.add(ownerPage, "GET", "/admin/delete/:id", ask)
    yield* routes.add(ownerPage, "POST", "/admin/delete/:id", remove)
    yield* routes.add(ownerPage, "POST", "/admin/restore/:id", restore)
    yield* routes.add(ownerPage, "GET", "/admin/erase/:id", erasing.ask)
    yield* routes.add(ownerForm, "POST", "/admin/erase/:id", erasing.erase)
    yield* routes.add(ownerPage, "GET", "/admin/preview/:id", stored)
    yield* routes.add(writingForm, "POST", "/admin/preview", typed)
    yield* routes.add(textForm, "POST", "/admin/autosave", autosave(saver))
    yield* routes.add(writingForm, "POST", "/admin/media", yield* mediaUpload)
  })
)

/** The owner's posts: list, editor, previews, deleting and restoring. For the owner only. */
export const routes = Layer.mergeAll(
  pages.pipe(Layer.provide(OwnerAuth)),
  assetRoute(editorScript),
  assetRoute(composerScript),
  assetRoute(editorStylesheet)
)
