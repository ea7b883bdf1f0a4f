import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { XMLParser, XMLValidator } from "fast-xml-parser"
import { attacks } from "../../fixtures/Attacks.js"
import { liveInFragment, liveInPage } from "../../fixtures/LiveMarkup.js"
import { client, micropubSite, pathOf, refusal, siteUrl } from "../../fixtures/MicropubSite.js"
import { isFull } from "../../fixtures/Runs.js"
import { ask } from "../../fixtures/TestServer.js"

const parser = new XMLParser({
  attributeNamePrefix: "@",
  ignoreAttributes: false,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => ["item", "entry"].includes(name)
})

interface FeedText {
  /** What readers render as HTML. */
  readonly html: string
  /** Where readers go. */
  readonly address: string
}

const textOf = (value: unknown): string =>
  typeof value === "object" && value !== null && "#text" in value ? String(value["#text"]) : String(value ?? "")

const isAlternate = (link: unknown): link is { readonly "@href": string } =>
  typeof link === "object" && link !== null && "@rel" in link && link["@rel"] === "alternate" && "@href" in link

const itemsOf = (path: string, body: string): ReadonlyArray<FeedText> => {
  if (path.endsWith(".json")) {
    return JSON.parse(body).items.map((item: { content_html: string; url: string }) => ({
      html: item.content_html,
      address: item.url
    }))
  }
  expect(XMLValidator.validate(body), path).toBe(true)
  const document = parser.parse(body)
  if (path.endsWith(".rss")) {
    return (document.rss.channel.item ?? []).map((item: Record<string, unknown>) => ({
      html: `${textOf(item.description)}${textOf(item["content:encoded"])}`,
      address: textOf(item.link)
    }))
  }
  return (document.feed.entry ?? []).map((entry: Record<string, unknown>) => ({
    html: textOf(entry.content),
    address: [entry.link].flat().flatMap((link) => (isAlternate(link) ? [link["@href"]] : []))[0] ?? ""
  }))
}

const photo = "https://a.example/x.jpg"
const elsewhere = "https://other.example/post"

const cite = (attack: string, url: string) => ({ type: ["h-cite"], properties: { url: [url], name: [attack] } })
const card = (attack: string) => ({
  type: ["h-card"],
  properties: { name: [attack], url: [attack], "street-address": [attack], photo: [attack] }
})

/** An attack in every place of a post that may hold any text, in posts of every kind. */
const posts = (attack: string) => [
  {
    content: [attack],
    category: ["smuggled", attack],
    name: [attack],
    summary: [attack],
    photo: [{ value: photo, alt: attack }],
    video: [{ value: photo, alt: attack }],
    audio: [{ value: `https://a.example/${encodeURIComponent(attack.replace(/\p{Surrogate}/gu, ""))}`, alt: attack }],
    "in-reply-to": [cite(attack, elsewhere)],
    rsvp: ["yes"]
  },
  {
    content: [{ html: attack, value: attack }],
    category: ["smuggled"],
    checkin: [card(attack)],
    "like-of": [cite(attack, elsewhere)],
    "repost-of": [cite(attack, elsewhere)],
    "bookmark-of": [{ value: elsewhere, type: ["h-cite"], properties: { url: [attack, elsewhere], name: [attack] } }],
    author: [card(attack)],
    location: [card(attack)],
    [attack.slice(0, 90)]: [attack],
    "x-foo": [card(attack)]
  },
  { content: [{ html: `<p>smuggled <span title="${attack}">${attack}</span></p>` }], category: ["smuggled"] }
]

const event = (attack: string, location: unknown) => ({
  name: [attack],
  start: ["2026-11-23T19:00+01:00"],
  location: [location],
  content: [attack],
  summary: [attack],
  category: ["smuggled"]
})

const addressed = ["photo", "video", "audio", "in-reply-to", "like-of", "repost-of", "bookmark-of"]

/** Every other property, with each form of a value; the next attack is in the others. */
const usualAddresses = (attack: string) => addressed.filter((_, index) => (index + attacks.indexOf(attack)) % 2 === 0)

