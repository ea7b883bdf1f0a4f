import { Context, type Effect } from "effect"
import type { PageAnswers, PageQuestion } from "../domain/foreign/ForeignPage.js"

/** `too_slow`: the page took too long and must not be read again soon. `busy`: it was not read. */
export type PageOutcome<About extends keyof PageAnswers> =
  | { readonly state: "read"; readonly answer: PageAnswers[About] }
  | { readonly state: "too_slow" | "busy" }

/**
 * Parses pages of other sites without blocking the event loop, whatever is in them. Never fails, and takes seconds at most.
 */
export class PageParser extends Context.Tag("starpunk/PageParser")<
  PageParser,
  {
    readonly read: <About extends keyof PageAnswers>(
      question: Extract<PageQuestion, { readonly about: About }>
    ) => Effect.Effect<PageOutcome<About>>
  }
>() {}
