import { Effect, Option } from "effect"
import { slugFromPermalink } from "../../domain/posts/Permalink.js"
import type { Post } from "../../domain/posts/Post.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import { MicropubMalformed, PostUnknown } from "../../errors/Micropub.js"
import type { Posts } from "../../services/Posts.js"
import type { SiteAddresses } from "../../services/SiteAddresses.js"

/** Finds the post of a client's `url`, deleted ones too: by its current or a former address of post or site. */
export const postAt =
  (posts: Posts["Type"], addresses: SiteAddresses["Type"]) =>
  (url: unknown): Effect.Effect<Post, MicropubMalformed | PostUnknown | DatabaseFailure> =>
    Effect.gen(function* () {
      if (typeof url !== "string" || url.trim() === "") {
        return yield* new MicropubMalformed({ part: "url", expected: "the address of a post of this site, as text" })
      }
      const { hosts } = yield* addresses.history
      const slug = slugFromPermalink(hosts, url)
      const found = Option.isSome(slug) ? yield* posts.bySlug(slug.value) : Option.none<Post>()
      return Option.isSome(found) ? found.value : yield* new PostUnknown()
    })
