import { describe, expect, it } from "@effect/vitest"
import { Context, Effect, Layer, TestClock } from "effect"
import * as ContentCoding from "../../layers/http/ContentCoding.js"
import * as PageCache from "../../layers/http/PageCache.js"
import * as MemoryLogger from "../../layers/memory/Logger.js"
import * as MemoryMachine from "../../layers/memory/Machine.js"
import * as MemorySecureRandom from "../../layers/memory/SecureRandom.js"
import { layerTest } from "../../layers/memory/Settings.js"
import * as PageCacheSize from "../../src/background/PageCacheSize.js"
import { Machine } from "../../src/services/Machine.js"
import { PageCache as Pages } from "../../src/services/PageCache.js"

let residentBytes = 0

const machine = Layer.map(MemoryMachine.layer, (context) => {
  const constant = Context.get(context, Machine)
  return Context.make(Machine, {
    ...constant,
    process: Effect.map(constant.process, (use) => ({ ...use, residentBytes }))
  })
})

const services = PageCacheSize.layer.pipe(
  Layer.provideMerge(PageCache.layer),
  Layer.provide(
    Layer.mergeAll(machine, ContentCoding.layer, MemorySecureRandom.layer, MemoryLogger.layerSilent, layerTest())
  )
)

describe("the page cache when memory is short", () => {
  it.effect("keeps a quarter of its size before the site counts as degraded, and all of it when there is enough", () =>
    Effect.gen(function* () {
      const pages = yield* Pages
      const fill = (count: number) => {
        for (let number = 0; number < count; number++) {
          const question = { target: `/?${number}`, headers: {} }
          pages.begin(question, question, "1", () => {})
          const body = new Uint8Array(100_000)
          pages.settle(question, { status: 200, headers: {}, rawHeaders: [], body, route: "/", limits: [] })
        }
        return pages.stats().bytes
      }
      const whole = fill(300)
      expect(whole).toBeGreaterThan(15_000_000)
      // The threshold of the health check is 512 MB.
      residentBytes = 480_000_000
      yield* TestClock.adjust("10 seconds")
      expect(pages.stats().bytes).toBeLessThan(whole / 3.9)
      expect(fill(300)).toBeLessThan(whole / 3.9)
      residentBytes = 430_000_000
      yield* TestClock.adjust("10 seconds")
      expect(fill(300)).toBeLessThan(whole / 3.9)
      residentBytes = 300_000_000
      yield* TestClock.adjust("10 seconds")
      expect(fill(300)).toBeGreaterThan(15_000_000)
    }).pipe(Effect.provide(services))
  )
})
