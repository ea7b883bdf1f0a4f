import { appendFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { wallClockOf } from "../../../src/domain/posts/Post.js"
import { timeZone } from "../../../src/domain/TimeZone.js"
import * as Samples from "../../fixtures/Samples.js"
import { heldBack, publicSlugs, withSite } from "./ImportedSite.js"

const post = (fields: string, text = "Text") => `---\n${fields}\n---\n\n${text}\n`

describe("I7: a dry run over posts that are there already", () => {
  it.live("reports nothing new, pictures included", () =>
    Effect.flatMap(
      Effect.promise(() => Samples.png()),
      (png) =>
        withSite(
          {
            "a.md": post("date: 2020-01-01\nimage: cover.png", "![A](one.png)"),
            "b.md": post("date: 2020-01-02", "![B](one.png)"),
            "cover.png": png,
            "one.png": png
          },
          ({ bring, folder, posts }) =>
            Effect.gen(function* () {
              expect(yield* bring({ dryRun: true })).toMatchObject({ posts: { stored: 2, present: 0 }, broken: 0 })
              expect(yield* posts).toEqual({})
              expect(yield* bring()).toMatchObject({ posts: { stored: 2 }, broken: 0 })
              expect(yield* bring({ dryRun: true })).toMatchObject({ posts: { stored: 0, present: 2 }, broken: 0 })
              appendFileSync(join(folder, "b.md"), "More\n")
              const changed = yield* bring({ dryRun: true })
              expect(changed).toMatchObject({ posts: { stored: 0, present: 1 }, broken: 1 })
              expect(changed.brokenEntries).toMatchObject([{ file: "b.md", failure: { by: "another" } }])
            })
        )
    )
  )
})

describe("I8: the same name in two folders, or on two days", () => {
  it.live("get an address each, the same on each import", () =>
    withSite(
      {
        "2020/intro.md": post("date: 2020-05-01", "Of May"),
        "2019/intro.md": post("date: 2019-05-01", "Of the year before"),
        "2021-01-01-intro.md": post("title: Third"),
        "2021-01-02-intro.md": post("title: Fourth\ndraft: true"),
        "named/intro-2.md": post("date: 2022-01-01", "Wishes for the number"),
        "copy/2019/intro.md": post("date: 2019-05-01", "Of the year before")
      },
      ({ bring, folder, posts }) =>
        Effect.gen(function* () {
          const report = yield* bring()
          const there = yield* posts
          expect(Object.keys(there).toSorted()).toEqual(["intro", "intro-2", "intro-3", "intro-4", "intro-5"])
          expect(there.intro?.properties.content).toEqual(["Of the year before"])
          expect(there["intro-2"]?.properties.content).toEqual(["Wishes for the number"])
          expect(there["intro-5"]?.status).toBe("draft")
          expect(report.renamed).toEqual([
            { file: "2020/intro.md", from: "intro", to: "intro-3" },
            { file: "2021-01-01-intro.md", from: "intro", to: "intro-4" },
            { file: "2021-01-02-intro.md", from: "intro", to: "intro-5" }
          ])
          expect(report.broken).toBe(0)
          expect(yield* bring()).toMatchObject({ posts: { stored: 0, present: 5 }, broken: 0 })
          // A post written since then takes no address away.
          writeFileSync(join(folder, "0-intro.md"), post("date: 2024-01-01\nslug: intro", "New"))
          expect(yield* bring()).toMatchObject({ posts: { stored: 1, present: 5 }, broken: 0 })
          expect((yield* posts)["intro-6"]?.properties.content).toEqual(["New"])
        })
    )
  )
})

describe("I10: files that only redirect", () => {
  it.live("give their address to the post that they lead to, and are listed if there is none", () =>
    withSite(
      {
        "hello.md": post("date: 2020-01-01"),
        "old/hello.md": "---\nredirect_to: /hello/\n---\n",
        "older.md": "---\nredirect: /old/hello/\n---\n",
        "away.md": "---\nredirect_to: https://elsewhere.example/\n---\n",
        "round.md": "---\nredirect_to: /round/\n---\n"
      },
      ({ bring, posts }) =>
        Effect.gen(function* () {
          const report = yield* bring()
          expect(report).toMatchObject({ posts: { stored: 1 }, broken: 0 })
          expect(heldBack(report)).toEqual({ "away.md": "redirect", "round.md": "redirect" })
          expect((yield* posts).hello?.oldAddresses).toEqual(expect.arrayContaining(["/hello", "/old/hello", "/older"]))
        })
    )
  )
})

describe("I12: the day in a file", () => {
  it.live("is the day of its post, whatever time zone the site gets later", () =>
    withSite(
      {
        "_config.yml": "timezone: Australia/Sydney\n",
        "_posts/2016-01-05-named.md": post("title: Named"),
        "_posts/2016-01-05-late.md": post("date: 2016-01-05 23:30:00 -0800"),
        "_posts/2016-01-05-early.md": post("date: 2016-01-05 00:30:00 +0900"),
        "_posts/2016-01-05-local.md": post("date: 2016-01-05 00:30:00")
      },
      ({ bring, posts }) =>
        Effect.gen(function* () {
          yield* bring()
          const there = yield* posts
          expect(Object.keys(there)).toHaveLength(4)
          for (const zone of ["UTC", "America/Los_Angeles", "Asia/Tokyo"]) {
            for (const moved of Object.values(there)) {
              expect(new Date(wallClockOf(moved, timeZone(zone))).toISOString().slice(0, 10)).toBe("2016-01-05")
            }
          }
          expect(there.local?.publishedAt).toBe(Date.parse("2016-01-04T13:30:00Z"))
        })
    )
  )
})

describe("I11: the counts of a report", () => {
  it.live("count each file once, by its reason", () =>
    withSite(
      {
        "two-pictures.md": post("date: 2020-01-01", "![](none.png) ![](neither.png)"),
        "one.md": post("date: 2020-01-02"),
        "bad.md": "---\ntitle: [\n---\n",
        "undated-1.md": post("title: A"),
        "undated-2.md": post("title: B"),
        "draft.md": post("date: 2020-01-03\ndraft: yes\nmood: calm"),
        "sub/_index.md": post("title: S")
      },
      ({ bring, posts }) =>
        Effect.gen(function* () {
          const report = yield* bring()
          expect(report.broken).toBe(2)
          expect(new Set(report.brokenEntries.map(({ file }) => file))).toEqual(new Set(["two-pictures.md", "bad.md"]))
          expect(report.heldBack).toEqual([
            {
              reason: "undated",
              why: "has no date in its front matter, its name or its path",
              count: 2,
              files: ["undated-1.md", "undated-2.md"]
            }
          ])
          const named = [...report.heldBack, ...report.passedOver].flatMap(({ files }) => files)
          expect(named).not.toContain("one.md")
          expect(report.notPublic).toEqual([{ reason: "draft", why: "draft: yes", count: 1, files: ["draft.md"] }])
          expect(report.notes).toContainEqual({ reason: "field_left_out", why: "mood", count: 1, files: ["draft.md"] })
          const without = yield* bring({ withoutMissingMedia: true })
          expect(without).toMatchObject({ posts: { stored: 1, present: 2 }, broken: 1 })
          const shown = [...without.heldBack, ...without.passedOver].flatMap(({ files }) => files)
          expect(shown).not.toContain("two-pictures.md")
          expect(publicSlugs(yield* posts)).toEqual(["one", "two-pictures"])
        })
    )
  )
})

describe("I2: links to posts of the same import that are not there afterwards", () => {
  it.live("are reported, whether their post was held back or is not public", () =>
    withSite(
      {
        "a.md": post("date: 2020-01-01", "[b](b.md), [c](c.md#part), [d](d.md) and [gone](gone.md)"),
        "b.md": post("date: 2020-01-02", "![B](missing.png)"),
        "c.md": post("date: 2020-01-03\ndraft: true", "[b](b.md), [d](d.md) and [c](c.md)"),
        "d.md": post("date: 2020-01-04", "[a](a.md)")
      },
      ({ bring }) =>
        Effect.gen(function* () {
          const held = [
            { reason: "post", count: 2, files: ["a.md → b.md", "c.md → b.md"] },
            { reason: "address", count: 1, files: ["a.md → gone.md"] },
            { reason: "unpublished", count: 1, files: ["a.md → c.md#part"] }
          ]
          expect((yield* bring({ dryRun: true })).deadLinks).toMatchObject(held)
          expect((yield* bring()).deadLinks).toMatchObject(held)
        })
    )
  )
})
