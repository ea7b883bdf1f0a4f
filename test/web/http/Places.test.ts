import { describe, expect, it, layer } from "@effect/vitest"
import { Effect } from "effect"
import { coordinatesText, readGeoUri } from "../../../src/domain/posts/GeoUri.js"
import { client, created, micropubSite, shown } from "../../fixtures/MicropubSite.js"
import { ask } from "../../fixtures/TestServer.js"

const venue = {
  type: ["h-card"],
  properties: {
    name: ["The Pub"],
    url: ["https://foursquare.com/v/1", "https://pub.example/"],
    "street-address": ["12 Any Street"],
    locality: ["Nuremberg"],
    region: ["BY"],
    "postal-code": ["90402"],
    "country-name": ["Germany"],
    latitude: [49.4521],
    longitude: [11.0767],
    tel: ["+49 911 1"]
  },
  value: "https://foursquare.com/v/1"
}

/** The same place as OwnYourSwarm sends it once more: everything but the venue. */
const address = {
  type: ["h-adr"],
  properties: Object.fromEntries(
    Object.entries(venue.properties).filter(([name]) => !["name", "url", "tel"].includes(name))
  )
}

layer(micropubSite())((it) => {
  describe("C9: places", () => {
    it.effect("a check-in by a `geo:` URI has its name, and its coordinates in the markup", () =>
      Effect.gen(function* () {
        const { form } = yield* client()
        const uri = "geo:51.5074,-0.1278;name=London%20Zoo;url=https%3A%2F%2Fzoo.example%2F"
        const url = created(yield* form(`h=entry&checkin=${encodeURIComponent(uri)}&category=zoo`))
        const { html, properties } = yield* shown(url)
        expect(properties.checkin).toMatchObject([
          {
            type: ["h-card"],
            properties: {
              name: ["London Zoo"],
              url: ["https://zoo.example/"],
              latitude: ["51.5074"],
              longitude: ["-0.1278"]
            }
          }
        ])
        expect(html).not.toContain("geo:")
        expect(html).toContain("<title>At London Zoo")
        const [item] = JSON.parse((yield* ask("/tag/zoo/feed.json")).body).items
        expect(item.title).toBe("At London Zoo")
        expect(JSON.stringify(item)).not.toContain("geo:")
      })
    )

    it.effect("a venue's parts have their own classes, without repeating its address", () =>
      Effect.gen(function* () {
        const { create } = yield* client()
        const url = yield* create({ content: ["Hello"], checkin: [venue], location: [address] })
        const { html, properties } = yield* shown(url)
        expect(properties.checkin).toEqual([
          {
            type: ["h-card"],
            properties: {
              name: ["The Pub"],
              url: ["https://foursquare.com/v/1"],
              "street-address": ["12 Any Street"],
              locality: ["Nuremberg"],
              region: ["BY"],
              "postal-code": ["90402"],
              "country-name": ["Germany"],
              latitude: ["49.4521"],
              longitude: ["11.0767"]
            },
            value: "https://foursquare.com/v/1"
          }
        ])
        expect(html.match(/12 Any Street/g)).toHaveLength(1)
      })
    )

    it.effect.each([
      ["plain text", ["Lisbon"], "Lisbon", "Lisbon"],
      [
        "a `geo:` URI",
        ["geo:48.2,16.37;u=35"],
        { type: ["h-geo"], properties: { latitude: ["48.2"], longitude: ["16.37"] } },
        "48.2, 16.37"
      ],
      [
        "an h-adr",
        [
          {
            type: ["h-adr"],
            properties: { locality: ["Graz"], "country-name": ["Austria"], latitude: ["47.07"], longitude: ["15.43"] }
          }
        ],
        {
          type: ["h-adr"],
          properties: { locality: ["Graz"], "country-name": ["Austria"], latitude: ["47.07"], longitude: ["15.43"] }
        },
        "Austria"
      ],
      [
        "an h-geo",
        [{ type: ["h-geo"], properties: { latitude: [1.5], longitude: [-2], altitude: [300] } }],
        { type: ["h-geo"], properties: { latitude: ["1.5"], longitude: ["-2"], altitude: ["300"] } },
        "1.5, -2"
      ],
      [
        "an h-card with a nested h-geo and h-adr",
        [
          {
            type: ["h-card"],
            properties: {
              name: ["Home"],
              geo: [{ type: ["h-geo"], properties: { latitude: [1], longitude: [2] } }],
              adr: [{ type: ["h-adr"], properties: { locality: ["Bern"] } }]
            }
          }
        ],
        { type: ["h-card"], properties: { name: ["Home"], locality: ["Bern"], latitude: ["1"], longitude: ["2"] } },
        "Bern"
      ],
      [
        "a page",
        ["https://pub.example/"],
        { type: ["h-card"], properties: { url: ["https://pub.example/"] } },
        "pub.example"
      ]
    ] as const)("a note's location is shown: %s", ([_, location, marked, words]) =>
      Effect.gen(function* () {
        const { create } = yield* client()
        const url = yield* create({ content: ["A note"], location })
        const { html, properties } = yield* shown(url)
        expect(properties.location).toMatchObject([marked])
        expect(properties).not.toHaveProperty("name")
        expect(html).toContain(words)
      })
    )

    it.effect("a place that its author hides is shown nowhere", () =>
      Effect.gen(function* () {
        const { create, source } = yield* client()
        const url = yield* create({
          content: ["From somewhere"],
          category: ["somewhere"],
          location: ["geo:51.5,-0.1"],
          checkin: ["My home"],
          "location-visibility": ["private"]
        })
        const pages = [
          (yield* shown(url)).html,
          (yield* ask("/tag/somewhere")).body,
          (yield* ask("/tag/somewhere/feed.json")).body
        ]
        for (const page of pages) {
          expect(page).not.toContain("51.5")
          expect(page).not.toContain("My home")
        }
        expect(JSON.parse((yield* ask("/api/search?q=%22my+home%22")).body).total).toBe(0)
        expect((yield* source(url)).properties.location).toEqual(["geo:51.5,-0.1"])
        const open = yield* create({ content: ["x"], location: ["Porto"], "location-visibility": ["public"] })
        expect((yield* shown(open)).html).toContain("Porto")
      })
    )

    it.effect("`checkin` is among the kinds of post that clients may edit", () =>
      Effect.gen(function* () {
        const { query } = yield* client()
        const kinds = JSON.parse((yield* query("q=config")).body)["post-types"]
        expect(kinds).toContainEqual(
          expect.objectContaining({
            type: "checkin",
            h: "entry",
            properties: expect.arrayContaining(["checkin", "content"])
          })
        )
      })
    )
  })
})

