import { Effect, Layer } from "effect"
import { type PageAnswers, type PageQuestion, readPage } from "../../src/domain/foreign/ForeignPage.js"
import { type PageOutcome, PageParser } from "../../src/services/PageParser.js"

/** Parses in the calling thread without a time limit, for tests with known pages. */
export const layer: Layer.Layer<PageParser> = Layer.succeed(PageParser, {
  read: <About extends keyof PageAnswers>(question: Extract<PageQuestion, { readonly about: About }>) =>
    Effect.sync(
      (): PageOutcome<About> => ({
        state: "read",
        // The type checker cannot see that the answer belongs to this question.
        answer: readPage(question) as PageAnswers[About]
      })
    )
})
