import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { blogServer } from "../fixtures/BlogServer.js"
import { post } from "../fixtures/SamplePost.js"
import { browser } from "./Browser.js"
import { look } from "./Look.js"

const shades = ["#8fb3c7", "#c7a98f", "#9dc78f", "#b58fc7", "#c78f9d", "#5d7f92"]

/** The address of a picture, which the test answers. */
const picture = (number: number, width: number, height: number) =>
  `http://me.localhost/media/${String(number).padStart(32, "0")}-${width}x${height}.png`

const sizes = [
  [1600, 900],
  [900, 1200],
  [1200, 800],
  [1000, 1000],
  [1600, 640]
] as const

const titles = [
  "Minus three this morning and the flats smoke like a bakery",
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
  "وصلت اليوم رسالة من عمّتي في طنجة",
  "Rye, water, salt, patience 🍞"
]

const posts = Array.from({ length: 60 }, (_, index) => {
  const number = index + 1
  const publishedAt = Date.UTC(2026, 10, 28) - index * index * 86_400_000 * 0.4
  const text = titles[index % 4] ?? ""
  const [width, height] = sizes[Math.floor(index / 5) % 5] ?? sizes[0]
  const properties = [
    { content: [`${text}. ${text}`] },
    { name: [text], content: ["A long text about tides. ".repeat(40)], category: ["tides", "bread"] },
    { photo: [{ value: picture(number, width, height), alt: `Picture ${number}` }] },
    { "bookmark-of": [`https://other.example/${number}`], name: [text] },
    { "like-of": [`https://other.example/likes/${number}`] }
  ][index % 5]
  return post({ id: number, publishedAt, properties: properties ?? {} })
})

const about = post({
  id: 100,
  slug: "about",
  properties: {
    "post-type": ["page"],
    name: ["About me"],
    content: [
      "I walk the flats, bake rye and write small software.\n\n## Elsewhere\n\n- [Code](https://code.example/)\n- Letters"
    ]
  }
})

const pages = {
  archive: "/archive",
  year: "/archive/2026",
  month: "/archive/2026/11",
  photos: "/photos",
  articles: "/articles",
  links: "/links",
  "on-this-day": "/on-this-day/11-28",
  "no-posts-on-this-day": "/on-this-day/02-29",
  feed: "/feed",
  about: "/about",
  "between-others": "/notes/post-12"
}

describe("the pages of structure", () => {
  it.scopedLive(
    "fit every screen, are accessible in both schemes, and make the browser complain of nothing",
    () =>
      Effect.gen(function* () {
        const { base } = yield* blogServer([...posts, about], { siteUrl: "http://me.localhost" })
        const context = yield* browser(new URL(base).host)
        const page = yield* Effect.promise(() => context.newPage())
        const complaints: Array<string> = []
        page.on("console", (message) => complaints.push(message.text()))
        yield* Effect.promise(async () => {
          await page.route("**/media/*", (route) => {
            const number = Number(/(\d+)-/.exec(route.request().url())?.[1] ?? 0)
            const fill = shades[number % shades.length] ?? ""
            const body = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"><rect width="16" height="9" fill="${fill}"/></svg>`
            return route.fulfill({ contentType: "image/svg+xml", body })
          })
          for (const [name, path] of Object.entries(pages)) {
            await page.goto(`http://me.localhost${path}`)
            await look(page, name)
          }
        })
        expect(complaints).toEqual([])
      }),
    300_000
  )
})
