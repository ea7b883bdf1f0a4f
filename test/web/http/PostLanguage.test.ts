import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { client, micropubSite, pathOf, visit } from "../../fixtures/MicropubSite.js"
import { ask } from "../../fixtures/TestServer.js"

layer(micropubSite())("a post in another language than the site's", (it) => {
  it.effect("is marked on its page, in lists and in feeds, and has its quotation marks", () =>
    Effect.gen(function* () {
      const { create, json, source } = yield* client()
      const url = yield* create({ content: [`Il dit "oui"`], lang: ["fr"], name: ["Un mot"] })
      yield* create({ content: [`He says "yes"`], lang: ["no language"] })
      const page = (yield* visit(url)).body
      expect(page).toContain('<html lang="en">')
      expect(page).toMatch(/<article class="post [^"]*h-entry" lang="fr">/)
      expect(page).toContain("Il dit «\u202Foui\u202F»")
      expect(page).toContain('"inLanguage":"fr"')
      const home = (yield* ask("/")).body
      expect(home.match(/<article[^>]* lang="[^"]*"/g)).toHaveLength(1)
      expect((yield* source(url)).properties.lang).toEqual(["fr"])

      const atom = (yield* ask("/feed.atom")).body
      expect(atom.match(/<entry xml:lang="fr">/g)).toHaveLength(1)
      expect(
        JSON.parse((yield* ask("/feed.json")).body).items.map((item: { language?: string }) => item.language)
      ).toEqual([undefined, "fr"])
      const rss = (yield* ask("/feed.rss")).body
      expect(rss).toContain('xmlns:dc="http://purl.org/dc/elements/1.1/"')
      expect(rss.match(/<dc:language>fr<\/dc:language>/g)).toHaveLength(1)

      yield* json({ action: "update", url, replace: { lang: ["de"] } })
      expect((yield* visit(url)).body).toContain("Il dit „oui“")
      yield* json({ action: "update", url, delete: ["lang"] })
      const [plain, feed] = [(yield* visit(url)).body, (yield* ask("/feed.rss")).body]
      expect(plain).not.toContain('lang="fr"')
      expect(feed).not.toContain("dc:language")
    })
  )

  it.effect("has a link at each heading of its own page, and nowhere else", () =>
    Effect.gen(function* () {
      const { create } = yield* client()
      const content =
        '## A "first" *heading* & more\n\nText.\n\n### \n\n## A "first" *heading* & more\n\n```\n# no heading\n```'
      const url = yield* create({ name: ["Headings"], content: [content] })
      const page = (yield* ask(pathOf(url))).body
      const links = [...page.matchAll(/<a class="anchor" href="([^"]*)" aria-label="([^"]*)"><\/a>/g)]
      expect(links.map(([, href, name]) => [href, name])).toEqual([
        ["#a-first-heading--more", "Link to “A &quot;first&quot; heading &amp; more”"],
        ["#a-first-heading--more-1", "Link to “A &quot;first&quot; heading &amp; more”"]
      ])
      expect(page).toContain('<h2 id="a-first-heading--more">')
      for (const path of ["/", "/feed.rss", "/feed.atom", "/feed.json", "/articles", "/search?q=first"]) {
        expect((yield* ask(path)).body, path).not.toContain('class=\\"anchor')
        expect((yield* ask(path)).body, path).not.toContain('class="anchor')
      }
    })
  )

  it.effect("names the links back from footnotes in pages, not in feeds", () =>
    Effect.gen(function* () {
      const { create } = yield* client()
      const url = yield* create({ content: ["A word.[^1] Another.[^1]\n\n[^1]: Its note."] })
      const page = (yield* ask(pathOf(url))).body
      expect(page.match(/class="footnote-backref" title="Back to the text">/g)).toHaveLength(2)
      expect(page).toContain('<a href="/notes" aria-current="true"')
      const feed = (yield* ask("/feed.atom")).body
      expect(feed).toContain("footnote-backref")
      expect(feed).not.toContain("Back to the text")
    })
  )
})
