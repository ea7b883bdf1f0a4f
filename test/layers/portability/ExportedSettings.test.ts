import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect, FastCheck, Layer, Option } from "effect"
import sharp from "sharp"
import * as MediaFiles from "../../../layers/media/MediaFiles.js"
import * as OwnerPhotos from "../../../layers/media/OwnerPhotos.js"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as Renderer from "../../../layers/memory/Renderer.js"
import * as SafeHttp from "../../../layers/outbound/SafeHttp.js"
import * as ExportLayer from "../../../layers/portability/Export.js"
import * as ImportLayer from "../../../layers/portability/Import.js"
import * as SecureRandom from "../../../layers/process/SecureRandom.js"
import * as OldAddresses from "../../../layers/sql/stores/OldAddresses.js"
import * as PostsStore from "../../../layers/sql/stores/Posts.js"
import * as PostTransfer from "../../../layers/sql/stores/PostTransfer.js"
import * as PostViewsStore from "../../../layers/sql/stores/PostViews.js"
import * as SiteSettingsStore from "../../../layers/sql/stores/SiteSettings.js"
import * as SqlPool from "../../../layers/sqlite/pool/SqlPool.js"
import { migrate } from "../../../layers/sqlite/schema/Migrator.js"
import * as Search from "../../../layers/sqlite/search/SearchEngine.js"
import { Slug } from "../../../src/domain/posts/Slug.js"
import { readSection, type SiteValues, sectionNames } from "../../../src/domain/site/SiteValues.js"
import { Export } from "../../../src/services/Export.js"
import { Import } from "../../../src/services/Import.js"
import { OwnerPhoto } from "../../../src/services/OwnerPhoto.js"
import { Posts } from "../../../src/services/Posts.js"
import { PostViews } from "../../../src/services/PostViews.js"
import { SiteSettings } from "../../../src/services/SiteSettings.js"
import { Settings } from "../../../src/settings/Config.js"
import { settings } from "../../fixtures/TestServer.js"

const scratch = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "starpunk-settings-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

/** A site with a database of its own, which can be exported and into which can be imported. */
const siteIn = (dataPath: string) =>
  Layer.mergeAll(ImportLayer.layer, ExportLayer.layer).pipe(
    Layer.provideMerge(
      Layer.mergeAll(
        PostTransfer.layer,
        MediaFiles.layer,
        OldAddresses.layer,
        PostsStore.layer,
        PostViewsStore.layer,
        SiteSettingsStore.layer,
        OwnerPhotos.layer,
        SafeHttp.layer
      )
    ),
    Layer.provide(Search.layer),
    Layer.provide(Renderer.layer),
    Layer.provideMerge(Layer.effectDiscard(migrate).pipe(Layer.provideMerge(SqlPool.layerInThread))),
    Layer.provide(
      Layer.mergeAll(
        SecureRandom.layer,
        MemoryLogger.layerSilent,
        Layer.succeed(Settings, { ...settings, dataPath, databasePath: join(dataPath, "starpunk.db") })
      )
    )
  )

type Services = Layer.Layer.Success<ReturnType<typeof siteIn>>

const on = <A, E>(dataPath: string, use: Effect.Effect<A, E, Services>) =>
  Effect.scoped(Effect.provide(use, siteIn(dataPath)))

/** Three sites: one to export, one to import into, and a folder for the export. */
const places = Effect.map(Effect.all([scratch, scratch, scratch]), ([from, to, folder]) => ({
  from,
  to,
  folder: join(folder, "export")
}))

const text = (most: number) => FastCheck.string({ unit: "grapheme", maxLength: most }).map((given) => given.trim())

const address = FastCheck.webUrl({ validSchemes: ["http", "https"] })

