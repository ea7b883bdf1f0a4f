import { describe, expect, it } from "@effect/vitest"
import { Either, FastCheck } from "effect"
import { sourceProperties } from "../../../src/domain/micropub/MicropubCreate.js"
import { decodeUpdate, updatedPost } from "../../../src/domain/micropub/MicropubUpdate.js"
import { limits, type Properties } from "../../../src/domain/posts/Microformats.js"
import type { NewPost, Post } from "../../../src/domain/posts/Post.js"
import { post as sample } from "../../fixtures/SamplePost.js"

const before = sample({
  properties: { content: ["Hello"], category: ["b", "a"], photo: [{ value: "https://a.example/x.jpg", alt: "X" }] }
})

const updated = (operations: { readonly [key: string]: unknown }, post: Post = before) =>
  Either.flatMap(decodeUpdate({ action: "update", url: "https://me.example/notes/post-1", ...operations }), (update) =>
    updatedPost(post, update)
  )

const changed = (operations: { readonly [key: string]: unknown }, post?: Post): NewPost =>
  Either.getOrThrow(updated(operations, post))

const properties = (operations: { readonly [key: string]: unknown }): Properties => changed(operations).properties

const refused = (operations: { readonly [key: string]: unknown }, post?: Post) => {
  const failure = Either.getOrThrow(Either.flip(updated(operations, post)))
  return failure._tag === "MicropubMalformed" ? failure.part : failure._tag
}

