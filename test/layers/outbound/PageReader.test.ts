import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { layerSilent } from "../../../layers/memory/Logger.js"
import * as MemoryParser from "../../../layers/memory/PageParser.js"
import { answering, layerOf } from "../../../layers/memory/SafeHttp.js"
import * as Reader from "../../../layers/outbound/PageReader.js"
import { PageReader } from "../../../src/services/PageReader.js"

/** Pages that take a parser of microformats for ever, or all memory. */
const pages: Readonly<Record<string, string>> = {
  doubling: '<div class="h-entry p-a p-b">'.repeat(90),
  reopened: Array.from({ length: 4_000 }, (_, index) => `<p><b ${index}></p>`).join("")
}

const reader = Reader.layer.pipe(
  Layer.provide(
    layerOf((request) => {
      const { pathname } = new URL(request.url)
      return Effect.succeed(answering(request, `<title>Tea</title>${pages[pathname.slice(1)] ?? ""}`))
    })
  ),
  Layer.provide(MemoryParser.layer),
  Layer.provide(layerSilent)
)

describe("S2: a hostile page that a post cites", () => {
  it.effect.each(Object.keys(pages))("is read like any other: %s", (name) =>
    Effect.gen(function* () {
      const { read } = yield* PageReader
      const reading = yield* read(`https://other.example/${name}`)
      expect(reading).toMatchObject({ state: "read", page: { name: "Tea" } })
    }).pipe(Effect.provide(reader))
  )
})
