import { Duration, Effect, Layer } from "effect"
import {
  type RenderedPost,
  type RenderSource,
  renderedPost,
  unrenderedPost
} from "../../src/domain/search/RenderedPost.js"
import { Logger } from "../../src/services/Logger.js"
import { Renderer } from "../../src/services/Renderer.js"
import type { SiteSettings } from "../../src/services/SiteSettings.js"
import type { Settings } from "../../src/settings/Config.js"
import { unpacked } from "./PackedPost.js"
import { type Outcome, type RenderingLimits, RenderingWorker } from "./RenderingWorker.js"
import { siteLanguage } from "./SiteLanguage.js"

/**
 * Maximum length in characters, as JSON, of a post that is rendered in this thread. It takes some milliseconds at
 * worst.
 */
const noteLength = 1_000

/**
 * Limits for the server. Three seconds are ten times the duration for an ordinary text of one megabyte on a small
 * server.
 */
const productionLimits: RenderingLimits = { perPost: 3_000, toStart: 30_000, idle: 60_000, waiting: 2_000 }

/** Maximum time that a caller waits for its turn and its rendering together, or for the next of many posts. */
const patience = Duration.seconds(10)

/**
 * Maximum number of posts in a call whose notes are rendered in this thread. During an import, this thread has other
 * work.
 */
const few = 16

/** Maximum number of posts that one call queues at a time, so that other callers get their turn. */
const atOnce = 64

/**
 * Continues in the next turn of the event loop, after timers and sockets. A yield may continue in the same turn, and so
 * does one `setImmediate`.
 */
const nextTurn = Effect.async<void>((resume) => {
  setImmediate(() => setImmediate(() => resume(Effect.void)))
})

/** The program of the thread. The bundled server is a script (`.cjs`), and so is its thread. */
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

/**
 * Renders short posts in this thread, and longer ones and large batches in one worker thread, whose program is `file`.
 * `language` is that of the site.
 */
export const layerWith = (
  file: URL,
  limits: RenderingLimits = productionLimits,
  language: Effect.Effect<string> = Effect.succeed("")
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

      /** Returns the outcomes in the order of the posts. After a pause of `patience`, the remaining ones are `unavailable`. */
      const allInWorker = (posts: ReadonlyArray<RenderSource>) =>
        Effect.async<ReadonlyArray<Outcome>>((resume) => {
          const outcomes: Array<Outcome> = posts.map(() => "unavailable")
          const open = new Map<number, () => void>()
          let next = 0
          let answered = 0
          const giveUp = () => {
            clearTimeout(stalled)
            for (const each of open.values()) each()
          }
          const stalled = setTimeout(() => {
            giveUp()
            resume(Effect.succeed(outcomes))
          }, Duration.toMillis(patience))
          const submit = () => {
            while (next < posts.length && next - answered < atOnce) {
              const place = next++
              const post = posts[place]
              if (post === undefined) return
              let isOpen = true
              const withdraw = worker.render(post, (outcome) => {
                isOpen = false
                outcomes[place] = outcome
                open.delete(place)
                answered += 1
                stalled.refresh()
                if (answered === posts.length) {
                  clearTimeout(stalled)
                  resume(Effect.succeed(outcomes))
                } else if (next - answered <= atOnce / 2) submit()
              })
              if (isOpen) open.set(place, withdraw)
            }
          }
          submit()
          return Effect.sync(giveUp)
        })

      const reported = (post: RenderSource, outcome: Outcome): Effect.Effect<RenderedPost> => {
        if (outcome === "unavailable") {
          return log
            .warning("Rendering failed: a post is shown as plain text until it is rendered")
            .pipe(Effect.as(unrenderedPost(post, "pending")))
        }
        const rendered = unpacked(outcome, nextTurn)
        if (outcome.rendered.rendering.state !== "too_slow") return rendered
        return log
          .warning("Rendering takes too long: a post is shown as plain text", { limit_ms: limits.perPost })
          .pipe(Effect.zipRight(rendered))
      }

      const render = Effect.fn("Renderer.render")(function* (given: RenderSource) {
        const post = { ...given, language: yield* language }
        if (isNote(post.properties)) return renderedPost(post)
        const outcome = yield* inWorker(post)
        // This turn of the event loop has just copied the message of the thread.
        yield* nextTurn
        return yield* reported(post, outcome)
      })

      const renderAll = Effect.fn("Renderer.renderAll")(function* (given: ReadonlyArray<RenderSource>) {
        const spoken = yield* language
        const posts = given.map((post) => ({ ...post, language: spoken }))
        if (posts.length <= few) {
          return yield* Effect.forEach(posts, (post) => Effect.tap(render(post), Effect.yieldNow()), {
            concurrency: few
          })
        }
        const outcomes = yield* allInWorker(posts)
        const rendered: Array<RenderedPost> = []
        for (const [place, post] of posts.entries()) {
          const outcome = outcomes[place] ?? "unavailable"
          const isUsual =
            outcome !== "unavailable" && outcome.texts === undefined && outcome.rendered.rendering.state === "rendered"
          rendered.push(isUsual ? outcome.rendered : yield* reported(post, outcome))
        }
        return rendered
      })

      return { render, renderAll }
    })
  )

/** Renders as the server does: the thread's program is beside the bundle, and quotes are those of the site's language. */
export const layer: Layer.Layer<Renderer, never, Logger | Settings | SiteSettings> = Layer.unwrapEffect(
  Effect.map(siteLanguage, (language) => layerWith(bundled, productionLimits, language))
)
