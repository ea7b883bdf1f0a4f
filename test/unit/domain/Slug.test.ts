import { describe, expect, it } from "@effect/vitest"
import { Effect, FastCheck, Schema } from "effect"
import { slugOfWords, suggestedSlug } from "../../../src/domain/posts/Post.js"
import { plainRendering, renderingOf } from "../../../src/domain/posts/Rendering.js"
import {
  firstFreeSlug,
  isReservedSlug,
  numberedSlug,
  Slug,
  slugFromText,
  slugFromWish
} from "../../../src/domain/posts/Slug.js"

const isSlug = Schema.is(Slug)

describe("a slug that is suggested for a post", () => {
  const properties = { content: ["<!-- a note --> The *first* words of it, and more"] }

  it("is made of the rendered text, and of the beginning of the source until it is rendered", () => {
    const rendered = { ...renderingOf(properties), text: "Rendered elsewhere" }
    expect(slugOfWords({ properties }, rendered)).toBe("rendered-elsewhere")
    expect(slugOfWords({ properties }, plainRendering(properties, "pending"))).toBe("the-first-words-of-it")
  })

  it.prop(
    "is the same before and after rendering",
    [FastCheck.stringMatching(/^[a-z <>*!.[\]\n-]{0,200}$/)],
    ([text]) => {
      const properties = { content: [text] }
      expect(slugOfWords({ properties }, renderingOf(properties))).toBe(slugOfWords({ properties }))
    }
  )
})

describe("a slug from a post's text", () => {
  it.each([
    ["Hello, World!", "hello-world"],
    ["one two three four five six", "one-two-three-four-five"],
    ["— It's   a\n\nnew *day* today, friends", "its-a-new-day-today"],
    ["Straße café naïve", "strasse-cafe-naive"],
    ["日本語だけ", undefined],
    ["", undefined],
    ["../../etc/passwd", "etc-passwd"]
  ])("%j becomes %s", (text, slug) => {
    expect(slugFromText(text)).toBe(slug)
  })

  it("is made of the author's time if there are no words", () => {
    const properties = { content: ["日本語だけ"] }
    expect(suggestedSlug({ properties }, Date.UTC(2026, 10, 23, 9, 5, 7))).toBe("20261123-090507")
  })

  it.prop("is always a slug of at most 100 characters", [FastCheck.fullUnicodeString({ maxLength: 500 })], ([text]) => {
    const slug = suggestedSlug({ properties: { content: [text] } }, 0)
    expect(isSlug(slug)).toBe(true)
    expect(slug.length).toBeLessThanOrEqual(100)
  })
})

describe("a requested slug", () => {
  it.each([
    ["My-Post", "my-post"],
    ["2026/11/hello", "2026-11-hello"],
    ["x\r\nSet-Cookie: a=b", "x-set-cookie-a-b"],
    ["--a--b--", "a-b"],
    ["%2e%2e%2f", "2e-2e-2f"],
    ["...", undefined],
    ["日本", undefined]
  ])("%j becomes %s", (wish, slug) => {
    expect(slugFromWish(wish)).toBe(slug)
  })

  it.prop("never fails, and is idempotent", [FastCheck.fullUnicodeString()], ([wish]) => {
    const slug = slugFromWish(wish)
    if (slug === undefined) return
    expect(isSlug(slug)).toBe(true)
    expect(slugFromWish(slug)).toBe(slug)
  })
})

describe("the first free slug", () => {
  const firstFreeAmong = (slug: string, taken: ReadonlySet<string>) =>
    Effect.runSync(firstFreeSlug(Slug.make(slug), (candidate) => Effect.succeed(taken.has(candidate))))

  it("counts up from 2", () => {
    expect(firstFreeAmong("note", new Set())).toBe("note")
    expect(firstFreeAmong("note", new Set(["note"]))).toBe("note-2")
    expect(firstFreeAmong("note", new Set(["note", "note-2", "note-3"]))).toBe("note-4")
  })

  it.each(["admin", "search", "feed", "micropub"])("never is the reserved word %s", (word) => {
    expect(isReservedSlug(Slug.make(word))).toBe(true)
    expect(firstFreeAmong(word, new Set())).toBe(`${word}-2`)
  })

  it("needs few queries when thousands have the name", () => {
    const name = Slug.make("note")
    const taken = new Set(Array.from({ length: 10_000 }, (_, index) => numberedSlug(name, index + 1)))
    let questions = 0
    const slug = Effect.runSync(
      firstFreeSlug(name, (candidate) =>
        Effect.sync(() => {
          questions += 1
          return taken.has(candidate)
        })
      )
    )
    expect(slug).toBe("note-10001")
    expect(questions).toBeLessThan(40)
  })

  it.prop(
    "is free whatever is taken, and never too long",
    [FastCheck.uniqueArray(FastCheck.integer({ min: 1, max: 40 })), FastCheck.integer({ min: 1, max: 200 })],
    ([numbers, length]) => {
      const name = Slug.make("a".repeat(length))
      const taken = new Set<string>(numbers.map((number) => numberedSlug(name, number)))
      const slug = firstFreeAmong(name, taken)
      expect(isSlug(slug)).toBe(true)
      expect(taken.has(slug)).toBe(false)
    }
  )
})
