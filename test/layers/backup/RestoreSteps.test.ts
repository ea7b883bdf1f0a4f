import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { vi } from "vitest"
import { finishRestore } from "../../../layers/backup/FinishRestore.js"
import { layerSilent } from "../../../layers/memory/Logger.js"
import { layerTest } from "../../../layers/memory/Settings.js"
import { Backup } from "../../../src/services/Backup.js"
import { Restore } from "../../../src/services/Restore.js"
import { Settings } from "../../../src/settings/Config.js"
import { site } from "./Site.js"

type Call = (...args: ReadonlyArray<unknown>) => Promise<unknown>

/** After this many changing calls, every one fails, as if the process had been killed. */
const disk = vi.hoisted(() => ({ calls: 0, last: Number.POSITIVE_INFINITY }))

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<Record<string, Call>>()
  const counted = ["rename", "link", "unlink", "rm", "mkdir", "chown", "open", "writeFile"]
  const wrap =
    (call: Call | undefined): Call =>
    async (...args) => {
      if (++disk.calls > disk.last) throw Object.assign(new Error("killed"), { code: "EIO", path: args[0] })
      return call?.(...args)
    }
  return { ...real, ...Object.fromEntries(counted.map((name) => [name, wrap(real[name])])) }
})

describe("O1: a restore", () => {
  it.scopedLive(
    "leaves either the old site or the new one complete, whichever step is the last",
    () =>
      Effect.gen(function* () {
        const { allMedia, dataPath, databasePath, directory, media, post, services, slugs } = yield* site
        const settings = Effect.provide(Settings, layerTest({ dataPath, databasePath }))
        const archive = join(directory, "b.tar")
        yield* media("ab/a.jpg", "new")
        yield* media("cd/only-new.jpg", "new")
        yield* Effect.provide(
          Effect.flatMap(Backup, (backup) => backup.create(archive)),
          services
        )
        const seen = new Set<string>()
        for (let last = 0; ; last += 2) {
          yield* post(`old-${last}`)
          yield* media("ab/a.jpg", "old")
          const old = { slugs: yield* slugs, media: yield* allMedia }
          disk.calls = 0
          disk.last = last
          const exit = yield* Effect.exit(
            Effect.provide(
              Effect.flatMap(Restore, (restore) => restore.restore(archive)),
              services
            )
          )
          disk.last = Number.POSITIVE_INFINITY
          yield* Effect.provide(Effect.flatMap(settings, finishRestore), layerSilent)
          const found = { slugs: yield* slugs, media: yield* allMedia }
          const isNew = found.slugs.length === 0
          seen.add(isNew ? "new" : "old")
          expect(found).toEqual(isNew ? { slugs: [], media: { "ab/a.jpg": "new", "cd/only-new.jpg": "new" } } : old)
          if (Exit.isSuccess(exit) && disk.calls <= last) break
        }
        expect(seen).toEqual(new Set(["old", "new"]))
        const left = (yield* Effect.promise(() => readdir(dataPath))).filter((name) => /restore/.test(name))
        expect(left.filter((name) => !name.startsWith("starpunk.db.before-restore-"))).toEqual([])
      }),
    240_000
  )
})
