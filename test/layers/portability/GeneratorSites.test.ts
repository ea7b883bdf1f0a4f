import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { heldBack, notPublic, publicSlugs, withSite } from "./ImportedSite.js"
import { astro } from "./sites/Astro.js"
import { eleventy } from "./sites/Eleventy.js"
import { folder } from "./sites/Folder.js"
import { hexo } from "./sites/Hexo.js"
import { hugo } from "./sites/Hugo.js"
import { jekyll } from "./sites/Jekyll.js"
import { obsidian, quartz } from "./sites/Vaults.js"
import { wordpress } from "./sites/WordPress.js"
import { zola } from "./sites/Zola.js"

describe("O2: a site of Jekyll", () => {
  it.live("shows what Jekyll shows, and nothing else", () =>
    withSite(jekyll, ({ bring, posts }) =>
      Effect.gen(function* () {
        const report = yield* bring()
        expect(report).toMatchObject({ generator: "jekyll", configuredBy: "_config.yml", broken: 0 })
        const there = yield* posts
        expect(publicSlugs(there)).toEqual([
          "hello-there",
          "late",
          "later",
          "own-address",
          "short-date",
          "soup",
          "to-the-sea"
        ])
        expect(report.posts).toMatchObject({ stored: 13, drafts: 4, unlisted: 2, scheduled: 1 })
        expect(notPublic(report)).toEqual({
          "_posts/2016-01-09-unpublished.md": "draft: published: false",
          "_posts/2016-01-10-hidden.md": "unlisted: hidden: true",
          "_posts/hidden/2016-01-11-by-default.md": "draft: published: false",
          "_drafts/an-idea.md": "draft: folder _drafts",
          "_drafts/dated.md": "draft: folder _drafts",
          "now.md": "unlisted: a separate page that is not in the list of posts"
        })
        expect(heldBack(report)).toEqual({
          "_posts/no-date.md": "not_published",
          "_posts/2016-01-12-plain.md": "not_published",
          "_people/ada.md": "not_published",
          "notes-to-self.md": "not_published",
          "vendor/gem/README.md": "not_published",
          "_layouts/post.html": "template",
          "_includes/head.html": "template",
          "index.html": "page",
          "404.html": "page",
          "README.md": "not_published",
          "about.md": "undated"
        })
        expect(report.passedOver.flatMap(({ files }) => files)).toEqual(expect.arrayContaining(["_site", "old.html"]))
      })
    )
  )

  it.live("gives posts the dates, tags and addresses that Jekyll gave them", () =>
    withSite(jekyll, ({ bring, posts }) =>
      Effect.gen(function* () {
        yield* bring()
        const there = yield* posts
        const at = (slug: string) => new Date(there[slug]?.publishedAt ?? 0).toISOString()
        expect(at("hello-there")).toBe("2016-01-05T05:00:00.000Z")
        expect(at("late")).toBe("2016-01-08T04:30:00.000Z")
        expect(there["hello-there"]?.properties.category).toEqual(["one", "two", "Birds", "On water"])
        expect(there["short-date"]?.properties.category).toEqual(["one", "two three"])
        expect(there["own-address"]?.properties.category).toEqual(["slow web"])
        expect(there["hello-there"]?.properties.author).toEqual(["Ada"])
        const addresses = (slug: string) => there[slug]?.oldAddresses
        expect(addresses("hello-there")).toContain("/blog/birds/on water/2016/01/05/hello-there")
        expect(addresses("to-the-sea")).toContain("/blog/trips/2016/02/01/to-the-sea")
        expect(addresses("own-address")).toContain("/blog/own/own-address")
        expect(addresses("late")).toEqual(
          expect.arrayContaining(["/late", "/2016/late", "/blog/2016/01/07/late", "/blog/very-old"])
        )
        expect(addresses("soup")).toContain("/blog/food/soup")
      })
    )
  )

  it.live("is recognised by its folder of posts alone", () =>
    withSite(jekyll, ({ bring, posts }) =>
      Effect.gen(function* () {
        expect(yield* bring({ given: "_posts" })).toMatchObject({ generator: "jekyll", configuredBy: "../_config.yml" })
        expect(publicSlugs(yield* posts)).toEqual(["hello-there", "late", "later", "own-address", "short-date"])
        expect(yield* bring({ given: "_drafts" })).toMatchObject({ posts: { stored: 2, drafts: 2 } })
      })
    )
  )

  it.live("is imported once", () =>
    withSite(jekyll, ({ bring, posts }) =>
      Effect.gen(function* () {
        const first = yield* bring()
        const before = yield* posts
        expect(yield* bring()).toMatchObject({ posts: { stored: 0, present: first.posts.stored }, broken: 0 })
        expect(yield* posts).toEqual(before)
      })
    )
  )
})