/** Values of every section, some of them not set. */
const values: FastCheck.Arbitrary<SiteValues> = FastCheck.record({
  site: FastCheck.record({
    name: text(40),
    tagline: text(60),
    language: FastCheck.constantFrom("", "de", "pt-BR", "zh-Hant"),
    timeZone: FastCheck.constantFrom("", "UTC", "Asia/Tokyo", "America/Argentina/Ushuaia")
  }),
  you: FastCheck.record({
    name: text(40),
    bio: text(80),
    email: FastCheck.constantFrom("", "ada@me.example"),
    links: FastCheck.array(FastCheck.record({ label: text(20), url: address }), { maxLength: 5 })
  }),
  menu: FastCheck.record({
    items: FastCheck.array(
      FastCheck.record({
        label: text(20).map((label) => label || "A"),
        href: FastCheck.oneof(address, FastCheck.constantFrom("/about", "/archive", "mailto:ada@me.example"))
      }),
      { maxLength: 5 }
    )
  }),
  home: FastCheck.record({ hidden: FastCheck.subarray(["note", "like", "repost", "checkin"] as const) }),
  footer: FastCheck.record({ text: text(100) }),
  look: FastCheck.record({
    preset: FastCheck.constantFrom("paper", "signal", "night"),
    accent: FastCheck.constantFrom("", "#0b5c5e"),
    font: FastCheck.constantFrom("preset", "serif", "sans"),
    width: FastCheck.constantFrom("narrow", "usual", "wide"),
    scheme: FastCheck.constantFrom("auto", "light", "dark"),
    css: FastCheck.constantFrom("", "a { color: red }\n/* é */", "</b>")
  }),
  care: FastCheck.record({
    countViews: FastCheck.boolean(),
    checkUpdates: FastCheck.boolean(),
    remindsOfPasskey: FastCheck.boolean()
  })
  // Texts with control characters are refused by the forms, and never stored.
}).map((given) => ({
  site: readSection("site", given.site),
  you: readSection("you", given.you),
  menu: readSection("menu", given.menu),
  home: readSection("home", given.home),
  footer: readSection("footer", given.footer),
  care: readSection("care", given.care),
  look: readSection("look", given.look)
}))

const store = (given: SiteValues) =>
  Effect.flatMap(SiteSettings, (stored) =>
    Effect.forEach(sectionNames, (name) => stored.change(name, 0, given[name] as never), { discard: true })
  )

const current = Effect.flatMap(SiteSettings, (stored) => stored.current)
const exportTo = (folder: string) => Effect.flatMap(Export, ({ create }) => create(folder))
const importFrom = (folder: string, dryRun = false) => Effect.flatMap(Import, ({ from }) => from(folder, { dryRun }))

describe("numbers of views in exports", () => {
  const note = { type: "h-entry", status: "published", visibility: "public" } as const
  const always = { from: 0, to: 100_000 }
  const allOf = (post: number) =>
    Effect.flatMap(PostViews, ({ days }) => Effect.map(days(always, post), (found) => [...found]))

  it.scopedLive("go with their posts, a file a month, and an import that is repeated counts nothing twice", () =>
    Effect.gen(function* () {
      const { folder, from, to } = yield* places
      const [october, november] = [Date.UTC(2026, 9, 31) / 86_400_000, Date.UTC(2026, 10, 1) / 86_400_000]
      yield* on(
        from,
        Effect.gen(function* () {
          const posts = yield* Posts
          const views = yield* PostViews
          yield* posts.create({ ...note, properties: { content: ["Tide"] }, wishedSlug: "tide" })
          yield* posts.create({ ...note, properties: { content: ["Salt"] }, wishedSlug: "salt" })
          yield* views.add([
            { post: 1, day: october, count: 3 },
            { post: 2, day: november, count: 4 },
            { post: 1, day: november, count: 5 },
            { post: 99, day: november, count: 6 }
          ])
          yield* exportTo(folder)
        })
      )
      const contentOf = (name: string) => readFileSync(join(folder, "views", name), "utf8")
      expect(contentOf("2026-10.csv")).toBe("post,day,views\ntide,2026-10-31,3\n")
      expect(contentOf("2026-11.csv")).toBe("post,day,views\ntide,2026-11-01,5\nsalt,2026-11-01,4\n")
      writeFileSync(join(folder, "views", "2026-12.csv"), "post,day,views\ntide,2026-12-32,1\ntide,2026-12-01,-1\n,,\n")
      yield* on(
        to,
        Effect.gen(function* () {
          const dry = yield* importFrom(folder, true)
          expect(dry.notes.map(({ why }) => why)).toContain("would be imported")
          expect(yield* allOf(1)).toEqual([])
          const first = yield* importFrom(folder)
          expect(first.notes.map(({ count, reason }) => [reason, count])).toEqual([
            ["views_imported", 2],
            ["views_unreadable", 1]
          ])
          const second = yield* importFrom(folder)
          expect(second.notes.map(({ reason }) => reason)).toEqual(["views_unreadable"])
          const bySlug = (slug: string) =>
            Effect.flatMap(Posts, ({ bySlug }) => Effect.map(bySlug(Slug.make(slug)), Option.getOrThrow))
          expect(yield* allOf((yield* bySlug("tide")).id)).toEqual([
            [october, 3],
            [november, 5]
          ])
          expect(yield* allOf((yield* bySlug("salt")).id)).toEqual([[november, 4]])
        })
      )
    })
  )
})

