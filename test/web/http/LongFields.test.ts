import { expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { storableText, withLineFeeds } from "../../../src/domain/posts/StorableText.js"
import { longField, normalizedFields } from "../../../src/web/editor/LongFields.js"

/** One, two, three and four bytes in UTF-8, and what normalization changes. */
const units = ["a", "é", "漢", "😀", "\r\n", "\0", "\ud800", "漢\r😀"]

it.effect("S2: long fields of a form are normalized as short ones are, and each copy of one has its own turn", () =>
  Effect.gen(function* () {
    for (const unit of units) {
      const whole = unit.repeat(300_000 / unit.length)
      // Received in pieces, as a form is.
      const text = Array.from({ length: 15 }, (_, place) => whole.slice(place * 20_000, (place + 1) * 20_000)).reduce(
        (before, piece) => before + piece
      )
      let turns = 0
      const fields = new Map([
        ["content", [text]],
        ["name", ["short\r\n", text]]
      ])
      const made = yield* normalizedFields(
        fields,
        Effect.sync(() => {
          turns += 1
        })
      )
      expect(made.get("content")).toEqual([withLineFeeds(storableText(text))])
      expect(made.get("name")).toEqual(["short\r\n", withLineFeeds(storableText(text))])
      // Before the field is copied, before its slices are joined, and after.
      expect(turns).toBe(2 * 3)
    }
  })
)

it.effect("S2: short fields take no turn", () =>
  Effect.gen(function* () {
    const fields = new Map([["content", ["漢".repeat(longField - 1)]]])
    const made = yield* normalizedFields(fields, Effect.dieMessage("a turn"))
    expect(made).toEqual(fields)
  })
)
