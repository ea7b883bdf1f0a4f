import { describe, expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { client, created, micropubSite, refusal } from "../../fixtures/MicropubSite.js"

const photo = "https://cdn.example/a.jpg"

layer(micropubSite())((it) => {
  describe("C10: lenient input", () => {
    it.effect.each([
      ["a null description", { photo: [{ value: photo, alt: null }] }, { photo: [{ value: photo }] }],
      [
        "nulls among the values",
        { content: ["x", null], category: [null, "a"], name: null },
        { content: ["x"], category: ["a"] }
      ],
      [
        "a nested null",
        { content: ["x"], checkin: [{ type: ["h-card"], properties: { name: ["Home"], url: [null], tel: null } }] },
        { checkin: [{ properties: { name: ["Home"] } }] }
      ],
      [
        "single values",
        { content: "x", category: "a", published: "2026-01-02T03:04:05Z", photo },
        { content: ["x"], category: ["a"], photo: [photo] }
      ],
      [
        "a single object",
        { name: "An event", location: { type: ["h-card"], properties: { name: ["Here"] } } },
        { location: [{ type: ["h-card"] }] }
      ],
      [
        "a blank status",
        { content: ["x"], "post-status": [""], visibility: [" "] },
        { "post-status": ["published"], visibility: ["public"] }
      ],
      ["a status in other words", { content: ["x"], "post-status": ["Publish"] }, { "post-status": ["published"] }],
      [
        "blank texts",
        { content: ["x"], name: [""], summary: [" "], category: ["", "a"], "in-reply-to": [""], photo: [""] },
        { content: ["x"], category: ["a"] }
      ]
    ] as const)("%s", ([_, properties, expected]) =>
      Effect.gen(function* () {
        const { create, source } = yield* client()
        expect((yield* source(yield* create(properties))).properties).toMatchObject(expected)
      })
    )

    it.effect("`mp-slug` and `type` as plain texts", () =>
      Effect.gen(function* () {
        const { json } = yield* client()
        const url = created(yield* json({ type: "h-entry", properties: { content: "x", "mp-slug": "as-text" } }))
        expect(url).toMatch(/\/as-text$/)
      })
    )

    it.effect("updates with blanks, nulls and PHP's empty objects change what they name, and nothing else", () =>
      Effect.gen(function* () {
        const { create, json, source } = yield* client()
        const url = yield* create({
          content: ["x"],
          name: ["A name"],
          "post-status": ["draft"],
          visibility: ["private"]
        })
        const update = (body: object) =>
          Effect.map(json({ action: "update", url, ...body }), ({ status }) => expect(status).toBe(204))
        yield* update({ replace: { content: ["y"], "post-status": [""], visibility: [" ", null], name: [null] } })
        yield* update({ add: { category: ["a"], "post-status": [""] }, replace: [], delete: [] })
        yield* update({ add: [], replace: { photo: [{ value: photo, alt: null }] } })
        expect((yield* source(url)).properties).toMatchObject({
          content: ["y"],
          name: ["A name"],
          category: ["a"],
          photo: [{ value: photo }],
          "post-status": ["draft"],
          visibility: ["private"]
        })
        const emptied = refusal(yield* json({ action: "update", url, replace: { visibility: [] } }))
        expect(emptied.description).toContain("replace.visibility")
      })
    )

    it.effect("a limit above the maximum is the maximum; an invalid one is refused with the complete hint", () =>
      Effect.gen(function* () {
        const { query } = yield* client()
        for (const limit of ["101", "500", "99999999999"]) {
          expect((yield* query(`q=source&limit=${limit}`)).status).toBe(200)
        }
        expect(refusal(yield* query("q=source&limit=0")).description).toContain("a whole number from 1 to 100")
        expect(refusal(yield* query("q=source&post-status=nonsense")).description).toContain(
          "published, draft, scheduled"
        )
      })
    )

    it.effect("q=source is narrowed by status, visibility, tag and text", () =>
      Effect.gen(function* () {
        const { create, query } = yield* client()
        const draft = yield* create({ content: ["Narrow one"], "post-status": ["draft"], category: ["narrow"] })
        const secret = yield* create({ content: ["Narrow two"], visibility: ["private"], category: ["narrow"] })
        const open = yield* create({ content: ["Narrow three"], category: ["narrow"] })
        const later = yield* create({ content: ["Narrow four"], category: ["narrow"], published: ["2999-01-01"] })
        const found = (parameters: string) =>
          Effect.map(query(`q=source&category=narrow&${parameters}`), ({ body }) =>
            JSON.parse(body).items.map(({ properties }: { properties: { url: [string] } }) => properties.url[0])
          )
        expect(yield* found("post-status=draft")).toEqual([draft])
        expect(yield* found("post-status=published&visibility=public")).toEqual([open])
        expect(yield* found("post-status=scheduled")).toEqual([later])
        expect(yield* found("visibility=private")).toEqual([secret])
        expect(yield* found("filter=THREE")).toEqual([open])
        expect(yield* found("")).toHaveLength(4)
      })
    )

    it.effect("hints are complete, with the example at their end", () =>
      Effect.gen(function* () {
        const { json } = yield* client()
        const told = (properties: object) =>
          Effect.map(json({ type: ["h-event"], properties }), (answer) => refusal(answer).description)
        expect(yield* told({ name: ["x"], start: ["soon"] })).toMatch(/ISO 8601.*2026-11-23T19:00:00\+01:00$/)
        expect(yield* told({ name: ["x"], "like-of": ["nothing"] })).toMatch(/'url' is one$/)
        expect(yield* told({ name: ["x"], photo: ["data:x"] })).toMatch(/'alt': text\}$/)
        expect(yield* told({ name: ["x"], rsvp: ["perhaps"] })).toContain("interested")
        for (const hint of [yield* told({}), yield* told({ syndication: [photo] })]) expect(hint).not.toContain("...")
      })
    )
  })
})
