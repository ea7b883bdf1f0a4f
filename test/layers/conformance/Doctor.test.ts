import { readdir, rm } from "node:fs/promises"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import * as Doctor from "../../../layers/doctor/Doctor.js"
import { layerTest } from "../../../layers/memory/Settings.js"
import { Doctor as Port } from "../../../src/services/Doctor.js"
import { site } from "../backup/Site.js"

/**
 * The promises of the one Doctor there is: what it looks at is the machine, which nobody can stand in for (decision 15).
 * That each finding is found and mended by its command is in `test/program/Doctor.test.ts`.
 */
describe("The Doctor", () => {
  const patient = Effect.map(site, (here) => {
    const settings = layerTest({ dataPath: here.dataPath, databasePath: here.databasePath, port: 0 })
    const examine = (onProgress?: Parameters<Port["Type"]["examine"]>[0]) =>
      Effect.flatMap(Port, (doctor) => doctor.examine(onProgress)).pipe(
        Effect.provide(Doctor.layer.pipe(Layer.provide(settings)))
      )
    return { ...here, examine }
  })

  it.scopedLive("names a command for every problem, and for nothing else", () =>
    Effect.gen(function* () {
      const { examine } = yield* patient
      const findings = yield* examine()
      for (const { code, fix, message, severity } of findings) {
        expect(code).toMatch(/^[a-z]+\.[a-z0-9_]+$/)
        expect(message, code).toMatch(/^[A-Z0-9].{10,}$/)
        if (severity === "ok") expect(fix, code).toBeUndefined()
        else expect(fix, code).toMatch(/^[a-z]/)
      }
    })
  )

  it.scopedLive("reports every problem, never fails, and changes nothing", () =>
    Effect.gen(function* () {
      const { dataPath, directory, examine } = yield* patient
      yield* Effect.promise(() => rm(dataPath, { recursive: true }))
      expect((yield* examine()).filter(({ severity }) => severity !== "ok").map(({ code }) => code)).toEqual(
        expect.arrayContaining(["data.directory", "database.open"])
      )
      expect(yield* Effect.promise(() => readdir(directory))).toEqual([])
    })
  )

  it.scopedLive("reports its progress", () =>
    Effect.gen(function* () {
      const { examine } = yield* patient
      const steps: Array<string> = []
      yield* examine(({ step }) => steps.push(step))
      expect(steps).toEqual(["Checking the machine", "Reading the whole database", "Checking the server"])
    })
  )
})
