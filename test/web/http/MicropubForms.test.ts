import { describe, expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { client, created, micropubSite, refusal, shown } from "../../fixtures/MicropubSite.js"

const picture = () => new File(["a picture"], "x.jpg", { type: "image/jpeg" })
const film = () => new File(["a film"], "x.mp4", { type: "video/mp4" })
const recording = () => new File(["a recording"], "x.mp3", { type: "audio/mpeg" })

/** A form of fields and files in this order. */
const formOf = (...parts: ReadonlyArray<readonly [string, string | File]>) => {
  const form = new FormData()
  for (const [name, value] of parts) form.append(name, value)
  return form
}

const alts = (values: ReadonlyArray<unknown> | undefined) =>
  (values ?? []).map((value) => (typeof value === "object" && value !== null && "alt" in value ? value.alt : undefined))

const a = "https://cdn.example/a.jpg"
const b = "https://cdn.example/b.jpg"
const m = "https://cdn.example/m.mp4"

layer(micropubSite(), { excludeTestServices: true })((it) => {
  describe("C6: descriptions belong to the value at the same position of their own list", () => {
    it.effect.each([
      {
        title: "films among photos keep the count",
        parts: () =>
          [
            ["photo[]", film()],
            ["photo[]", picture()],
            ["mp-photo-alt[]", "A film"],
            ["mp-photo-alt[]", "A gradient"]
          ] as const,
        expected: { photo: ["A gradient"], video: ["A film"], audio: [] }
      },
      {
        title: "a film under `photo[0][alt]`",
        parts: () =>
          [
            ["photo[0]", film()],
            ["photo[0][alt]", "A film"]
          ] as const,
        expected: { photo: [], video: ["A film"], audio: [] }
      },
      {
        title: "`mp-video-alt` and `mp-audio-alt` count films and recordings",
        parts: () =>
          [
            ["mp-video-alt[]", "First"],
            ["mp-video-alt[]", "Second"],
            ["mp-audio-alt", "Birds"],
            ["video[]", film()],
            ["photo", picture()],
            ["audio", recording()],
            ["video[]", film()]
          ] as const,
        expected: { photo: [undefined], video: ["First", "Second"], audio: ["Birds"] }
      },
      {
        title: "a picture among films keeps their count",
        parts: () =>
          [
            ["video[]", picture()],
            ["video[]", film()],
            ["mp-video-alt[]", "A picture"],
            ["mp-video-alt[]", "A film"]
          ] as const,
        expected: { photo: ["A picture"], video: ["A film"], audio: [] }
      },
      {
        title: "addresses and files are one list, as they were sent",
        parts: () =>
          [
            ["content", "x"],
            ["photo[]", picture()],
            ["photo[]", a],
            ["photo[]", picture()],
            ["mp-photo-alt[]", "1"],
            ["mp-photo-alt[]", "2"],
            ["mp-photo-alt[]", "3"]
          ] as const,
        expected: { photo: ["1", "2", "3"], video: [], audio: [] }
      },
      {
        title: "blank descriptions hold their places",
        parts: () =>
          [
            ["photo[]", picture()],
            ["photo[]", picture()],
            ["mp-photo-alt[]", ""],
            ["mp-photo-alt[]", "Two"]
          ] as const,
        expected: { photo: [undefined, "Two"], video: [], audio: [] }
      },
      {
        title: "`photo[value]` beside `photo[alt]` (Quill)",
        parts: () =>
          [
            ["photo[value]", a],
            ["photo[alt]", "One"]
          ] as const,
        expected: { photo: ["One"], video: [], audio: [] }
      },
      {
        title: "a description without a place describes the first",
        parts: () =>
          [
            ["photo", picture()],
            ["photo[alt]", "One"]
          ] as const,
        expected: { photo: ["One"], video: [], audio: [] }
      }
    ])("$title", ({ expected, parts }) =>
      Effect.gen(function* () {
        const { multipart, source } = yield* client()
        const url = created(yield* multipart(formOf(...parts())))
        const { properties } = yield* source(url)
        const found = { photo: alts(properties.photo), video: alts(properties.video), audio: alts(properties.audio) }
        expect(found).toEqual(expected)
        const page = (yield* shown(url)).html
        for (const alt of Object.values(expected).flat()) if (alt !== undefined) expect(page).toContain(`"${alt}"`)
      })
    )

    it.effect("in JSON as well, where blanks and single values count too", () =>
      Effect.gen(function* () {
        const { create, source } = yield* client()
        const url = yield* create({
          photo: ["", a, b],
          "mp-photo-alt": ["none", "A", null],
          video: m,
          "mp-video-alt": "M",
          audio: [{ value: m, alt: "own" }],
          "mp-audio-alt": ["other"]
        })
        expect((yield* source(url)).properties).toMatchObject({
          photo: [{ value: a, alt: "A" }, b],
          video: [{ value: m, alt: "M" }],
          audio: [{ value: m, alt: "own" }]
        })
      })
    )
  })

  describe("C7: no part of a form is lost", () => {
    it.effect.each<readonly [body: string, expected: object]>([
      [
        "photo[][value]=A&photo[][alt]=a&photo[][value]=B&photo[][alt]=b",
        {
          photo: [
            { value: "A", alt: "a" },
            { value: "B", alt: "b" }
          ]
        }
      ],
      ["photo[][value]=A&photo[][value]=B", { photo: [{ value: "A" }, { value: "B" }] }],
      ["photo[value]=A&photo[alt]=a&photo[value]=B", { photo: [{ value: "A", alt: "a" }, { value: "B" }] }],
      [
        "properties[photo][0][value]=A&properties[photo][0][alt]=a&properties[photo][1]=B",
        { photo: [{ value: "A", alt: "a" }, "B"] }
      ],
      [
        "type[]=h-entry&properties[content][]=Hi&properties[category][]=x&properties[category][]=y",
        { content: ["Hi"], category: ["x", "y"] }
      ],
      [
        "checkin[type][]=h-card&checkin[properties][name][]=Home&checkin[properties][latitude][]=1&checkin[properties][longitude][]=2",
        { checkin: [{ type: ["h-card"], properties: { name: ["Home"], latitude: ["1"], longitude: ["2"] } }] }
      ],
      [
        "content=x&category[][type][]=h-card&category[][properties][url][]=U&category[][properties][url][]=V&category[][properties][name][]=Sam&category[][type][]=h-card&category[][properties][name][]=Kim&category[]=tag",
        {
          category: [
            { type: ["h-card"], properties: { url: ["U", "V"], name: ["Sam"] } },
            { type: ["h-card"], properties: { name: ["Kim"] } },
            "tag"
          ]
        }
      ],
      [
        "content=x&a[b][c][d]=1&a[b][c][d]=2&a[b][e][]=3",
        { a: [{ b: { c: { d: "1" } } }, { b: { c: { d: "2" }, e: ["3"] } }] }
      ],
      ["content=x&a[3]=three&a[1]=one&a[]=more", { a: ["three", "one", "more"] }],
      ["content=x&a[b=1&c]d=2&e[f][=3", { "a[b": ["1"], "c]d": ["2"], "e[f][": ["3"] }],
      ["content[html]=%3Cb%3EHi%3C/b%3E&content[value]=Hi", { content: [{ html: "<b>Hi</b>", value: "Hi" }] }]
    ])("%s", ([body, expected]) =>
      Effect.gen(function* () {
        const { form, source } = yield* client()
        const [A, B] = ["https://cdn.example/A.jpg", "https://cdn.example/B.jpg"]
        const filled = (text: string) =>
          text.replaceAll(/(?<==|")A(?=&|$|")/g, A ?? "").replaceAll(/(?<==|")B(?=&|$|")/g, B ?? "")
        const url = created(yield* form(filled(body)))
        const { properties } = yield* source(url)
        expect(properties).toMatchObject(JSON.parse(filled(JSON.stringify(expected))))
      })
    )

    it.effect("names of too many brackets are refused by name, and megabytes of them are read in linear time", () =>
      Effect.gen(function* () {
        const { form } = yield* client()
        const deep = refusal(yield* form(`content=x&a${"[b]".repeat(30)}=1`))
        expect(deep).toMatchObject({ status: 400, code: "micropub.malformed" })
        expect(deep.description).toContain("brackets")
        expect((yield* form(`content=x&${"a[][b]=1&".repeat(900)}`)).status).toBe(400)
        expect((yield* form(`content=x&a${"[]".repeat(400_000)}=1`)).status).toBe(400)
        const many = Array.from({ length: 900 }, (_, index) => `p[${index}]${"[a]".repeat(9)}=1`).join("&")
        expect(refusal(yield* form(`content=x&${many}`)).description).toContain("at most 5000 brackets in all")
      })
    )

    it.effect("the property `url` of JSON is kept, and shown where it is an event's own page", () =>
      Effect.gen(function* () {
        const { create, json, source } = yield* client()
        const tickets = "https://tickets.example/42"
        const event = yield* create(
          { name: ["A concert"], start: ["2026-12-01T20:00:00+01:00"], url: [tickets] },
          "h-event"
        )
        expect((yield* source(event)).properties.url).toEqual([tickets])
        const page = yield* shown(event)
        expect(page.html).toContain(`href="${tickets}"`)
        expect(page.properties.url?.[0]).toBe(event)
        expect((yield* json({ action: "update", url: event, replace: { name: ["A late concert"] } })).status).toBe(204)
        expect((yield* source(event)).properties.url).toEqual([tickets])
        const entry = yield* create({
          content: ["Moved"],
          url: ["https://old.example/1"],
          h: ["x"],
          q: ["y"],
          action: ["z"]
        })
        expect((yield* source(entry)).properties).toMatchObject({
          url: ["https://old.example/1"],
          h: ["x"],
          q: ["y"],
          action: ["z"]
        })
        expect((yield* shown(entry)).html).not.toContain("old.example")
      })
    )

    it.effect("a token among the properties is never stored", () =>
      Effect.gen(function* () {
        const { create, source } = yield* client()
        const url = yield* create({ content: ["x"], access_token: ["secret"] })
        expect(JSON.stringify(yield* source(url))).not.toContain("secret")
      })
    )
  })
})
