import { Clock, Effect, Option } from "effect"
import type { Post } from "../../domain/posts/Post.js"
import { Posts } from "../../services/Posts.js"
import { Renderer } from "../../services/Renderer.js"
import * as Body from "../http/Body.js"
import { adminResponse } from "../theme/AdminPage.js"
import { entryView } from "../theme/EntryView.js"
import { type Site, site } from "../theme/Site.js"
import { postOfPath } from "./PostOfPath.js"
import { PreviewPage, previewOf } from "./Preview.js"
import { type Saving, wishOf } from "./Saving.js"
import { submittedText } from "./Submission.js"

/** Previews of posts, as stored and as in a form. Saves nothing. */
export const previewRoute = ({ postOf }: Saving) =>
  Effect.gen(function* () {
    const posts = yield* Posts
    const renderer = yield* Renderer
    /** Makes the page in another turn of the event loop than what it shows, if the post is long. */
    const pageOf = (post: Post, about: Site) =>
      Effect.gen(function* () {
        const entry = entryView(post, about)
        yield* Body.breathFor(post.rendering.html.length)
        return adminResponse(<PreviewPage entry={entry} site={about} />)
      })
    return {
      stored: Effect.gen(function* () {
        return yield* pageOf(yield* postOfPath(posts), yield* site)
      }),
      typed: Effect.gen(function* () {
        const about = yield* site
        const submission = yield* submittedText
        const now = yield* Clock.currentTimeMillis
        const base = Option.getOrUndefined(yield* postOf(submission))
        const { post } = wishOf({ ...submission, intent: "update" }, base, now, about.zone)
        const { rendering } = yield* renderer.render(post)
        return yield* pageOf(previewOf(post, rendering, base, now, about.zone), about)
      })
    }
  })
