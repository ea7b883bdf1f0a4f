import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { expect, it } from "@effect/vitest"
import { Context, Effect, Exit, Fiber, Layer, Scope } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { layerWith } from "../../../layers/outbound/PageParser.js"
import { ClientId } from "../../../src/domain/indieauth/ClientId.js"
import { PageParser } from "../../../src/services/PageParser.js"

const built = (file: URL, limits = { perPage: 5_000, toStart: 30_000, idle: 60_000, waiting: 3 }) =>
  Effect.map(Layer.build(layerWith(file, limits).pipe(Layer.provide(layerSilent))), Context.get(PageParser))

const cited = (html: string) => ({
  about: "cited" as const,
  address: "https://a.example/",
  html,
  url: "https://a.example/x/"
})

it.scopedLive("reads what a page says, in the thread of the shipped bundle", () =>
  Effect.gen(function* () {
    const { read } = yield* built(pathToFileURL("dist/pages.js"))
    const page = `<title>Site</title><meta name="author" content="Bo"><article class="h-entry"><h1 class="p-name">Tea</h1>
      <p class="p-summary">Hot.</p></article>`
    expect(yield* read<"cited">(cited(page))).toEqual({
      state: "read",
      answer: { address: "https://a.example/", name: "Tea", author: { name: "Bo" }, excerpt: "Hot." }
    })
    const clientId = ClientId.make("https://app.example/")
    const app = `<div class="h-app"><a class="u-url p-name" href="/">App</a></div><link rel="redirect_uri" href="/back">`
    expect(yield* read<"client">({ about: "client", clientId, html: app, url: clientId })).toEqual({
      state: "read",
      answer: { name: "App", redirectUris: ["https://app.example/back"] }
    })
    const profile = '<link rel="authorization_endpoint" href="/auth"><link rel="token_endpoint" href="/token">'
    expect(yield* read<"provider">({ about: "provider", html: profile, url: "https://ada.example/" })).toEqual({
      state: "read",
      answer: { authorization: "https://ada.example/auth", token: "https://ada.example/token" }
    })
  })
)

/** A thread that answers with the length of a page, and never or with an error where the page says so. */
const program = `import { parentPort } from "node:worker_threads"
parentPort.on("message", ({ html }) => {
  if (html === "forever") for (;;) ;
  if (html === "memory") for (const all = []; ; ) all.push(new Array(100_000).fill(html))
  if (html === "error") throw new Error("no")
  parentPort.postMessage({ answer: html })
})
parentPort.postMessage(undefined)
`

const thread = (text: string) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const directory = await mkdtemp(join(tmpdir(), "starpunk-"))
      await writeFile(join(directory, "thread.mjs"), text)
      return directory
    }),
    (directory) => Effect.promise(() => rm(directory, { recursive: true }))
  ).pipe(Effect.map((directory) => pathToFileURL(join(directory, "thread.mjs"))))

it.scopedLive("S2: a page that never finishes, uses up the memory or ends the thread affects no other page", () =>
  Effect.gen(function* () {
    const { read } = yield* built(yield* thread(program), { perPage: 300, toStart: 30_000, idle: 60_000, waiting: 9 })
    const outcomes = yield* Effect.forEach(
      ["a", "forever", "b", "error", "memory", "c"],
      (html) => read<"cited">(cited(html)),
      { concurrency: "unbounded" }
    )
    expect(outcomes.map((outcome) => (outcome.state === "read" ? outcome.answer : outcome.state))).toEqual([
      "a",
      "too_slow",
      "b",
      "too_slow",
      "too_slow",
      "c"
    ])
  })
)

it.scopedLive("refuses pages beyond its queue, and those of a thread that does not start", () =>
  Effect.gen(function* () {
    const { read } = yield* built(yield* thread("throw new Error()"))
    const outcomes = yield* Effect.forEach([1, 2, 3, 4], () => read<"cited">(cited("")), { concurrency: "unbounded" })
    expect(outcomes).toEqual(outcomes.map(() => ({ state: "busy" })))
  })
)

it.scopedLive(
  "ends its thread when it has had no work, starts it again, and answers those who wait when it closes",
  () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const limits = { perPage: 60_000, toStart: 30_000, idle: 0, waiting: 9 }
      const { read } = yield* Scope.extend(built(yield* thread(program), limits), scope)
      for (const html of ["a", "b", "c"]) {
        expect(yield* read<"cited">(cited(html))).toEqual({ state: "read", answer: html })
      }
      const left = yield* Effect.fork(read<"cited">(cited("forever")))
      yield* Effect.yieldNow()
      yield* Scope.close(scope, Exit.void)
      expect(yield* Fiber.join(left)).toEqual({ state: "busy" })
    })
)
