import { describe, expect, it } from "@effect/vitest"
import { Clock, Effect, Schedule } from "effect"
import { media } from "../../../layers/health/MediaStoreCheck.js"
import { examine } from "../../../layers/s3/Findings.js"
import type { ObjectStoreOptions } from "../../../layers/s3/ObjectStore.js"
import type { Finding } from "../../../src/domain/archive/Finding.js"
import { faultyStore } from "../../fixtures/FaultyStore.js"
import * as ObjectStore from "../../fixtures/ObjectStore.js"
import { settings } from "../../fixtures/TestServer.js"

const shown = (findings: ReadonlyArray<Finding>) => findings.map(({ code, severity }) => [code, severity])

const found = (options: ObjectStoreOptions = {}, keys = ObjectStore.owner, missing?: string) =>
  Effect.gen(function* () {
    const { bucket, endpoint, names } = yield* ObjectStore.bucket
    const at = { bucket: missing ?? bucket, prefix: "blog" }
    const quick = { repetitions: Schedule.recurs(0), ...options }
    const findings = yield* examine(ObjectStore.settingsAt(endpoint, bucket, keys), at, quick)
    return { findings, names: yield* names }
  })

describe.skipIf(ObjectStore.whyNot !== undefined)("doctor and an object store", () => {
  it.live("finds that everything works, and leaves nothing", () =>
    Effect.gen(function* () {
      const { findings, names } = yield* found()
      expect(shown(findings)).toEqual([
        ["media.store", "ok"],
        ["media.clock", "ok"]
      ])
      expect(names).toEqual([])
    })
  )

  it.live.each([
    ["a wrong secret", {}, { ...ObjectStore.owner, secretAccessKey: "wrong" }, undefined, "access key or its secret"],
    ["no rights", {}, ObjectStore.stranger, undefined, "no right"],
    ["a missing bucket", {}, ObjectStore.owner, "no-such-bucket", "does not exist"],
    [
      "a clock of twenty minutes ahead",
      { clock: Effect.map(Clock.make().currentTimeMillis, (now) => now + 20 * 60_000) },
      ObjectStore.owner,
      undefined,
      "clock of this machine"
    ]
  ] as const)("finds %s", ([, options, keys, missing, words]) =>
    Effect.gen(function* () {
      const { findings } = yield* found(options, keys, missing)
      expect(shown(findings)).toEqual([["media.store", "fail"]])
      expect(findings[0]?.message).toContain(words)
    })
  )

  it.live("finds a clock of ten minutes ahead before the object store refuses it", () =>
    Effect.gen(function* () {
      const { currentTimeMillis } = Clock.make()
      const ahead = Effect.map(currentTimeMillis, (now) => now + 10 * 60_000)
      const { findings } = yield* Effect.withClock(found(), Object.assign(Clock.make(), { currentTimeMillis: ahead }))
      expect(shown(findings)).toEqual([
        ["media.store", "ok"],
        ["media.clock", "warn"]
      ])
      expect(findings[1]?.message).toMatch(/(?:599|600|601) seconds ahead/)
    })
  )

  it.live("the health check is degraded while the object store fails, and healthy afterwards", () =>
    Effect.gen(function* () {
      const { bucket, endpoint } = yield* ObjectStore.bucket
      const proxy = yield* faultyStore(endpoint)
      const objectStore = ObjectStore.settingsAt(proxy.endpoint, bucket)
      const { look, name } = yield* media({ ...settings, objectStore })
      expect([name, (yield* look).status]).toEqual(["media", "healthy"])
      proxy.always("HEAD", "no_answer")
      expect(yield* look).toMatchObject({ status: "degraded", reason: "cut" })
      proxy.always("HEAD", "none")
      expect((yield* look).status).toBe("healthy")
    }).pipe(Effect.scoped)
  )
})
