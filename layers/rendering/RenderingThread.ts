import { parentPort } from "node:worker_threads"
import { type RenderedPost, type RenderSource, renderedPost } from "../../src/domain/search/RenderedPost.js"

/** A post to render. */
export interface Job {
  readonly id: number
  readonly post: RenderSource
}

/** Messages of the thread: it has loaded, or the result of a job. `undefined`: it failed, or its HTML is too long. */
export type Said = "ready" | { readonly id: number; readonly rendered: RenderedPost | undefined }

/**
 * Maximum length of a post's HTML in UTF-16 code units, because links that repeat one long address have no other limit.
 */
const longestHtml = 4_194_304

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
  const say = (said: Said) => port.postMessage(said)
  port.on("message", ({ id, post }: Job) => say({ id, rendered: render(post) }))
  say("ready")
}
