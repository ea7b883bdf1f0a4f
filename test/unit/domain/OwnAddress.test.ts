import { describe, expect, it } from "@effect/vitest"
import { FastCheck as fc } from "effect"
import { hostFree, hostsOf, withHost, withoutHost } from "../../../src/domain/posts/OwnAddress.js"

const own = hostsOf(["https://me.example", "http://localhost:8000"])

describe("O5: addresses of this site without a host", () => {
  it.each([
    ["https://me.example/media/1.jpg", "/media/1.jpg"],
    ["http://me.example/notes/a?b=c#d", "/notes/a?b=c#d"],
    ["https://ME.example:443/notes/a", "/notes/a"],
    ["http://localhost:8000/media/1.jpg", "/media/1.jpg"]
  ])("shortens %s", (given, expected) => expect(hostFree(given, own)).toBe(expected))

  it.each([
    "https://other.example/media/1.jpg",
    "https://me.example.evil.example/notes/a",
    "https://me.example@evil.example/notes/a",
    "http://localhost:8001/notes/a",
    "ftp://me.example/notes/a",
    // These would lead to another host.
    "https://me.example//evil.example/a",
    "https://me.example/\\evil.example/a",
    "https://me.example",
    "see https://me.example/notes/a"
  ])("keeps %s", (given) => expect(hostFree(given, own)).toBe(given))

  it("converts addresses wherever properties hold them, and back", () => {
    const given = {
      photo: [
        "https://me.example/media/1.jpg",
        { value: "https://me.example/media/2.jpg", alt: "A https://me.example/ sign" }
      ],
      "in-reply-to": [
        { type: ["h-cite"], properties: { url: ["https://me.example/notes/a"], name: ["https://me.example/notes/a"] } }
      ],
      "bookmark-of": ["https://other.example/x", "https://me.example/any/old/path.html"],
      "x-unknown": ["https://me.example/notes/b", "/usr/bin"],
      name: ["https://me.example/notes/a"],
      content: [
        {
          markdown:
            '![p](https://me.example/media/1.jpg) and [l](<https://me.example/notes/a>)\n\n[r]: https://me.example/notes/b\n<https://me.example/notes/c> says "https://me.example/notes/d"'
        }
      ]
    }
    const stored = withoutHost(given, own)
    expect(stored).toEqual({
      photo: ["/media/1.jpg", { value: "/media/2.jpg", alt: "A https://me.example/ sign" }],
      "in-reply-to": [{ type: ["h-cite"], properties: { url: ["/notes/a"], name: ["https://me.example/notes/a"] } }],
      "bookmark-of": ["https://other.example/x", "/any/old/path.html"],
      "x-unknown": ["/notes/b", "/usr/bin"],
      name: ["https://me.example/notes/a"],
      content: [
        {
          markdown:
            '![p](/media/1.jpg) and [l](</notes/a>)\n\n[r]: /notes/b\n<https://me.example/notes/c> says "https://me.example/notes/d"'
        }
      ]
    })
    expect(withHost(stored, "https://me.example")).toEqual(given)
    expect(withHost(stored, "https://new.example").photo).toEqual([
      "https://new.example/media/1.jpg",
      { value: "https://new.example/media/2.jpg", alt: "A https://me.example/ sign" }
    ])
  })

  it("converts sources and links in HTML content", () => {
    const html =
      "<a href=\"https://me.example/notes/a\"><img src='http://localhost:8000/media/1.jpg'></a> https://me.example/notes/b"
    expect(withoutHost({ content: [{ html }] }, own)).toEqual({
      content: [{ html: "<a href=\"/notes/a\"><img src='/media/1.jpg'></a> https://me.example/notes/b" }]
    })
  })

  it("never changes other addresses, and converts idempotently, in any text", () => {
    const part = fc.constantFrom(
      "https://me.example",
      "http://localhost:8000",
      "https://o.example",
      "/",
      "//",
      "\\",
      "](",
      "<",
      ">",
      ")",
      "media/1.jpg",
      "notes/a",
      " ",
      "\n",
      'src="',
      "[r]: ",
      "@",
      "#",
      "?"
    )
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }).map((parts) => parts.join("")),
        (text) => {
          const once = withoutHost({ photo: [text], content: [text] }, own)
          expect(withoutHost(once, own)).toEqual(once)
          const [photo] = once.photo ?? []
          if (photo !== text) {
            expect(new URL(String(photo), "https://me.example").host).toBe("me.example")
          }
        }
      )
    )
  })

  it("takes linear time", () => {
    for (const unit of ["](", "[a]: ", "src=", "https://", "](https://me.example", "[", "]( <"]) {
      const text = unit.repeat(200_000 / unit.length)
      expect(withoutHost({ content: [text] }, own).content).toHaveLength(1)
    }
  })
})
