import { describe, expect, it } from "@effect/vitest"
import { Effect, Option } from "effect"
import { blogServer } from "../fixtures/BlogServer.js"
import { post } from "../fixtures/SamplePost.js"

const texts = {
  ar: { siteName: "دفتر الصباح", siteDescription: "ملاحظات من الطريق", siteAuthor: "ليلى" },
  de: { siteName: "Notizbuch", siteDescription: "Von unterwegs", siteAuthor: "Lea" }
}

const siteIn = (language: keyof typeof texts) =>
  blogServer(
    [
      post({ id: 1, slug: "1", publishedAt: Date.UTC(2019, 4, 2), properties: { content: ["صباح الخير"] } }),
      post({
        id: 2,
        slug: "2",
        publishedAt: Date.UTC(2026, 1, 28),
        properties: { name: ["رحلة"], content: ["كلام كثير"], category: ["سفر"] }
      }),
      post({ id: 3, slug: "3", publishedAt: Date.UTC(2026, 10, 3), properties: { "like-of": ["https://1.2.3.4/5"] } })
    ],
    {
      siteLanguage: Option.some(language),
      siteName: Option.some(texts[language].siteName),
      siteDescription: Option.some(texts[language].siteDescription),
      siteAuthor: Option.some(texts[language].siteAuthor)
    }
  )

/** Words in Latin letters that a page shows outside of what it marks as English. */
const unmarkedEnglish = (html: string): ReadonlyArray<string> =>
  html
    .replace(/^[\s\S]*?<body/, "<body")
    .replace(/<span lang="en" dir="ltr">[\s\S]*?<\/span>/g, "")
    .replace(/<code>[\s\S]*?<\/code>/g, "")
    .replace(/<(svg|script|style)\b[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, "\n")
    // The name of a time zone in every language.
    .replaceAll("UTC", "")
    .match(/\p{Script=Latin}{2,}[^\n]*/gu) ?? []

const pages = [
  "/",
  "/archive",
  "/archive/2026",
  "/on-this-day/02-28",
  "/notes/1",
  "/notes/2",
  "/notes/3",
  "/likes",
  "/tag/سفر",
  "/notes/nothing-here",
  "/tag/%ff",
  "/?before=x"
]

describe("pages of a site in a language", () => {
  it.scopedLive("with a translation are in it", () =>
    Effect.gen(function* () {
      const { text } = yield* siteIn("de")
      const archive = yield* text("/archive")
      expect(archive).toContain('<html lang="de">')
      expect(archive).toContain("3 Beiträge seit Mai 2019")
      expect(archive).not.toMatch(/lang="en"|[\ufdd0\ufdd1]/)
      expect(yield* text("/")).toContain("Zum Inhalt springen")
      const missing = yield* text("/notes/nothing-here", { headers: { accept: "text/html" } })
      expect(missing).toContain("<h1>Seite nicht gefunden</h1>")
      expect(missing).toContain("<title>Seite nicht gefunden · Notizbuch</title>")
      expect(missing).not.toMatch(/lang="en"|[\ufdd0\ufdd1]/)
      const escape = yield* text("/tag/%ff", { headers: { accept: "text/html" } })
      expect(escape).toContain("<h1>Diese Adresse ist fehlerhaft</h1>")
      expect(escape).not.toMatch(/lang="en"|[\ufdd0\ufdd1]/)
      // The words of this failure depend on the request and are not translated.
      const malformed = yield* text("/?before=x", { headers: { accept: "text/html" } })
      expect(malformed).toContain('<h1><span lang="en" dir="ltr">The parameter <code>before</code>')
      expect(malformed).not.toMatch(/[\ufdd0\ufdd1]/)
    })
  )

  it.scopedLive(
    "without a translation mark what is English, and are written from right to left if the language is",
    () =>
      Effect.gen(function* () {
        const { text } = yield* siteIn("ar")
        for (const path of pages) {
          const html = yield* text(path, { headers: { accept: "text/html" } })
          expect(html).toContain('<html lang="ar" dir="rtl">')
          expect(html).not.toMatch(/[\ufdd0\ufdd1]/)
          expect([path, ...unmarkedEnglish(html)]).toEqual([path])
        }
        expect(yield* text("/archive")).toContain('<h1><span lang="en" dir="ltr">Archive</span></h1>')
        expect(yield* text("/feed.rss")).not.toMatch(/[\ufdd0\ufdd1]/)
      })
  )
})
