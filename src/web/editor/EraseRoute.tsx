import { HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import { PageNotFound } from "../../errors/Address.js"
import { EraseRefused } from "../../errors/Editor.js"
import { Logger } from "../../services/Logger.js"
import { MediaLibrary } from "../../services/MediaLibrary.js"
import { MediaStore } from "../../services/MediaStore.js"
import { Posts } from "../../services/Posts.js"
import * as Body from "../http/Body.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site } from "../theme/Site.js"
import { ErasePage } from "./ErasePage.js"
import { postOfPath } from "./PostOfPath.js"

/** Removing a deleted post for good after confirmation, with its files if the owner says so. */
export const eraseRoute = Effect.gen(function* () {
  const posts = yield* Posts
  const library = yield* MediaLibrary
  const media = yield* MediaStore
  const log = (yield* Logger).named("starpunk.posts")

  const deletedPost = Effect.filterOrFail(
    postOfPath(posts),
    ({ deletedAt }) => deletedAt !== undefined,
    () => new EraseRefused()
  )

  /** Deletes a file unless something uses it by now. Returns false if it could not be deleted. */
  const discard = (id: string) =>
    Effect.gen(function* () {
      const file = yield* library.byId(id)
      if (Option.isNone(file)) return true
      const { isInSettings, standing, uses } = file.value
      if (uses > 0 || isInSettings) return false
      return yield* media.discard(id, standing)
    }).pipe(
      // The post is gone already. The list of unused files has what is left.
      Effect.catchAll((error) =>
        Effect.as(log.warning("File of an erased post not deleted", { media_id: id, error }), false)
      )
    )

  return {
    ask: Effect.gen(function* () {
      const post = yield* deletedPost
      const files = yield* library.onlyIn(post.id)
      return adminResponse(<ErasePage post={post} files={files.length} site={yield* site} />)
    }),
    erase: Effect.gen(function* () {
      const { id } = yield* deletedPost
      const withFiles = (yield* Body.form()).has("files")
      const files = withFiles ? yield* library.onlyIn(id) : []
      yield* posts.erase(id)
      const done = (yield* Effect.forEach(files, discard)).filter(Boolean).length
      const left = files.length - done
      return HttpServerResponse.redirect(`/admin/?state=deleted&erased=${done}${left === 0 ? "" : `&left=${left}`}`, {
        status: 303
      })
    }).pipe(Effect.catchTag("PostUnknown", () => new PageNotFound()))
  }
})