describe("O2: a site of Hugo", () => {
  it.live("shows what Hugo shows, and nothing else", () =>
    withSite(hugo, ({ bring, posts }) =>
      Effect.gen(function* () {
        const report = yield* bring()
        expect(report.brokenEntries).toEqual([])
        expect(report).toMatchObject({ generator: "hugo", configuredBy: "hugo.toml" })
        expect(publicSlugs(yield* posts)).toEqual([
          "bundle",
          "going",
          "json",
          "later",
          "local-date",
          "ready",
          "toml",
          "url",
          "zweisprachig",
          "zweisprachig-2"
        ])
        expect(report.posts).toMatchObject({ drafts: 10, unlisted: 2, scheduled: 1 })
        expect(notPublic(report)).toEqual({
          "content/posts/draft.md": "draft: draft: true",
          "content/posts/draft-text.md": "draft: draft: true",
          "content/posts/draft-yes.md": "draft: Draft: yes",
          "content/posts/expired.md": "draft: its expiry date has passed",
          "content/posts/to-expire.md": "draft: it has an expiry date, which is not supported",
          "content/posts/headless.md": "draft: headless: true",
          "content/posts/never.md": "draft: build.render: never",
          "content/posts/link.md": "draft: _build.render: link",
          "content/posts/unlisted.md": "unlisted: build.list: never",
          "content/posts/params.md": "unlisted: params.hidden: true",
          "content/embargoed/one.md": "draft: draft: true",
          "content/secret/two.md": "draft: build.render: never"
        })
        expect(heldBack(report)).toEqual({
          "content/posts/bundle/part.md": "not_published",
          "content/posts/bundle/more/part.md": "not_published",
          "content/about.md": "undated",
          "content/posts/org.org": "format",
          "archetypes/default.md": "template",
          "layouts/index.html": "template",
          "themes/x/exampleSite/content/posts/x.md": "template",
          "README.md": "template"
        })
      })
    )
  )

  it.live("gives posts the dates, tags and addresses that Hugo gave them", () =>
    withSite(hugo, ({ bring, posts }) =>
      Effect.gen(function* () {
        yield* bring({ given: "content/posts" })
        const there = yield* posts
        const at = (slug: string) => new Date(there[slug]?.publishedAt ?? 0).toISOString()
        expect(at("toml")).toBe("2019-01-02T02:04:05.000Z")
        expect(at("local-date")).toBe("2019-02-02T23:00:00.000Z")
        expect(at("going")).toBe("2019-04-05T06:07:08.123Z")
        expect(at("later")).toBe("2098-01-01T00:00:00.000Z")
        expect(there.toml?.properties).toMatchObject({ name: ["In TOML"], category: ["a", "b", "Rivers"] })
        expect(there.json?.properties).toMatchObject({ name: ["In { JSON"], content: ["Text"] })
        const addresses = (slug: string) => there[slug]?.oldAddresses ?? []
        expect(addresses("toml")).toContain("/2019/01/in-toml")
        expect(addresses("toml")).toEqual(expect.arrayContaining(["/posts/toml", "/old/toml", "/posts/beside"]))
        expect(addresses("going")).toContain("/2019/04/going")
        expect(addresses("url")).toContain("/elsewhere/here")
        expect(addresses("bundle")).toContain("/posts/bundle")
        expect(addresses("zweisprachig")).toContain("/de/posts/zweisprachig")
        expect(addresses("zweisprachig-2")).toContain("/posts/zweisprachig")
      })
    )
  )
})

