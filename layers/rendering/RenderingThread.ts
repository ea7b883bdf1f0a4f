import { parentPort } from "node:worker_threads"
import { type RenderedPost, type RenderSource, renderedPost } from "../../src/domain/search/RenderedPost.js"

/** A post to be rendered. */
export interface Job {
  readonly id: number
  readonly post: RenderSource
}

/** What the thread says: that it has loaded, or what became of a job. `undefined`: it failed, or its HTML is too long. */
export type Said = "ready" | { readonly id: number; readonly rendered: RenderedPost | undefined }

/** UTF-16 code units of HTML that one post may become: links that repeat one long address have no bound of their own. */
const longestHtml = 4_194_304

const render = (post: RenderSource): RenderedPost | undefined => {
  try {
    const rendered = renderedPost(post)
    return rendered.rendering.html.length > longestHtml ? undefined : rendered
  } catch {
    return undefined
  }
}

/** The body of the worker thread that renders posts, one after the other. */
if (parentPort !== null) {
  const port = parentPort
  const say = (said: Said) => port.postMessage(said)
  port.on("message", ({ id, post }: Job) => say({ id, rendered: render(post) }))
  say("ready")
}
