import { Context, type Effect } from "effect"
import type { CitedPage } from "../domain/posts/CitedPage.js"

/**
 * Outcome of reading a page of another site. `unavailable`: it may be read later; `nothing`: it says nothing about
 * itself, or must not be read.
 */
export type PageReading =
  | { readonly state: "read"; readonly page: CitedPage }
  | { readonly state: "unavailable" | "nothing" }

/** Reads what pages of other sites say about themselves, through `SafeHttp`. Never fails. */
export class PageReader extends Context.Tag("starpunk/PageReader")<
  PageReader,
  { readonly read: (address: string) => Effect.Effect<PageReading> }
>() {}