describe("O2: a site of Zola", () => {
  it.live("shows what Zola shows, under the addresses that led to it", () =>
    withSite(zola, ({ bring, posts }) =>
      Effect.gen(function* () {
        const report = yield* bring()
        expect(report.brokenEntries).toEqual([])
        expect(report.generator).toBe("zola")
        const there = yield* posts
        expect(publicSlugs(there)).toEqual(["another", "first", "first-2", "folder", "from-the-name", "path", "yaml"])
        expect(notPublic(report)).toEqual({
          "content/blog/draft.md": "draft: draft: true",
          "content/blog/not-rendered.md": "draft: render: false",
          "content/blog/not-searched.md": "unlisted: in_search_index: false",
          "content/blog/extra.md": "unlisted: extra.hidden: true",
          "content/later/one.md": "draft: draft: true"
        })
        expect(heldBack(report)).toEqual({
          "content/blog/mine.secret.md": "not_published",
          "content/about.md": "undated",
          "templates/page.html": "template",
          "static/x.html": "template"
        })
        expect(there.first?.properties).toMatchObject({
          category: ["rust", "web", "Programs"],
          summary: ["A beginning"]
        })
        const addresses = (slug: string) => there[slug]?.oldAddresses ?? []
        expect(addresses("first")).toEqual(expect.arrayContaining(["/site/blog/first", "/blog/first", "/old/first"]))
        expect(addresses("first-2")).toContain("/site/de/blog/first")
        expect(addresses("from-the-name")).toContain("/site/blog/from-the-name")
        expect(addresses("folder")).toContain("/blog/folder")
        expect(addresses("path")).toContain("/site/somewhere/else")
        expect(addresses("another")).toContain("/site/blog/another")
      })
    )
  )
})

describe("O2: a site of Eleventy", () => {
  it.live("shows what Eleventy shows, under the addresses that led to it", () =>
    withSite(eleventy, ({ bring, posts }) =>
      Effect.gen(function* () {
        const report = yield* bring()
        expect(report.brokenEntries).toEqual([])
        expect(report.generator).toBe("eleventy")
        const there = yield* posts
        expect(publicSlugs(there)).toEqual(["first", "json", "second"])
        expect(notPublic(report)).toEqual({
          "src/posts/draft.md": "draft: draft: true",
          "src/posts/no-page.md": "draft: permalink: false",
          "src/posts/no-list.md": "unlisted: eleventyExcludeFromCollections: true",
          "src/quiet/one.md": "draft: permalink: false",
          "src/drafts/one.md": "draft: folder drafts"
        })
        expect(heldBack(report)).toEqual({
          "src/_includes/layouts/post.njk": "template",
          "src/_includes/note.md": "template",
          "src/index.njk": "template",
          "src/ignored/one.md": "not_published",
          "src/about.md": "undated",
          "src/posts/modified.md": "undated",
          "src/posts/created.md": "undated",
          "README.md": "template"
        })
        expect(there.first?.properties.category).toEqual(["birds"])
        expect(there.json?.properties.category).toEqual(["rivers"])
        const addresses = (slug: string) => there[slug]?.oldAddresses ?? []
        expect(addresses("first")).toContain("/notes/first")
        expect(addresses("first")).toContain("/posts/first")
        expect(addresses("second")).toContain("/notes/own/second")
      })
    )
  )

  it.live("dates posts without a date by their files, on request", () =>
    withSite(eleventy, ({ bring, posts }) =>
      Effect.gen(function* () {
        const report = yield* bring({ dateFromFile: true })
        expect(publicSlugs(yield* posts)).toEqual(["about", "created", "first", "json", "modified", "second"])
        expect(report.notes.find(({ reason }) => reason === "date_guessed")?.files).toEqual([
          "src/about.md",
          "src/posts/created.md",
          "src/posts/modified.md"
        ])
      })
    )
  )
})

