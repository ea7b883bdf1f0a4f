import { HttpServer } from "@effect/platform"
import { expect, it } from "@effect/vitest"
import { Effect, Layer, Redacted, Stream } from "effect"
import sharp from "sharp"
import { MediaStore } from "../../src/services/MediaStore.js"
import { Posts } from "../../src/services/Posts.js"
import { SessionManager } from "../../src/services/SessionManager.js"
import * as Blog from "../../src/web/blog/Routes.js"
import * as Drafts from "../../src/web/drafts/Routes.js"
import * as Editor from "../../src/web/editor/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import * as Library from "../../src/web/library/Routes.js"
import { file } from "../../src/web/media/File.js"
import * as Revisions from "../../src/web/revisions/Routes.js"
import { ownerRoutes, serverWith } from "../fixtures/OwnerServer.js"
import { browser } from "./Browser.js"
import { look } from "./Look.js"

const site = "http://me.localhost"

const routes = Layer.mergeAll(
  ownerRoutes,
  Library.routes,
  Revisions.routes,
  Drafts.routes,
  Editor.routes,
  Blog.routes,
  file
)

const kept = { type: "h-entry", status: "published", visibility: "public" } as const

const picture = (background: string, width = 800, height = 600) =>
  Effect.gen(function* () {
    const media = yield* MediaStore
    const bytes = yield* Effect.promise(() =>
      sharp({ create: { width, height, channels: 3, background } })
        .jpeg()
        .toBuffer()
    )
    return yield* media.store({ content: Stream.make(bytes), filename: "a.jpg", declaredType: "image/jpeg" })
  })

it.scopedLive(
  "files are listed, described and deleted by keyboard, and fit every window",
  () =>
    Effect.gen(function* () {
      const server = yield* Layer.build(serverWith(serve(routes), { siteUrl: site }))
      yield* Effect.gen(function* () {
        const base = yield* HttpServer.addressFormattedWith(Effect.succeed)
        const context = yield* browser(new URL(base).host)
        const token = Redacted.value(yield* (yield* SessionManager).create({ owner: `${site}/` }))
        yield* Effect.promise(() => context.addCookies([{ name: "starpunk_session", value: token, url: site }]))
        const page = yield* Effect.promise(() => context.newPage())
        yield* Effect.promise(async () => {
          await page.goto(`${site}/admin/media`)
          await look(page, "media-empty")
        })
        const bytes = yield* Effect.promise(() =>
          sharp({ create: { width: 90, height: 60, channels: 3, background: "#682" } })
            .jpeg()
            .toBuffer()
        )
        const named = (name: string, buffer = bytes) => ({ name, mimeType: "image/jpeg", buffer })
        yield* Effect.promise(async () => {
          await page.getByLabel("Add files").setInputFiles([named("a.jpg"), named("b.jpg")])
          await page.getByText("2 files uploaded.").waitFor()
          // A file that is refused stays, and the others are uploaded.
          await page.getByLabel("Add files").setInputFiles([named("c.jpg", Buffer.from("no picture")), named("d.jpg")])
          await page.getByRole("alert").filter({ hasText: "not supported" }).waitFor()
          await page.getByText("d.jpg").waitFor({ state: "detached" })
          await look(page, "media-refused")
          await page.getByRole("button", { name: "Dismiss c.jpg" }).press("Enter")
          await page.getByText("1 file uploaded.").waitFor()
          const transfer = await page.evaluateHandle((base64) => {
            const data = new DataTransfer()
            data.items.add(new File([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], "e.jpg"))
            return data
          }, bytes.toString("base64"))
          await page.locator("main").dispatchEvent("drop", { dataTransfer: transfer })
          await page.getByText("1 file uploaded.").waitFor()
          await page.locator(".shelf li").nth(3).waitFor()
        })
        const posts = yield* Posts
        const [first, second] = [yield* picture("#268"), yield* picture("#862", 300, 900)]
        yield* picture("#286")
        const alt =
          "Ein_sehr_langes_Wort_wie_Donaudampfschifffahrtsgesellschaftskapitän, und ein Leuchtturm auf einer Düne"
        yield* posts.create({
          ...kept,
          properties: {
            name: ["Rye, water, salt"],
            content: ["Patience, and a starter from Texel."],
            photo: [{ value: first.path, alt }, second.path]
          }
        })
        const gone = yield* posts.create({ ...kept, properties: { name: ["No longer"], photo: [second.path] } })
        yield* Effect.promise(async () => {
          await page.goto(`${site}/admin/media`)
          await look(page, "media")
          await page.goto(`${site}/admin/media/${first.id}`)
          await look(page, "media-file")
          await page.getByLabel("Description (alt text)").fill("A lighthouse on a dune")
          await page.keyboard.press("Tab")
          await page.keyboard.press("Enter")
          await page.getByText("Saved in 1 post.").waitFor()
          await page.getByRole("link", { name: "Rye, water, salt" }).click()
          await page.getByRole("button", { name: "Post settings" }).click()
          await page.getByRole("link", { name: "Revisions" }).click()
          await page.getByRole("heading", { name: "Revisions" }).waitFor()
          await look(page, "revisions")
          await page.locator(".records a").first().press("Enter")
          await page.locator("ins", { hasText: "lighthouse" }).waitFor()
          await look(page, "revision")
          await page.getByRole("button", { name: "Restore the state before this change" }).press("Enter")
          await page.getByText("Restored.").waitFor()
          await page.goto(`${site}/admin/media/${second.id}/delete`)
          await look(page, "media-delete")
          await page.getByRole("button", { name: "Delete for good" }).press("Enter")
          await page.getByText("File deleted.").waitFor()
        })
        yield* posts.delete(gone.id)
        yield* Effect.promise(async () => {
          await page.goto(`${site}/admin/?state=deleted`)
          await look(page, "posts-deleted")
          await page.getByRole("link", { name: "Delete permanently “No longer”" }).press("Enter")
          await page.getByRole("heading", { name: "Delete this post permanently?" }).waitFor()
          await look(page, "post-erase")
          await page.getByRole("button", { name: "Delete permanently" }).press("Enter")
          await page.getByText("Deleted permanently.").waitFor()
        })
        expect((yield* posts.counts).deleted).toBe(0)
        const draft = { ...kept, status: "draft", properties: { name: ["Yeast"], content: ["It rises. `"] } } as const
        const { id, slug } = yield* posts.create(draft)
        yield* Effect.promise(async () => {
          await page.goto(`${site}/notes/${slug}`)
          await page.getByRole("link", { name: "Share" }).press("Enter")
          await page.getByRole("button", { name: "Create a link" }).press("Enter")
          await page.getByRole("heading", { name: "Your link" }).waitFor()
          await look(page, "draft-link")
          const address = (await page.getByRole("link", { name: "Open in a new tab" }).getAttribute("href")) ?? ""
          await page.goto(address)
          await page.getByText("This is a draft that Me shared with you.").waitFor()
          await look(page, "draft-shared")
          await page.goto(`${site}/admin/posts/${id}/link`)
          await page.getByRole("button", { name: "End the link" }).press("Enter")
          await page.getByText("The link has ended.").waitFor()
          await page.goto(address)
          await page.getByRole("heading", { name: "This link to a draft no longer works" }).waitFor()
          await look(page, "draft-link-ended")
        })
      }).pipe(Effect.provide(server))
    }),
  240_000
)
