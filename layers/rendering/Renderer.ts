import { Effect, Layer } from "effect"
import {
  type RenderedPost,
  type RenderSource,
  renderedPost,
  unrenderedPost
} from "../../src/domain/search/RenderedPost.js"
import { Logger } from "../../src/services/Logger.js"
import { Renderer } from "../../src/services/Renderer.js"
import { type Outcome, type RenderingLimits, RenderingWorker } from "./RenderingWorker.js"

/** Maximum characters of JSON of a post that is rendered in this thread, which takes some milliseconds at worst. */
const noteLength = 1_000

/** Three seconds are ten times what an ordinary text of one megabyte takes on a small server. */
const productionLimits: RenderingLimits = { perPost: 3_000, toStart: 30_000, idle: 60_000, waiting: 2_000 }

/** Maximum time that a caller waits for its turn and its rendering together. */
const patience = "10 seconds"

/** The bundled server is a script (`.cjs`) and has its renderer thread as one too. */
const bundled = new URL(import.meta.url.endsWith(".cjs") ? "./renderer.cjs" : "./renderer.js", import.meta.url)

/** Returns whether a post is short. Stops as soon as it is not. */
const isNote = (value: unknown, budget = { left: noteLength }): boolean => {
  if (typeof value === "string") budget.left -= value.length
  else {
    budget.left -= 1
    if (typeof value === "object" && value !== null) {
      for (const [name, item] of Object.entries(value)) {
        budget.left -= name.length
        if (budget.left < 0 || !isNote(item, budget)) return false
      }
    }
  }
  return budget.left >= 0
}

/** Renders short posts in this thread, and longer ones in one worker thread, whose program is `file`. */
export const layerWith = (
  file: URL,
  limits: RenderingLimits = productionLimits
): Layer.Layer<Renderer, never, Logger> =>
  Layer.scoped(
    Renderer,
    Effect.gen(function* () {
      const log = (yield* Logger).named("starpunk.renderer")
      const worker = yield* Effect.acquireRelease(
        Effect.sync(() => new RenderingWorker(file, limits)),
        (running) => Effect.promise(() => running.close())
      )

      const inWorker = (post: RenderSource) =>
        Effect.async<Outcome>((resume) => {
          const giveUp = worker.render(post, (outcome) => resume(Effect.succeed(outcome)))
          return Effect.sync(giveUp)
        }).pipe(
          Effect.timeoutTo({
            duration: patience,
            onSuccess: (outcome) => outcome,
            onTimeout: () => "unavailable" as const
          })
        )

      const render = Effect.fn("Renderer.render")(function* (post: RenderSource) {
        if (isNote(post.properties)) return renderedPost(post)
        const outcome = yield* inWorker(post)
        if (outcome === "too_slow") {
          yield* log.warning("A text takes too long to render and is shown as plain text", {
            limit_ms: limits.perPost
          })
          return unrenderedPost(post, "too_slow")
        }
        if (outcome === "unavailable") {
          yield* log.warning("A text could not be rendered now and is shown as plain text until it is")
          return unrenderedPost(post, "pending")
        }
        return outcome.rendered
      })

      const renderAll = (posts: ReadonlyArray<RenderSource>): Effect.Effect<ReadonlyArray<RenderedPost>> =>
        Effect.forEach(posts, (post) => Effect.tap(render(post), Effect.yieldNow()), { concurrency: 16 })

      return { render, renderAll }
    })
  )

/** Renders as the server does: the thread's program is beside the bundle. */
export const layer: Layer.Layer<Renderer, never, Logger> = layerWith(bundled)