describe("settings in exports", () => {
  it.scopedLive(
    "round-trip: what an import reads is what the export wrote, and exporting again gives the same bytes",
    () =>
      Effect.gen(function* () {
        for (const given of FastCheck.sample(values, 6)) {
          const { folder, from, to } = yield* places
          yield* on(from, Effect.zipRight(store(given), exportTo(folder)))
          const report = yield* on(to, importFrom(folder))
          expect(report).toMatchObject({ broken: 0 })
          expect((yield* on(to, current)).values).toEqual(given)
          yield* on(to, exportTo(`${folder}-again`))
          const [first, second] = [folder, `${folder}-again`].map((path) => readFileSync(join(path, "settings.json")))
          expect(second).toEqual(first)
        }
      }),
    120_000
  )

  it.scopedLive("a site that has set nothing exports no settings", () =>
    Effect.gen(function* () {
      const { folder, from, to } = yield* places
      yield* on(from, exportTo(folder))
      expect(() => readFileSync(join(folder, "settings.json"))).toThrow("ENOENT")
      const report = yield* on(to, importFrom(folder))
      expect(report.notes).toEqual([])
    })
  )

  it.scopedLive("the photo comes along with its crop, and a dry run changes nothing", () =>
    Effect.gen(function* () {
      const { folder, from, to } = yield* places
      const crop = { x: 0.25, y: 1, zoom: 2 }
      const picture = yield* Effect.promise(() =>
        sharp({ create: { width: 60, height: 90, channels: 3, background: "#c33" } })
          .png()
          .toBuffer()
      )
      yield* on(
        from,
        Effect.flatMap(OwnerPhoto, (photo) => Effect.zipRight(photo.replace(picture, crop), exportTo(folder)))
      )
      const state = Effect.flatMap(OwnerPhoto, (photo) => photo.state)
      const dry = yield* on(to, importFrom(folder, true))
      expect(dry.notes.map(({ why }) => why)).toEqual(["would be imported"])
      expect(yield* on(to, state)).toEqual(Option.none())
      yield* on(to, importFrom(folder))
      expect(Option.getOrThrow(yield* on(to, state)).crop).toEqual(crop)
    })
  )

  it.scopedLive("an import never overwrites what was set here, and says so", () =>
    Effect.gen(function* () {
      const { folder, from, to } = yield* places
      const [given] = FastCheck.sample(values, 1)
      if (given === undefined) return
      yield* on(from, Effect.zipRight(store({ ...given, footer: { text: "theirs" } }), exportTo(folder)))
      yield* on(
        to,
        Effect.flatMap(SiteSettings, (stored) => stored.change("footer", 0, { text: "ours" }))
      )
      const report = yield* on(to, importFrom(folder))
      expect((yield* on(to, current)).values.footer.text).toBe("ours")
      expect(report.notes.find(({ reason }) => reason === "settings_kept")?.files).toEqual(["settings.json: footer"])
    })
  )

  it.scopedLive("settings of a newer version come in as far as they are known; damaged ones are reported", () =>
    Effect.gen(function* () {
      const { folder, from, to } = yield* places
      yield* on(from, exportTo(folder))
      const path = join(folder, "settings.json")
      const newer = {
        version: 7,
        sections: { look: { preset: "dawn", width: "wide" }, menu: { items: "?" }, stars: {} },
        orbit: 1
      }
      writeFileSync(path, JSON.stringify(newer))
      const report = yield* on(to, importFrom(folder))
      expect(report.notes.map(({ reason }) => reason)).toContain("settings_newer")
      expect((yield* on(to, current)).values.look).toMatchObject({ preset: "paper", width: "wide" })
      for (const damaged of ['{"version": 1', "[]", '{"version":"x","sections":{}}', `"${"x".repeat(2_000_000)}"`]) {
        writeFileSync(path, damaged)
        const refused = yield* on(to, importFrom(folder))
        expect([refused.broken, refused.brokenEntries[0]?.file]).toEqual([1, "settings.json"])
      }
    })
  )
})
