import { Effect } from "effect"
import type { JSX } from "preact"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { pathOf, permalink } from "../../domain/posts/Permalink.js"
import { isPage, type Post } from "../../domain/posts/Post.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import type { Posts } from "../../services/Posts.js"
import { texts } from "../../texts/Texts.js"
import type { Site } from "../theme/Site.js"
import { lineOf } from "./PostLines.js"

/** The posts that were published before and after one. */
export interface PostNeighbours {
  readonly newer?: ListedPost | undefined
  readonly older?: ListedPost | undefined
}

/** Finds the neighbours of a post in the list of all posts; none for posts that are in no list. */
export const neighboursOf = (posts: Posts["Type"], post: Post): Effect.Effect<PostNeighbours, DatabaseFailure> =>
  post.visibility !== "public" || isPage(post)
    ? Effect.succeed({})
    : Effect.all({
        newer: Effect.map(posts.overview({ after: post, limit: 1 }), (page) => page.posts[0]),
        older: Effect.map(posts.overview({ before: post, limit: 1 }), (page) => page.posts[0])
      })

/** Their addresses, for the head of the page. */
export const neighbourAddresses = ({ newer, older }: PostNeighbours, site: Site) => ({
  ...(newer !== undefined && { newer: permalink(site.url, newer) }),
  ...(older !== undefined && { older: permalink(site.url, older) })
})

/** Links to them with their titles. */
export const NeighbourLinks = ({ newer, older, site }: PostNeighbours & { readonly site: Site }): JSX.Element | null =>
  newer === undefined && older === undefined ? null : (
    <nav class="pager" aria-label={texts.blog.neighbours}>
      {newer !== undefined && (
        <a class="newer" rel="prev" href={pathOf(newer)}>
          <span>{texts.blog.newer}</span> <span dir="auto">{lineOf(newer, site)}</span>
        </a>
      )}
      {older !== undefined && (
        <a class="older" rel="next" href={pathOf(older)}>
          <span>{texts.blog.older}</span> <span dir="auto">{lineOf(older, site)}</span>
        </a>
      )}
    </nav>
  )