describe("a `geo:` URI (RFC 5870)", () => {
  it.each([
    ["geo:13.4125,103.8667", [13.4125, 103.8667, undefined]],
    ["GEO:48.2010,16.3695,183", [48.201, 16.3695, 183]],
    ["geo:90,-22.43;crs=WGS84", [90, -22.43, undefined]],
    ["geo:66,30;u=6.500;FOo=this%2dthat", [66, 30, undefined]],
    ["geo:-0.5,+1.5?z=11&q=x", [-0.5, 1.5, undefined]]
  ] as const)("%s is read", (text, [latitude, longitude, altitude]) => {
    expect(readGeoUri(text)?.coordinates).toEqual({ latitude, longitude, altitude })
  })

  it.each([
    "geo:323482,4306480;crs=EPSG:32618",
    "geo:91,0",
    "geo:0,181",
    "geo:1",
    "geo:1,2,3,4",
    "geo:a,b",
    "geo:1e5,2",
    "geo:,",
    "51.5,-0.1",
    `geo:${"1".repeat(1_000_000)},2`,
    `geo:1,2;${"a=b;".repeat(300_000)}`
  ])("%.40s is rejected", (text) => {
    expect(readGeoUri(text)).toBeUndefined()
  })

  it("reads what Indigenous sends: unescaped names and addresses", () => {
    const { coordinates, name, url } =
      readGeoUri("geo:1,2;name=Tom; Jerry & sons;url=https://pub.example/?a=b;c&d=e#f") ?? {}
    expect(coordinates).toMatchObject({ latitude: 1, longitude: 2 })
    expect([name, url]).toEqual(["Tom; Jerry & sons", "https://pub.example/?a=b;c&d=e#f"])
  })

  it("reads badly escaped names unchanged, and gives coordinates to a metre", () => {
    expect(readGeoUri("geo:1,2;name=100%;url=javascript:alert(1)")).toMatchObject({ name: "100%" })
    expect(coordinatesText({ latitude: 51.123456789, longitude: -0.1, altitude: undefined })).toBe("51.12346, -0.1")
  })
})
