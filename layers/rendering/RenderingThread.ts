import { parentPort, workerData } from "node:worker_threads"
import { type RenderedPost, type RenderSource, renderedPost } from "../../src/domain/search/RenderedPost.js"
import { RenderingClock } from "./RenderingClock.js"

/** Posts to render in order, with consecutive numbers. */
export interface Batch {
  readonly first: number
  readonly posts: ReadonlyArray<RenderSource>
}

/**
 * Messages of the thread: it has loaded, or the results of the next posts in their order. `undefined`: the post failed, or
 * its HTML is too long.
 */
export type Said = "ready" | { readonly rendered: ReadonlyArray<RenderedPost | undefined> }

/**
 * Maximum length of a post's HTML in UTF-16 code units, because links that repeat one long address have no other limit.
 */
const longestHtml = 4_194_304

/** HTML in one message, in UTF-16 code units, after which it is sent: results must not fill the thread's memory. */
const messageLength = 262_144

const render = (post: RenderSource): RenderedPost | undefined => {
  try {
    const rendered = renderedPost(post)
    return rendered.rendering.html.length > longestHtml ? undefined : rendered
  } catch {
    return undefined
  }
}

/** The worker thread's program, which renders posts one at a time. */
if (parentPort !== null) {
  const port = parentPort
  const clock = new RenderingClock(workerData)
  const say = (said: Said) => port.postMessage(said)
  port.on("message", ({ first, posts }: Batch) => {
    let rendered: Array<RenderedPost | undefined> = []
    let length = 0
    for (const [place, post] of posts.entries()) {
      clock.begin(first + place)
      const made = render(post)
      rendered.push(made)
      length += made?.rendering.html.length ?? 0
      if (length < messageLength && place < posts.length - 1) continue
      say({ rendered })
      rendered = []
      length = 0
    }
    clock.rest()
  })
  say("ready")
}
