import { parentPort, workerData } from "node:worker_threads"
import {
  type RenderedPost,
  type RenderSource,
  renderedPost,
  unrenderedPost
} from "../../src/domain/search/RenderedPost.js"
import { handedOver, type PackedPost, packed } from "./PackedPost.js"
import { RenderingClock } from "./RenderingClock.js"

/** A post to render. */
export interface Job {
  readonly post: RenderSource
  /** Whether it takes too long to render, and becomes plain text. */
  readonly isPlain: boolean
}

/** Posts in order, with consecutive numbers. */
export interface Batch {
  readonly first: number
  readonly jobs: ReadonlyArray<Job>
}

/** Messages of the thread: it has loaded, or the results of the next posts in their order. */
export type Said = "ready" | { readonly rendered: ReadonlyArray<PackedPost> }

/**
 * Maximum length of a post's HTML in UTF-16 code units, because links that repeat one long address have no other limit.
 */
const longestHtml = 4_194_304

/** HTML in one message, in UTF-16 code units, after which it is sent: results must not fill the thread's memory. */
const messageLength = 262_144

/**
 * Renders a post. A post that takes too long becomes plain text in this thread, because that could block the thread of
 * the server.
 */
const render = ({ isPlain, post }: Job): RenderedPost => {
  if (isPlain) return unrenderedPost(post, "too_slow")
  try {
    const rendered = renderedPost(post)
    if (rendered.rendering.html.length <= longestHtml) return rendered
  } catch {
    // The post is shown as plain text, and its author is told.
  }
  return unrenderedPost(post, "too_slow")
}

/** The worker thread's program, which renders posts one at a time. */
if (parentPort !== null) {
  const port = parentPort
  const clock = new RenderingClock(workerData)
  const say = (said: Said) => port.postMessage(said, said === "ready" ? [] : handedOver(said.rendered))
  port.on("message", ({ first, jobs }: Batch) => {
    let rendered: Array<PackedPost> = []
    let length = 0
    for (const [place, job] of jobs.entries()) {
      clock.begin(first + place)
      const made = render(job)
      rendered.push(packed(made))
      length += made.rendering.html.length
      if (length < messageLength && place < jobs.length - 1) continue
      say({ rendered })
      rendered = []
      length = 0
    }
    clock.rest()
  })
  say("ready")
}
