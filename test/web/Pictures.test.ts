import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { XMLParser } from "fast-xml-parser"
import { mf2 } from "microformats-parser"
import { parseFileName, parseMediaPath, variantsOf } from "../../src/domain/media/Media.js"
import { blogServer } from "../fixtures/BlogServer.js"
import { post } from "../fixtures/SamplePost.js"

const site = "https://me.example"
const id = "0123456789abcdef".repeat(2)
const wide = `${site}/media/${id}-1600x1200.jpg`
const tall = `${site}/media/${id}-300x900.png`
const moving = `${site}/media/${id}-1600x1200.gif`
const film = `${site}/media/${id}.mp4`
const recording = `${site}/media/${id}.mp3`
const elsewhere = "https://other.example/media/a.jpg"

const withPhotos = (number: number, ...photo: ReadonlyArray<string | { value: string; alt: string }>) =>
  post({ id: number, properties: { content: ["Look"], photo }, publishedAt: Date.UTC(2026, 2, 1) - number })

const imagesOf = (html: string) => [...html.matchAll(/<img [^>]*>/g)].map(([tag]) => tag)

describe("pictures on pages", () => {
  it.scopedLive("of this site have their size and smaller renderings, and link to themselves", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([
        withPhotos(1, { value: wide, alt: "A fence" }),
        withPhotos(2, tall),
        withPhotos(3, moving)
      ])
      const html = yield* text("/notes/post-1")
      const [image = ""] = imagesOf(html)
      expect(image).toContain(`src="${wide}" alt="A fence" width="1600" height="1200"`)
      expect(image).toContain(
        `srcset="${site}/media/${id}-320x240.webp 320w, ${site}/media/${id}-640x480.webp 640w, ${site}/media/${id}-1280x960.webp 1280w, ${wide} 1600w"`
      )
      expect(image).toContain('sizes="(min-width: 48rem) min(45rem, 1600px), 100vw"')
      expect(html).toContain(`<a href="${wide}"><img`)
      const [small = ""] = imagesOf(yield* text("/notes/post-2"))
      expect(small).toContain('width="300" height="900"')
      expect(small).not.toContain("srcset")
      const [gif = ""] = imagesOf(yield* text("/notes/post-3"))
      expect(gif).toContain('width="1600" height="1200"')
      expect(gif).not.toContain("srcset")
    })
  )

  it.scopedLive("of other sites are shown unchanged", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([
        withPhotos(1, elsewhere),
        withPhotos(2, `${site}.evil.example/media/${id}-9x9.jpg`)
      ])
      for (const slug of ["post-1", "post-2"]) {
        const [image = ""] = imagesOf(yield* text(`/notes/${slug}`))
        expect(image).toContain('class="u-photo"')
        expect(image).not.toMatch(/width=|srcset=/)
      }
    })
  )

  it.scopedLive("are found by parsers, with their descriptions", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([withPhotos(1, { value: wide, alt: "A fence" }, elsewhere)])
      const html = yield* text("/notes/post-1")
      const [entry] = mf2(html, { baseUrl: `${site}/notes/post-1` }).items
      expect(entry?.properties.photo).toMatchObject([{ value: wide, alt: "A fence" }, expect.anything()])
      expect(entry?.properties.url).toEqual([`${site}/notes/post-1`])
      // A link needs a name, even where nobody said what the picture shows.
      expect(html).toContain(`<a href="${elsewhere}" aria-label="Full-size picture">`)
      expect(html).toContain('<div class="gallery">')
    })
  )

  it.scopedLive("load lazily, except the first of a page", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([withPhotos(1, wide, tall), withPhotos(2, wide)])
      const lazy = imagesOf(yield* text("/")).map((image) => image.includes('loading="lazy"'))
      expect(lazy).toEqual([false, true, true])
      expect(imagesOf(yield* text("/notes/post-1")).map((image) => image.includes('loading="lazy"'))).toEqual([
        false,
        true
      ])
    })
  )

  it.scopedLive("videos and recordings have players with names", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([
        post({ properties: { content: ["Hear"], video: [film], audio: [{ value: recording, alt: "Rain" }] } })
      ])
      const html = yield* text("/notes/post-1")
      expect(html).toMatch(
        new RegExp(`<video class="u-video" src="${film}" aria-label="Video" controls preload="metadata">`)
      )
      expect(html).toMatch(new RegExp(`<audio class="u-audio" src="${recording}" aria-label="Rain" controls`))
    })
  )

  it.scopedLive("are in every feed, with absolute addresses", () =>
    Effect.gen(function* () {
      const { text } = yield* blogServer([
        post({
          properties: { content: ["Look"], photo: [{ value: wide, alt: "A fence" }], video: [film], audio: [elsewhere] }
        })
      ])
      const parse = (xml: string) => new XMLParser({ ignoreAttributes: false }).parse(xml)
      const json = JSON.parse(yield* text("/feed.json")).items[0]
      const contents = [
        parse(yield* text("/feed.rss")).rss.channel.item.description,
        parse(yield* text("/feed.atom")).feed.entry.content["#text"],
        json.content_html
      ]
      for (const content of contents) {
        expect(content).toContain(`src="${wide}"`)
        expect(content).toContain('alt="A fence"')
        expect(content).toContain(`${site}/media/${id}-640x480.webp 640w`)
        expect(content).not.toMatch(/(?:src|href)="\//)
      }
      expect(json.image).toBe(wide)
      expect(json.attachments).toEqual([{ url: film, mime_type: "video/mp4" }])
    })
  )
})

describe("names of files", () => {
  it.each([
    "",
    "a.jpg",
    `${id}.jpg`,
    `${id}-1x1.mp4`,
    `${id}-0x1.jpg`,
    `${id}-1x100000.jpg`,
    `${id}-01x1.jpg`,
    `${id}-1x1.svg`,
    `${id}-1x1.jpg.html`,
    `${id}-1x1.jpg\n`,
    `${id.toUpperCase()}-1x1.jpg`,
    `../${id}-1x1.jpg`
  ])("%j is none", (name) => {
    expect(parseFileName(name)).toBeUndefined()
    expect(parseMediaPath(`/media/${name}`)).toBeUndefined()
  })

  it("list what there is beside the file", () => {
    const widths = (path: string) => {
      const name = parseMediaPath(path)
      return name === undefined ? [] : variantsOf(name).map(({ height, width }) => `${width}x${height}`)
    }
    expect(widths(`/media/${id}-4096x2.webp`)).toEqual(["320x1", "640x1", "1280x1"])
    expect(widths(`/media/${id}-640x640.avif`)).toEqual(["320x320"])
    expect(widths(`/media/${id}.mp4`)).toEqual([])
  })
})
