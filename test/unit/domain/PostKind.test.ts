import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import type { Properties } from "../../../src/domain/posts/Microformats.js"
import { kindOf, type PostKind } from "../../../src/domain/posts/PostKind.js"
import { renderingOf } from "../../../src/domain/posts/Rendering.js"

const kind = (properties: Properties, type = "h-entry") =>
  kindOf({ type, properties, rendering: renderingOf(properties) })

const elsewhere = "https://other.example/post"

describe("the kind of a post", () => {
  it.each<[PostKind, Properties]>([
    [
      "read",
      { "read-of": [{ type: ["h-cite"], properties: { name: ["A Book"] } }], photo: ["https://a.example/1.jpg"] }
    ],
    ["listen", { "listen-of": ["A song"] }],
    ["drink", { drank: ["Tea"], content: ["Hot"] }],
    ["checkin", { checkin: ["geo:1,2"], photo: ["https://a.example/1.jpg"] }],
    ["reply", { "in-reply-to": ["https://a.example/"], checkin: ["geo:1,2"] }],
    ["note", { content: ["Hello"] }],
    ["note", { content: ["Hello world, how are you"], name: ["Hello   world"] }],
    ["note", { content: [{ html: "<p>Hello <b>world</b></p>" }], name: ["Hello world"] }],
    ["note", { content: ["x"], name: [" "] }],
    ["note", { summary: ["Hello world"], name: ["Hello"] }],
    ["note", { video: ["https://cdn.example/film.mp4"] }],
    ["article", { content: ["Hello"], name: ["A title"] }],
    ["article", { name: ["A title"] }],
    ["reply", { content: ["Yes"], "in-reply-to": [elsewhere] }],
    ["reply", { "in-reply-to": [{ type: ["h-cite"], properties: { url: [elsewhere] } }] }],
    ["reply", { "in-reply-to": [elsewhere], rsvp: ["perhaps"] }],
    ["rsvp", { "in-reply-to": [elsewhere], rsvp: ["Yes"], "like-of": [elsewhere] }],
    ["like", { "like-of": [elsewhere], content: ["x"] }],
    ["repost", { "repost-of": [elsewhere], "like-of": [elsewhere] }],
    ["bookmark", { "bookmark-of": [{ value: elsewhere }], name: ["A title"], photo: ["/media/x.jpg"] }],
    ["photo", { photo: [{ value: "/media/x.jpg", alt: "X" }], name: ["A title"] }],
    ["note", { "like-of": ["javascript:alert(1)"], content: ["x"] }],
    ["note", { "in-reply-to": ["not an address"], photo: [""], content: ["x"] }]
  ])("%s: %j", (expected, properties) => {
    expect(kind(properties)).toBe(expected)
  })

  it("an event is recognised by its type", () => {
    expect(kind({ name: ["Party"], "in-reply-to": [elsewhere] }, "h-event")).toBe("event")
  })

  it.prop(
    "is always defined",
    [FastCheck.dictionary(FastCheck.string(), FastCheck.array(FastCheck.object()))],
    ([properties]) => {
      expect(typeof kind(properties as Properties)).toBe("string")
    }
  )
})
