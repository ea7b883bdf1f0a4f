import { Effect, Layer, Option } from "effect"
import { Machine } from "../../src/services/Machine.js"

/** Machine with constant figures for tests. */
export const layer: Layer.Layer<Machine> = Layer.succeed(Machine, {
  nodeVersion: "v0.0.0",
  startedAt: 0,
  process: Effect.succeed({
    cpuSeconds: 1.5,
    residentBytes: 120_000_000,
    heapUsedBytes: 40_000_000,
    heapTotalBytes: 60_000_000,
    externalBytes: 3_000_000,
    activeSeconds: 2,
    idleSeconds: 58
  }),
  takeEventLoopDelay: Effect.succeed({ max: 0.012, p99: 0.004, p50: 0.000_1 }),
  storage: Effect.succeed({
    databaseBytes: Option.some(8_400_000),
    walBytes: Option.some(310_000),
    freeBytes: Option.some(21_000_000_000)
  })
})
