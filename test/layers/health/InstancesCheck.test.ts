import { expect, it } from "@effect/vitest"
import { Effect, Option } from "effect"
import { instances } from "../../../layers/health/InstancesCheck.js"
import { Instances, type InstancesShape } from "../../../src/services/Instances.js"

const other = { name: "blog-2", version: "2.0.0", leads: false, differing: [] }

const looked = (state: Partial<InstancesShape>) =>
  Effect.gen(function* () {
    const check = yield* Effect.provideService(instances, Instances, {
      ...(yield* Instances),
      name: "blog-1",
      ...state
    })
    return yield* Option.getOrThrow(check).look
  })

it.effect("names the instance, and counts those of the site", () =>
  Effect.gen(function* () {
    expect(yield* looked({ count: () => 2, others: () => [other] })).toEqual({
      status: "healthy",
      details: { instance: "blog-1", count: 2, leads: true, clock_behind_ms: 0 }
    })
  })
)

it.effect("settings that differ, and clocks, degrade it", () =>
  Effect.gen(function* () {
    const differing = { ...other, differing: ["STARPUNK_SESSION_TIMEOUT"] }
    expect(yield* looked({ others: () => [differing] })).toMatchObject({
      status: "degraded",
      reason: "settings_differ",
      details: { settings: "STARPUNK_SESSION_TIMEOUT" }
    })
    expect(yield* looked({ clockAhead: () => -600_000 })).toMatchObject({ status: "degraded", reason: "clock_differs" })
  })
)

it.effect("is not there where one process is the only one", () =>
  Effect.gen(function* () {
    expect(yield* instances).toEqual(Option.none())
  })
)
