import { Effect, Layer } from "effect"
import type { PageAnswers, PageQuestion } from "../../src/domain/foreign/ForeignPage.js"
import { Logger } from "../../src/services/Logger.js"
import { type PageOutcome, PageParser } from "../../src/services/PageParser.js"
import { type PageLimits, PageWorker } from "./PageWorker.js"

/** Limits for the server. An ordinary page takes some ten milliseconds. */
const productionLimits: PageLimits = { perPage: 3_000, toStart: 30_000, idle: 30_000, waiting: 32 }

/** The program of the thread. The bundled server is a script (`.cjs`), and so is its thread. */
const bundled = new URL(import.meta.url.endsWith(".cjs") ? "./pages.cjs" : "./pages.js", import.meta.url)

/** Parses pages in one worker thread, whose program is `file`. */
export const layerWith = (file: URL, limits: PageLimits = productionLimits): Layer.Layer<PageParser, never, Logger> =>
  Layer.scoped(
    PageParser,
    Effect.gen(function* () {
      const log = (yield* Logger).named("starpunk.pages")
      const worker = yield* Effect.acquireRelease(
        Effect.sync(() => new PageWorker(file, limits)),
        (running) => Effect.promise(() => running.close())
      )
      return {
        read: <About extends keyof PageAnswers>(question: Extract<PageQuestion, { readonly about: About }>) =>
          Effect.async<PageOutcome<About>>((resume) => {
            const giveUp = worker.read(question, (outcome) =>
              // The type checker cannot see that the outcome belongs to this question.
              resume(Effect.succeed(outcome as PageOutcome<About>))
            )
            return Effect.sync(giveUp)
          }).pipe(
            Effect.tap(({ state }) =>
              state === "read"
                ? Effect.void
                : log.warning("Page of another site not parsed", { url: question.url, reason: state })
            )
          )
      }
    })
  )

/** Parses as the server does: the thread's program is beside the bundle. */
export const layer: Layer.Layer<PageParser, never, Logger> = layerWith(bundled)
