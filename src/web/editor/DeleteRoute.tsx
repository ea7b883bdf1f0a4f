import { HttpServerResponse } from "@effect/platform"
import { Clock, Effect } from "effect"
import { PageNotFound } from "../../errors/Address.js"
import { Posts } from "../../services/Posts.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site } from "../theme/Site.js"
import { DeletedPage, DeletePage } from "./DeletePage.js"
import { idOfPath, postOfPath } from "./PostOfPath.js"

/** Deleting after confirmation, and restoring. */
export const deleteRoute = Effect.gen(function* () {
  const posts = yield* Posts
  const goTo = (address: string) => HttpServerResponse.redirect(address, { status: 303 })

  return {
    ask: Effect.gen(function* () {
      const post = yield* postOfPath(posts)
      const now = yield* Clock.currentTimeMillis
      const Page = post.deletedAt === undefined ? DeletePage : DeletedPage
      return adminResponse(<Page post={post} site={yield* site} now={now} />)
    }),
    remove: Effect.gen(function* () {
      const { id } = yield* posts.delete(yield* idOfPath)
      return goTo(`/admin/?deleted=${id}`)
    }).pipe(Effect.catchTag("PostUnknown", () => new PageNotFound())),
    restore: Effect.gen(function* () {
      const { id } = yield* posts.restore(yield* idOfPath)
      return goTo(`/admin/edit/${id}?saved=restored`)
    }).pipe(Effect.catchTag("PostUnknown", () => new PageNotFound()))
  }
})