describe("O2: a site of Astro", () => {
  it.live("shows what Astro shows, under the addresses that led to it", () =>
    withSite(astro, ({ bring, posts }) =>
      Effect.gen(function* () {
        const report = yield* bring({ withoutMissingMedia: true })
        expect(report.brokenEntries).toEqual([])
        expect(report.generator).toBe("astro")
        const there = yield* posts
        expect(publicSlugs(there)).toEqual(["first", "note", "the-second"])
        expect(notPublic(report)).toEqual({ "src/content/blog/draft.md": "draft: draft: true" })
        expect(heldBack(report)).toEqual({
          "src/content/blog/_hidden.md": "not_published",
          "src/content/blog/_parts/part.md": "not_published",
          "src/pages/about.md": "undated",
          "src/components/Readme.md": "template"
        })
        expect(there.first).toMatchObject({
          publishedAt: Date.parse("2022-07-08T00:00:00Z"),
          updatedAt: Date.parse("2022-08-01T00:00:00Z"),
          properties: { summary: ["Short"] }
        })
        expect(there["the-second"]?.properties.photo).toEqual([{ value: "https://pictures.example/a.png", alt: "A" }])
        const addresses = (slug: string) => there[slug]?.oldAddresses ?? []
        expect(addresses("first")).toContain("/docs/writing/first")
        expect(addresses("the-second")).toContain("/writing/the-second")
        expect(addresses("note")).toContain("/docs/notes/note")
      })
    )
  )
})

describe("O2: a site of Hexo", () => {
  it.live("shows what Hexo shows, under the addresses that led to it", () =>
    withSite(hexo, ({ bring, posts }) =>
      Effect.gen(function* () {
        const report = yield* bring()
        expect(report.brokenEntries).toEqual([])
        expect(report.generator).toBe("hexo")
        const there = yield* posts
        expect(publicSlugs(there)).toEqual(["deep", "hello", "named", "no-opening"])
        expect(notPublic(report)).toEqual({
          "source/_posts/unpublished.md": "draft: published: false",
          "source/_posts/password.md": "private: password",
          "source/_posts/hidden.md": "unlisted: hidden: true",
          "source/_drafts/draft.md": "draft: folder _drafts",
          "source/about/index.md": "unlisted: a separate page that is not in the list of posts"
        })
        expect(JSON.stringify(report)).not.toContain("letmein")
        expect(heldBack(report)).toEqual({
          "source/_posts/no-date.md": "undated",
          "source/_posts/json.md": "undated",
          "source/_data/menu.md": "template",
          "source/raw/x.html": "not_published",
          "themes/landscape/README.md": "template",
          "scaffolds/post.md": "template"
        })
        expect(new Date(there.hello?.publishedAt ?? 0).toISOString()).toBe("2018-01-01T19:04:05.000Z")
        expect(there.hello?.properties.category).toEqual(["one", "true", "2018", "Life", "Birds", "Work"])
        expect(there["no-opening"]?.properties).toMatchObject({ category: ["y"], content: ["Text"] })
        const addresses = (slug: string) => there[slug]?.oldAddresses ?? []
        expect(addresses("hello")).toContain("/2018/01/02/hello")
        expect(addresses("hello")).toContain("/old/hello")
        expect(addresses("named")).toContain("/2018/02/03/named")
        expect(addresses("deep")).toContain("/2018/02/04/sub/deep")
      })
    )
  )
})

describe("O2: a converted site of WordPress", () => {
  it.live("shows what was published there, under its addresses", () =>
    withSite(wordpress, ({ bring, posts }) =>
      Effect.gen(function* () {
        const report = yield* bring({ withoutMissingMedia: true })
        expect(report.brokenEntries).toEqual([])
        expect(report.generator).toBe("wordpress")
        const there = yield* posts
        expect(publicSlugs(there)).toEqual(["by-number", "hello", "to-come"])
        expect(notPublic(report)).toEqual({
          "posts/pending.md": "draft: status: pending",
          "posts/private.md": "private: status: private",
          "posts/auto.md": "draft: status: auto-draft",
          "posts/missed.md": "draft: status: future",
          "posts/protected.md": "private: password",
          "posts/_drafts/idea.md": "draft: folder _drafts",
          "pages/about/index.md": "unlisted: a separate page that is not in the list of posts"
        })
        expect(heldBack(report)).toEqual({ "posts/trash.md": "trash" })
        expect(there.hello?.oldAddresses).toEqual(
          expect.arrayContaining(["/2012/03/04/hello", "/2012/03/hello", "/hello"])
        )
        expect(there["by-number"]?.oldAddresses).toContain("/2012/04/by-number")
      })
    )
  )
})

