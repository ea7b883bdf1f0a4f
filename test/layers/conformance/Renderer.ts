import { expect, layer as withLayer } from "@effect/vitest"
import { Effect, Fiber, type Layer } from "effect"
import { Renderer } from "../../../src/services/Renderer.js"

const entry = (...content: ReadonlyArray<string | { readonly [key: string]: unknown }>) => ({
  type: "h-entry",
  properties: { content }
})

/** Longer than a note, so that it is rendered in the thread for long texts. */
const long = (text: string) => `${text}\n\n${"Some *more* words. ".repeat(200)}`

/** Contract of Renderer. */
export const conforms = (name: string, implementation: Layer.Layer<Renderer>) =>
  withLayer(implementation, { timeout: "1 minute" })(`Renderer: ${name}`, (it) => {
    it.effect("renders short and long texts of every format to safe HTML, text, an opening and a search document", () =>
      Effect.gen(function* () {
        const renderer = yield* Renderer
        for (const text of [
          "A **bold** word <script>alert(1)</script>",
          long("A **bold** word <script>alert(1)</script>")
        ]) {
          const { document, rendering } = yield* renderer.render(entry(text))
          expect(rendering.state).toBe("rendered")
          expect(rendering.html).toContain("<strong>bold</strong>")
          expect(rendering.html).not.toContain("<script")
          expect(rendering.text).toMatch(/^A bold word/)
          expect(rendering.opening).toBe(rendering.text.slice(0, 600).trimEnd())
          expect(document.body).toContain(" bold ")
          const html = yield* renderer.render(entry({ html: `<b onclick="x()">bold</b><script>x</script><p>${text}` }))
          expect(html.rendering.html).toContain("<b>bold</b>")
          expect(html.rendering.html).not.toMatch(/onclick|<script/)
        }
      })
    )

    it.effect("returns the same for the same post, alone or in a batch", () =>
      Effect.gen(function* () {
        const renderer = yield* Renderer
        const posts = ["short", long("# long"), "", { html: long("<i>html</i>") }].map((text) => entry(text))
        const one = yield* Effect.forEach(posts, renderer.render)
        expect(yield* renderer.renderAll(posts)).toEqual(one)
      })
    )

    it.effect("keeps the order of many posts, short and long mixed", () =>
      Effect.gen(function* () {
        const renderer = yield* Renderer
        const texts = Array.from({ length: 60 }, (_, index) =>
          index % 3 === 0 ? long(`number ${index}`) : `number ${index}`
        )
        const made = yield* renderer.renderAll(texts.map((text) => entry(text)))
        expect(made.map(({ rendering }) => rendering.text.split(/\s/, 2).join(" "))).toEqual(
          texts.map((_, index) => `number ${index}`)
        )
      })
    )

    it.effect("renders posts without content, and an empty list", () =>
      Effect.gen(function* () {
        const renderer = yield* Renderer
        const { rendering } = yield* renderer.render({ type: "h-entry", properties: { photo: ["/media/a.jpg"] } })
        expect(rendering).toEqual({ state: "rendered", html: "", text: "", opening: "" })
        expect(yield* renderer.renderAll([])).toEqual([])
      })
    )

    it.effect("continues after a caller has left", () =>
      Effect.gen(function* () {
        const renderer = yield* Renderer
        const fiber = yield* Effect.fork(renderer.render(entry(long("left"))))
        yield* Effect.yieldNow()
        yield* Fiber.interrupt(fiber)
        const { rendering } = yield* renderer.render(entry(long("stayed")))
        expect(rendering.text).toMatch(/^stayed/)
      })
    )
  })
