import { Effect } from "effect"
import { storableText, withLineFeeds } from "../../domain/posts/StorableText.js"
import { slicesOf } from "../../domain/Slices.js"
import * as Body from "../http/Body.js"

/** Length of a field, in UTF-16 code units, from which on it is normalized in slices of this length. */
export const longField = 65_536

/** Normalizes text for storage. Browsers send line breaks as CR LF. */
export const normalized = (text: string): string => withLineFeeds(storableText(text))

/**
 * Normalizes the long fields of a form in slices, between which other fibers run. The first slice
 * copies the whole field, whose pieces were received one by one, and so does joining the slices: each has a turn of the
 * event loop, which `turn` begins.
 */
export const normalizedFields = Effect.fnUntraced(function* (
  fields: Body.FormFields,
  turn: Effect.Effect<void> = Body.breath
) {
  const made = new Map<string, ReadonlyArray<string>>()
  for (const [name, values] of fields) {
    const texts: Array<string> = []
    for (const text of values) {
      if (text.length < longField) texts.push(text)
      else {
        const slices: Array<string> = []
        yield* turn
        for (const slice of slicesOf(text, longField)) {
          slices.push(normalized(slice))
          yield* Effect.yieldNow()
        }
        yield* turn
        texts.push(slices.join(""))
        yield* turn
      }
    }
    made.set(name, texts)
  }
  return made
})
