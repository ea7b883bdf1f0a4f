import { randomBytes } from "node:crypto"
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { get, type IncomingMessage } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buffer } from "node:stream/consumers"
import { HttpServer } from "@effect/platform"
import { expect, it } from "@effect/vitest"
import { Effect, Layer, Stream, TestClock } from "effect"
import sharp from "sharp"
import * as ExportDirectory from "../../layers/portability/Export.js"
import { Export } from "../../src/services/Export.js"
import { MediaStore } from "../../src/services/MediaStore.js"
import { Posts } from "../../src/services/Posts.js"
import { SiteSettings } from "../../src/services/SiteSettings.js"
import { Settings, type SettingsValues } from "../../src/settings/Config.js"
import * as Data from "../../src/web/data/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import { eventually } from "../fixtures/Eventually.js"
import * as ObjectStore from "../fixtures/ObjectStore.js"
import { claimed, ownerRoutes, serverWith, visitor } from "../fixtures/OwnerServer.js"
import { isOverInstances, isOverPostgres } from "../fixtures/SiteEngine.js"
import { filesOf } from "../fixtures/ZipFiles.js"

const site = (overrides: Partial<SettingsValues> = {}) =>
  serverWith(serve(Layer.merge(ownerRoutes, Data.routes)), overrides)

const archive = "/admin/data/everything.zip"

const loggedIn = Effect.gen(function* () {
  yield* claimed
  const browser = visitor()
  yield* browser.login()
  return browser
})

/** Begins a download without reading it. */
const begun = (browser: ReturnType<typeof visitor>) =>
  Effect.flatMap(HttpServer.HttpServer, ({ address }) =>
    Effect.acquireRelease(
      Effect.async<IncomingMessage>((resume) => {
        const port = address._tag === "TcpAddress" ? address.port : 0
        const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join("; ")
        get({ port, host: "127.0.0.1", path: archive, headers: { cookie } }, (answer) => resume(Effect.succeed(answer)))
      }),
      (answer) => Effect.sync(() => answer.destroy())
    )
  )

const write = (
  content: string,
  state: {
    readonly status?: "draft" | "published"
    readonly more?: Readonly<Record<string, ReadonlyArray<string>>>
  } = {}
) =>
  Effect.flatMap(Posts, (posts) =>
    posts.create({
      type: "h-entry",
      properties: { content: [content], ...state.more },
      status: state.status ?? "published",
      visibility: "public"
    })
  )

/** Posts that compress badly: more than all buffers between the database and the reader hold. */
const writeMuch = Effect.forEach(Array.from({ length: 24 }), (_, at) =>
  // Not in the content, which would be rendered.
  write(`Note ${at}`, { more: { noise: [randomBytes(600_000).toString("base64")] } })
)

const workspaces = Effect.flatMap(Settings, ({ dataPath }) =>
  Effect.promise(async () => (await readdir(dataPath)).filter((name) => name.includes("partial")))
)

/** All files below a directory, by relative path. */
const filesBelow = (root: string) =>
  Effect.promise(async () => {
    const entries = await readdir(root, { recursive: true, withFileTypes: true })
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    return new Map(
      await Promise.all(paths.map(async (path) => [path.slice(root.length + 1), await readFile(path)] as const))
    )
  })

const downloadsWhatExportWrites = (overrides: Partial<SettingsValues> = {}) =>
  Effect.gen(function* () {
    const browser = yield* loggedIn
    yield* write("A note – with “quotes”")
    yield* write("Not yet", { status: "draft" })
    const photo = yield* Effect.promise(() =>
      sharp({ create: { width: 700, height: 500, channels: 3, background: "teal" } })
        .jpeg()
        .toBuffer()
    )
    const media = yield* MediaStore
    yield* media.store({ content: Stream.make(photo), filename: "a.jpg", declaredType: "image/jpeg" })
    const settings = yield* SiteSettings
    const { values } = yield* settings.current
    yield* settings.change("site", 0, { ...values.site, name: "My site" })

    const answer = yield* begun(browser)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers["content-type"]).toBe("application/zip")
    expect(answer.headers["cache-control"]).toBe("no-store")
    expect(answer.headers["content-disposition"]).toMatch(/^attachment; filename="me\.example-\d{4}-\d\d-\d\d\.zip"$/)
    const files = yield* Effect.promise(async () => filesOf(await buffer(answer)))

    const directory = yield* Effect.acquireRelease(
      Effect.promise(() => mkdtemp(join(tmpdir(), "starpunk-"))),
      (path) => Effect.promise(() => rm(path, { recursive: true }))
    )
    const target = join(directory, "export")
    const report = yield* Effect.flatMap(Export, ({ create }) => create(target)).pipe(
      Effect.provide(ExportDirectory.layer)
    )
    expect(report).toMatchObject({ posts: 2, media: 1 })
    expect(new Map([...files].toSorted())).toEqual(new Map([...(yield* filesBelow(target))].toSorted()))
    expect([...files.keys()].at(-1)).toBe("starpunk-export.json")
    yield* eventually(workspaces, (left) => left.length === 0)
  }).pipe(Effect.scoped, Effect.provide(site(overrides)))

// `starpunk export` reads a file.
it.scoped.skipIf(isOverPostgres)("downloads the files that `starpunk export` writes, and leaves no copy behind", () =>
  downloadsWhatExportWrites()
)

it.scoped.skipIf(isOverPostgres || ObjectStore.whyNot !== undefined)("does so with media in an object store", () =>
  Effect.gen(function* () {
    // An object store refuses requests of another time than its own.
    yield* TestClock.setTime(Date.now())
    const { settings } = yield* ObjectStore.bucket
    yield* downloadsWhatExportWrites({ objectStore: settings })
  })
)

it.scoped("asks for a recent login first, on the page and at the address", () =>
  Effect.gen(function* () {
    const browser = yield* loggedIn
    expect((yield* browser.get("/admin/data")).body).toContain(`href="${archive}"`)
    yield* TestClock.adjust("11 minutes")
    const { body } = yield* browser.get("/admin/data")
    expect(body).not.toContain(archive)
    expect(body).toContain("Confirm your identity")
    for (const caller of [browser, visitor()]) {
      const { headers, status } = yield* caller.get(archive)
      expect([status, headers.get("location")?.split("?")[0]]).toEqual([
        303,
        caller === browser ? "/auth/confirm" : "/auth/login"
      ])
    }
    expect(yield* workspaces).toEqual([])
  }).pipe(Effect.scoped, Effect.provide(site()))
)

it.scoped.skipIf(isOverInstances)(
  "releases the copy of a reader who stops or leaves, and allows two downloads at a time",
  () =>
    Effect.gen(function* () {
      const browser = yield* loggedIn
      yield* writeMuch
      const slow = yield* begun(browser)
      const leaving = yield* begun(browser)
      expect(yield* workspaces).toHaveLength(2)
      const third = yield* begun(browser)
      expect(third.statusCode).toBe(503)
      expect(third.headers["retry-after"]).toBe("60")

      leaving.destroy()
      yield* eventually(workspaces, (left) => left.length === 1)
      // What is written after a download began is not in it.
      yield* write("Later")
      const files = yield* Effect.promise(async () => filesOf(await buffer(slow)))
      expect([...files.keys()].filter((path) => path.startsWith("posts/"))).toHaveLength(24)
      yield* eventually(workspaces, (left) => left.length === 0)
      expect((yield* begun(browser)).statusCode).toBe(200)
    }).pipe(Effect.scoped, Effect.provide(site()))
)