describe("an update", () => {
  it("replaces a property in its place, or adds it", () => {
    expect(properties({ replace: { content: ["New"], "x-new": [1, { a: [true] }] } })).toEqual({
      ...before.properties,
      content: ["New"],
      "x-new": [1, { a: [true] }]
    })
    expect(Object.keys(properties({ replace: { content: ["New"] } }))).toEqual(["content", "category", "photo"])
  })

  it("adds values after the existing ones, without duplicates", () => {
    expect(properties({ add: { category: ["c", "a", "c"] } }).category).toEqual(["b", "a", "c"])
    expect(properties({ add: { syndication: ["https://s.example/1"] } }).syndication).toEqual(["https://s.example/1"])
    expect(properties({ add: { photo: [{ alt: "X", value: "https://a.example/x.jpg" }] } }).photo).toHaveLength(1)
  })

  it("deletes values, objects by content, and the property with its last value", () => {
    expect(properties({ delete: { category: ["b"] } }).category).toEqual(["a"])
    expect(properties({ delete: { category: ["b", "a"] } })).not.toHaveProperty("category")
    expect(properties({ delete: { photo: [{ alt: "X", value: "https://a.example/x.jpg" }] } })).not.toHaveProperty(
      "photo"
    )
    expect(properties({ delete: { photo: [{ value: "https://a.example/x.jpg" }] } })).toHaveProperty("photo")
    expect(properties({ delete: { category: ["nothing"], other: ["x"] } })).toEqual(before.properties)
  })

  it("deletes properties by name", () => {
    expect(properties({ delete: ["category", "photo", "nothing", "constructor"] })).toEqual({ content: ["Hello"] })
  })

  it("applies replace, add and delete in this order", () => {
    expect(
      properties({ delete: { category: ["x"] }, add: { category: ["z"] }, replace: { category: ["x", "y"] } }).category
    ).toEqual(["y", "z"])
  })

  it("changes the fields that the site sets by itself", () => {
    expect(
      changed({ replace: { "post-status": ["draft"], visibility: ["unlisted"], "mp-slug": ["my slug"] } })
    ).toEqual({
      type: "h-entry",
      properties: before.properties,
      status: "draft",
      visibility: "unlisted",
      wishedSlug: "my slug"
    })
    expect(changed({ replace: { published: ["2026-11-23T19:00:00+01:00"] } }).publishedAt).toBe(
      Date.UTC(2026, 10, 23, 18)
    )
    expect(changed({ add: { published: ["2026-11-23"] } }).publishedAt).toBe(Date.UTC(2026, 10, 23))
    expect(changed({ delete: ["published"] })).not.toHaveProperty("publishedAt")
  })

  it("keeps draft and visibility unless they are named", () => {
    const hidden = sample({ ...before, status: "draft", visibility: "private" })
    expect(changed({ add: { category: ["c"] } }, hidden)).toMatchObject({ status: "draft", visibility: "private" })
  })

  it("has the same result when it is done twice", () => {
    const operations = { replace: { content: ["New"] }, add: { category: ["c"] }, delete: { category: ["b"] } }
    const once = properties(operations)
    expect(changed(operations, sample({ properties: once })).properties).toEqual(once)
  })

  it("may be empty, and ignores unknown commands", () => {
    expect(properties({ replace: {}, "mp-destination": "x" })).toEqual(before.properties)
  })

  it.each<[string, { readonly [key: string]: unknown }]>([
    ["replace, add, delete", {}],
    ["replace, add, delete", { "mp-slug": "x" }],
    ["replace", { replace: "text" }],
    ["replace", { replace: null }],
    ["replace", { replace: ["content"] }],
    ["replace", { replace: 5 }],
    ["replace.content", { replace: { content: "text" } }],
    ["replace.content", { replace: { content: { html: "x" } } }],
    ["replace.content", { replace: { content: null } }],
    ["replace.content", { replace: { content: [5] } }],
    ["replace.photo", { replace: { photo: ["javascript:alert(1)"] } }],
    ["replace.visibility", { replace: { visibility: [] } }],
    ["replace.mp-syndicate-to", { replace: { "mp-syndicate-to": ["x"] } }],
    ["replace", { replace: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`p${i}`, ["x"]])) }],
    ["replace.x", { replace: { x: Array(10_000).fill("x") } }],
    ["replace.x", { replace: { x: [JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`)] } }],
    ["add", { add: "text" }],
    ["add", { add: ["category"] }],
    ["add.category", { add: { category: "text" } }],
    ["add.category", { add: { category: [5] } }],
    ["add.post-status", { add: { "post-status": ["draft"] } }],
    ["add.visibility", { add: { visibility: ["private"] } }],
    ["add.mp-photo-alt", { add: { "mp-photo-alt": ["x"] } }],
    ["delete", { delete: "category" }],
    ["delete", { delete: 5 }],
    ["delete", { delete: null }],
    ["delete", { delete: [5] }],
    ["delete", { delete: [["category"]] }],
    ["delete", { delete: Array(10_000).fill("x") }],
    ["delete.category", { delete: { category: "text" } }],
    ["delete.mp-slug", { delete: ["mp-slug"] }],
    ["delete.mp-slug", { delete: { "mp-slug": ["x"] } }],
    ["delete.post-status", { delete: ["post-status"] }],
    ["delete.visibility", { delete: { visibility: ["public"] } }],
    ["remplace", { remplace: { content: ["x"] } }],
    ["properties", { replace: { content: ["x"] }, properties: {} }],
    ["properties", { delete: ["content", "photo"] }],
    ["properties.published", { replace: { published: ["yesterday"] } }],
    ["properties.visibility", { replace: { visibility: ["secret"] } }],
    ["properties.in-reply-to", { replace: { rsvp: ["yes"] } }]
  ])("is refused by naming %s: %#", (part, operations) => {
    expect(refused(operations)).toBe(part)
  })

  it("that would leave more than a post may hold is refused", () => {
    const many = (prefix: string) =>
      Object.fromEntries(Array.from({ length: limits.properties - 10 }, (_, i) => [`${prefix}${i}`, ["x"]]))
    expect(refused({ add: many("new") }, sample({ properties: { content: ["x"], ...many("old") } }))).toBe("properties")
    const values = (prefix: string) => Array.from({ length: limits.values - 10 }, (_, i) => `${prefix}${i}`)
    expect(
      refused({ add: { category: values("a") } }, sample({ properties: { content: ["x"], category: values("b") } }))
    ).toBe("properties.category")
  })

  it("of a deleted post is refused", () => {
    expect(refused({ replace: { content: ["x"] } }, sample({ deletedAt: 5 }))).toBe("PostDeleted")
  })

  it("is safe against names of JavaScript's own properties", () => {
    const operations = JSON.parse(
      '{"replace":{"__proto__":["x"],"constructor":["y"],"toString":[{"__proto__":{"a":1}}]}}'
    )
    expect(properties(operations)).toEqual({ ...before.properties, constructor: ["y"], toString: [{}] })
    expect({}).not.toHaveProperty("a")
  })

  it.prop(
    "of arbitrary JSON gives a post or a refusal, never a defect",
    [FastCheck.jsonValue(), FastCheck.constantFrom("replace", "add", "delete")],
    ([value, operation]) => {
      for (const operations of [{ [operation]: value }, { [operation]: { x: value } }, { [operation]: [value] }]) {
        expect(Either.isEither(updated(operations))).toBe(true)
      }
    }
  )

  it.prop(
    "that replaces everything by its source changes nothing",
    [FastCheck.dictionary(FastCheck.string(), FastCheck.array(FastCheck.jsonValue(), { maxLength: 3 }))],
    ([extra]) => {
      const made = updated({ replace: { ...extra, content: ["x"] } })
      if (Either.isLeft(made)) return
      const { wishedSlug: _, ...kept } = made.right
      const stored = sample({ ...kept })
      const { published: __, ...source } = sourceProperties(stored)
      expect(updated({ replace: source }, stored)).toEqual(Either.right(kept))
    }
  )
})
