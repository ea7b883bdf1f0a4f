import { pathToFileURL } from "node:url"
import { Worker } from "node:worker_threads"
import { expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { vi } from "vitest"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as Memory from "../../../layers/memory/Renderer.js"
import * as Node from "../../../layers/rendering/Renderer.js"
import { renderedPost, unrenderedPost } from "../../../src/domain/search/RenderedPost.js"
import { Renderer } from "../../../src/services/Renderer.js"
import { conforms } from "./Renderer.js"

/** Counts texts that this thread makes plain; the renderer's thread has its own copy of the module. */
const { made } = vi.hoisted(() => ({ made: { plain: 0 } }))
vi.mock("../../../src/domain/search/RenderedPost.js", async (load) => {
  const original = await load<typeof import("../../../src/domain/search/RenderedPost.js")>()
  const unrenderedPost: typeof original.unrenderedPost = (...post) => {
    made.plain += 1
    return original.unrenderedPost(...post)
  }
  return { ...original, unrenderedPost }
})

conforms("memory", Memory.layer)
conforms(
  "node",
  // The thread of the shipped bundle.
  Node.layerWith(pathToFileURL("dist/renderer.js")).pipe(Layer.provide(MemoryLogger.layerSilent))
)

it.scopedLive("S2: a text that takes too long among many costs only itself, and becomes plain in the thread", () =>
  Effect.gen(function* () {
    const limits = { perPost: 500, toStart: 30_000, idle: 60_000, waiting: 2_000 }
    const context = yield* Layer.build(
      Node.layerWith(pathToFileURL("dist/renderer.js"), limits).pipe(Layer.provide(MemoryLogger.layerSilent))
    )
    const slow = "*a* ".repeat(500_000)
    const posts = Array.from({ length: 40 }, (_, place) => ({
      type: "h-entry",
      properties: { content: [place === 5 || place === 20 ? slow : `number ${place}`] }
    }))
    made.plain = 0
    const all = yield* Effect.flatMap(Renderer, ({ renderAll }) => renderAll(posts)).pipe(Effect.provide(context))
    expect(made.plain).toBe(0)
    expect(all[5]).toEqual(unrenderedPost(posts[5] ?? { type: "", properties: {} }, "too_slow"))
    expect(all.map(({ rendering }) => (rendering.state === "rendered" ? rendering.text : rendering.state))).toEqual(
      posts.map((_, place) => (place === 5 || place === 20 ? "too_slow" : `number ${place}`))
    )
  })
)

it.scopedLive("S2: copies no long text out of the thread at once, and continues in a later turn", () =>
  Effect.gen(function* () {
    let turn = 0
    let copiedIn = 0
    let longest = 0
    let isOver = false
    const { emit } = Worker.prototype
    Worker.prototype.emit = function (this: Worker, event: string, ...said: Array<unknown>) {
      if (event === "message" && typeof said[0] === "object") {
        copiedIn = turn
        JSON.stringify(said, (_, value: unknown) => {
          if (typeof value === "string") longest = Math.max(longest, value.length)
          return ArrayBuffer.isView(value) ? undefined : value
        })
      }
      return Reflect.apply(emit, this, [event, ...said])
    }
    yield* Effect.addFinalizer(() =>
      Effect.sync(() => {
        isOver = true
        Worker.prototype.emit = emit
      })
    )
    const context = yield* Layer.build(
      Node.layerWith(pathToFileURL("dist/renderer.js")).pipe(Layer.provide(MemoryLogger.layerSilent))
    )
    const next = () => {
      turn += 1
      if (!isOver) setImmediate(next)
    }
    setImmediate(next)
    for (const unit of ["a ", "漢 ", "<b>"]) {
      const post = { type: "h-entry", properties: { content: [unit.repeat(40_000)] } }
      const made = yield* Effect.flatMap(Renderer, ({ render }) => render(post)).pipe(Effect.provide(context))
      // Callbacks of `setImmediate` end the turn that copied it; the sockets of the next turn come before those of that one.
      expect(turn).toBeGreaterThan(copiedIn + 1)
      expect(made).toEqual(renderedPost(post))
      expect(longest).toBeLessThan(65_536)
    }
  })
)
