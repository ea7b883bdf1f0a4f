import { expect, it } from "@effect/vitest"
import { Clock, Duration, Effect, Option, type Scope, Stream, TestClock } from "effect"
import { backupInstant } from "../../../src/domain/archive/BackupManifest.js"
import type { KeptDirectory } from "../../../src/services/BackupDirectory.js"

/** Contract of backup directories; `make` creates an empty one that keeps two. */
export const conforms = <E>(name: string, make: Effect.Effect<KeptDirectory, E, Scope.Scope>) => {
  it.scoped(`BackupDirectory: ${name}: knows the time of the newest backup`, () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2026, 10, 23, 19))
      const { add, latest } = yield* make
      expect(yield* latest).toEqual(Option.none())
      yield* add
      expect(yield* latest).toEqual(Option.some(yield* Clock.currentTimeMillis))
      yield* TestClock.adjust(Duration.hours(1))
      yield* add
      expect(yield* latest).toEqual(Option.some(Date.UTC(2026, 10, 23, 20)))
    })
  )

  it.scoped(`BackupDirectory: ${name}: removes the oldest after a new one, and reports them`, () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2026, 10, 23, 19))
      const { add } = yield* make
      const paths: Array<string> = []
      for (let round = 0; round < 4; round++) {
        const { removed, report } = yield* add
        expect(removed).toEqual(round < 2 ? [] : [paths[round - 2]])
        expect(Option.getOrThrow(backupInstant(report.path.split("/").at(-1) ?? ""))).toBe(
          Date.UTC(2026, 10, 23, 19 + round)
        )
        paths.push(report.path)
        yield* TestClock.adjust(Duration.hours(1))
      }
    })
  )

  it.scoped(`BackupDirectory: ${name}: keeps one made after the clock was set back`, () =>
    Effect.gen(function* () {
      const { add } = yield* make
      for (const day of [23, 24]) {
        yield* TestClock.setTime(Date.UTC(2026, 10, day))
        yield* add
      }
      yield* TestClock.setTime(Date.UTC(2026, 10, 20))
      const { removed, report } = yield* add
      expect(removed).toHaveLength(1)
      expect(removed).not.toContain(report.path)
    })
  )

  it.scoped(`BackupDirectory: ${name}: removes none if none can be made`, () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2026, 10, 23, 19))
      const { add, latest } = yield* make
      yield* add
      // A second backup in the same second has no free name.
      expect((yield* Effect.flip(add))._tag).toBe("BackupTargetExists")
      expect(yield* latest).toEqual(Option.some(Date.UTC(2026, 10, 23, 19)))
    })
  )
  it.scoped(`BackupDirectory: ${name}: makes one at a time, lists it and opens it by its name`, () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2026, 10, 23, 19))
      const { addUnlessBusy, list, open, underway } = yield* make
      expect(yield* list).toEqual([])
      const made = yield* Effect.all([addUnlessBusy, addUnlessBusy], { concurrency: 2 })
      const [added] = made.flatMap(Option.toArray)
      expect(made.filter(Option.isSome)).toHaveLength(1)
      expect(yield* underway).toEqual(Option.none())
      const file = "starpunk-20261123T190000Z.tar"
      const bytes = added?.report.bytes ?? 0
      expect(yield* list).toEqual([{ name: file, createdAt: Date.UTC(2026, 10, 23, 19), bytes }])
      const content = Option.getOrThrow(yield* open(file)).content
      expect(yield* Stream.runFold(content, 0, (sum, chunk) => sum + chunk.length)).toBe(bytes)
      for (const other of ["starpunk-20261123T190001Z.tar", `../${file}`, ""]) {
        expect(yield* open(other)).toEqual(Option.none())
      }
    })
  )
}
