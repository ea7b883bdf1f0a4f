import { HttpLayerRouter } from "@effect/platform"
import { Effect, Layer } from "effect"
import { SessionManager } from "../../services/SessionManager.js"
import { ownerSession } from "../http/OwnerSession.js"
import { assetRoute } from "../theme/NamedAsset.js"
import { autosave } from "./Autosave.js"
import { listing } from "./Listing.js"
import { mediaUpload } from "./MediaUpload.js"
import { previewing } from "./Previewing.js"
import { removal } from "./Removal.js"
import { saving } from "./Saving.js"
import { editorScript } from "./Script.js"
import { writing } from "./Writing.js"

const pages = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const owner = ownerSession(yield* SessionManager)
    const saver = yield* saving
    const { blank, create, edit, update } = yield* writing(saver)
    const { ask, remove, restore } = yield* removal
    const { stored, typed } = yield* previewing(saver)

    // Nothing of the body is read before it is known who sends it.
    yield* router.add("GET", "/admin/", Effect.zipRight(owner, yield* listing))
    yield* router.add("GET", "/admin/new", Effect.zipRight(owner, blank))
    yield* router.add("POST", "/admin/new", Effect.zipRight(owner, create))
    yield* router.add("GET", "/admin/edit/:id", Effect.zipRight(owner, edit))
    yield* router.add("POST", "/admin/edit/:id", Effect.zipRight(owner, update))
    yield* router.add("GET", "/admin/delete/:id", Effect.zipRight(owner, ask))
    yield* router.add("POST", "/admin/delete/:id", Effect.zipRight(owner, remove))
    yield* router.add("POST", "/admin/restore/:id", Effect.zipRight(owner, restore))
    yield* router.add("GET", "/admin/preview/:id", Effect.zipRight(owner, stored))
    yield* router.add("POST", "/admin/preview", Effect.zipRight(owner, typed))
    yield* router.add("POST", "/admin/autosave", Effect.zipRight(owner, autosave(saver)))
    yield* router.add("POST", "/admin/media", Effect.zipRight(owner, yield* mediaUpload))
  })
)

/** The owner's posts: the list, writing, previews, deleting and restoring. All of it for the owner alone. */
export const routes = Layer.merge(pages, assetRoute(editorScript))