describe("O2: a vault of Obsidian", () => {
  it.live("shows the notes that say that they are public", () =>
    withSite(obsidian, ({ bring, posts }) =>
      Effect.gen(function* () {
        const report = yield* bring()
        expect(report.brokenEntries).toEqual([])
        expect(report.generator).toBe("obsidian")
        const there = yield* posts
        expect(publicSlugs(there)).toEqual(["2023-01-04", "deep-ones", "rivers"])
        expect(Object.values(notPublic(report)).toSorted()).toEqual([
          "draft: a note of a vault without `publish: true`",
          "draft: a note of a vault without `publish: true`",
          "draft: publish: false"
        ])
        expect(heldBack(report)).toEqual({
          "Undated.md": "undated",
          "Empty.md": "empty",
          "Forms/Meeting.md": "template",
          "Mine/Diary.md": "not_published"
        })
        expect(there.rivers?.properties).toMatchObject({ name: ["Rivers"], category: ["birds", "water"] })
        expect(there["deep-ones"]?.oldAddresses).toEqual(expect.arrayContaining(["/deep", "/Lakes/Deep+ones"]))
        expect(JSON.stringify(there.rivers?.oldAddresses)).not.toContain("Streams")

        const again = yield* bring({ unmarkedIsPublic: true, dryRun: true })
        expect(again.posts).toMatchObject({ drafts: 0 })
      })
    )
  )

  it.live("shows all but drafts where Quartz makes a site of it", () =>
    withSite(quartz, ({ bring, posts }) =>
      Effect.gen(function* () {
        const report = yield* bring()
        const there = yield* posts
        expect(report.generator).toBe("quartz")
        expect(publicSlugs(there)).toEqual(["a-note"])
        expect(there["a-note"]?.oldAddresses).toContain("/garden/A-note")
        expect(heldBack(report)).toEqual({
          "content/index.md": "page",
          "content/templates/x.md": "template",
          "content/private/x.md": "not_published"
        })
      })
    )
  )
})

describe("I1: front matter in TOML or JSON, or none", () => {
  it.live("a plain folder is imported by dates in names and paths, titles in headings, and headers", () =>
    withSite(folder, ({ bring, posts }) =>
      Effect.gen(function* () {
        const report = yield* bring()
        expect(report.brokenEntries).toEqual([])
        const there = yield* posts
        expect(publicSlugs(there)).toEqual([
          "compact",
          "half",
          "header",
          "in-its-name",
          "in-its-path",
          "notes",
          "notes-2",
          "notes-3",
          "text",
          "toml"
        ])
        expect(there["in-its-name"]?.properties).toMatchObject({ name: ["In its *name*"], content: ["Text"] })
        expect(there["in-its-path"]?.properties).toMatchObject({ name: ["In its path"], content: ["Text"] })
        expect(there.compact?.properties.name).toBeUndefined()
        expect(there.header?.properties).toMatchObject({
          name: ["With a header"],
          category: ["a", "b"],
          content: ["Text"]
        })
        expect(new Date(there.half?.publishedAt ?? 0).toISOString()).toBe("2020-01-04T00:00:00.000Z")
        expect(notPublic(report)).toEqual({
          "header-draft.md": "draft: Status: draft",
          "private/mine.md": "private: folder private",
          "entry.draft.md": "draft: name with .draft"
        })
        expect(heldBack(report)).toEqual({
          "undated.md": "undated",
          "month/2020/01/only.md": "undated",
          "README.md": "page",
          "LICENSE.md": "page",
          "CHANGELOG.md": "page",
          "templates/post.md": "template"
        })
      })
    )
  )

  it.live("what is held back is imported as drafts on request, and nothing of it is public", () =>
    withSite(folder, ({ bring, posts }) =>
      Effect.gen(function* () {
        const report = yield* bring({ heldBackAsDrafts: true })
        expect(heldBack(report)).toEqual({})
        const there = yield* posts
        expect(publicSlugs(there)).toHaveLength(10)
        expect(there.undated).toMatchObject({ status: "draft", visibility: "public" })
        expect(there.readme).toMatchObject({ status: "draft" })
        expect(there.post).toMatchObject({ status: "draft" })
      })
    )
  )
})
