import { Clock, Effect } from "effect"
import { appOf } from "../../domain/indieauth/AccessToken.js"
import { decodeCreateForm, decodeCreateJson } from "../../domain/micropub/MicropubCreate.js"
import { publishedAtOnce } from "../../domain/posts/PostChange.js"
import { permits, scopesFor } from "../../domain/posts/PostRights.js"
import type { MediaStore } from "../../services/MediaStore.js"
import type { Posts } from "../../services/Posts.js"
import { requireScopes } from "../http/AppAuth.js"
import { withdraw } from "../http/Upload.js"
import type { ActionRequest } from "./Action.js"
import { created, type Scene } from "./Outcome.js"

/**
 * `action=create`, or none (W3C Micropub §3.3): stores a post and responds with 201 and its address. A token for drafts
 * only creates drafts. Uploaded files of a refused post are removed.
 */
export const create = (posts: Posts["Type"], media: MediaStore["Type"], scene: Scene) =>
  Effect.fnUntraced(function* ({ body, token }: ActionRequest) {
    yield* requireScopes(token, scopesFor("create_draft", "draft"))
    const { siteUrl, zone } = scene
    const uploads = body.format === "form" ? body.uploads : []
    const store = Effect.gen(function* () {
      const post =
        body.format === "json"
          ? yield* decodeCreateJson(body.value, zone)
          : yield* decodeCreateForm(
              body.fields.inOrder.map(([name, value]) => [name, [value]]),
              uploads.map(({ after, field, media: { kind, path } }) => ({
                field,
                kind,
                url: `${siteUrl}${path}`,
                after
              })),
              zone
            )
      const mayPublish = permits(token.scopes, scopesFor("create", "public"))
      const timely = publishedAtOnce(post, yield* Clock.currentTimeMillis)
      return yield* posts.create({ ...timely, ...(!mayPublish && { status: "draft" }), postedBy: appOf(token) })
    })
    // Not on interruption, because the post may be stored by then and refer to the files.
    const stored = yield* Effect.tapError(store, () => withdraw(media, uploads))
    return yield* created(
      stored,
      scene,
      uploads.map((upload) => upload.media)
    )
  })