/** An attack where only an address may stand: refused, or else harmless. */
const asAddress = (attack: string) =>
  (isFull ? addressed : usualAddresses(attack)).map((name, index) => {
    const values = [attack, { value: attack, alt: "x" }, { type: ["h-cite"], properties: { url: [attack] } }]
    return { content: ["smuggled"], category: ["smuggled"], [name]: [values[(index + attack.length) % values.length]] }
  })

const feeds = ["/feed.rss", "/feed.atom", "/feed.json", "/tag/smuggled/feed.rss", "/tag/smuggled/feed.atom"]
const pages = ["/tag/smuggled", "/search?q=smuggled", "/search?q=alert"]

const batches = Array.from({ length: Math.ceil(attacks.length / 12) }, (_, index) =>
  attacks.slice(index * 12, index * 12 + 12)
)

layer(micropubSite(), { excludeTestServices: true })("Smuggled script", (it) => {
  const nothingIsLive = Effect.gen(function* () {
    let path = "/"
    for (let page = 0; page < 3 && path !== ""; page += 1) {
      const { body } = yield* ask(path)
      expect(liveInPage(body, siteUrl), path).toEqual([])
      const next = /<a rel="next" href="([^"]+)"/.exec(body)?.[1] ?? ""
      path = next === "" ? "" : pathOf(next)
    }
    for (const each of pages) {
      const { body, status } = yield* ask(each)
      expect(status, each).toBe(200)
      expect(liveInPage(body, siteUrl), each).toEqual([])
    }
    for (const each of feeds) {
      const items = itemsOf(each, (yield* ask(each)).body)
      expect(items.length, each).toBeGreaterThan(0)
      for (const { address, html } of items) {
        expect(address.startsWith(`${siteUrl}/notes/`), address).toBe(true)
        expect(liveInFragment(html, siteUrl), html).toEqual([])
      }
    }
    for (const query of ["smuggled", "alert", "script"]) {
      const { results } = JSON.parse((yield* ask(`/api/search?q=${query}&limit=50`)).body)
      for (const { snippet } of results) expect(liveInFragment(snippet, siteUrl), snippet).toEqual([])
    }
  })

  it.effect.each(batches.map((batch, index) => [index, batch] as const))(
    "texts, batch %i: nothing is executable",
    ([_, batch]) =>
      Effect.gen(function* () {
        const { create } = yield* client()
        for (const attack of batch) {
          const urls = [
            ...(yield* Effect.forEach(posts(attack), (post) => create(post))),
            yield* create(event(attack, attack.length % 2 === 0 ? attack : card(attack)), "h-event")
          ]
          for (const url of urls) {
            const { body, status } = yield* ask(pathOf(url))
            expect(status).toBe(200)
            expect(liveInPage(body, url), `${attack}\n${body}`).toEqual([])
          }
        }
        yield* nothingIsLive
      })
  )

  it.effect.each(batches.map((batch, index) => [index, batch] as const))(
    "addresses, batch %i: refused with a reason, or harmless",
    ([_, batch]) =>
      Effect.gen(function* () {
        const { json } = yield* client()
        let refused = 0
        for (const attack of batch) {
          for (const properties of asAddress(attack)) {
            const answer = yield* json({ type: ["h-entry"], properties })
            if (answer.status === 201) {
              const url = answer.headers.get("location") ?? ""
              expect(liveInPage((yield* ask(pathOf(url))).body, url), attack).toEqual([])
            } else {
              expect(refusal(answer)).toMatchObject({ status: 400, error: "invalid_request" })
              refused += 1
            }
          }
        }
        expect(refused).toBeGreaterThan(batch.length * (isFull ? 4 : 2))
      })
  )

  it.effect("the check itself detects executable content", () =>
    Effect.sync(() => {
      expect(liveInFragment('<img src="x" onerror="a">', siteUrl)).toHaveLength(1)
      expect(liveInFragment('<a href="javascript:a">x</a><script>a</script>', siteUrl)).toHaveLength(2)
      expect(liveInFragment('<form action="https://evil.example/"></form>', siteUrl)).toHaveLength(1)
      expect(liveInPage("<article><svg onload=a></svg></article>", siteUrl)).toHaveLength(2)
      expect(liveInFragment('<p>Fine <a href="/x">x</a></p>', siteUrl)).toEqual([])
    })
  )
})
