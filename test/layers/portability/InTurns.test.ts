import { expect, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { inTurns } from "../../../layers/portability/InTurns.js"
import { assigningSlugs, type SlugWish } from "../../../src/domain/archive/SlugAssignment.js"
import { Slug } from "../../../src/domain/posts/Slug.js"

/** The steps after which another fiber has its turns, while `work` runs. */
const turnsDuring = <A>(work: (onStep: () => void) => Effect.Effect<A, unknown>) =>
  Effect.gen(function* () {
    let steps = 0
    const seen: Array<number> = []
    const other = yield* Effect.fork(
      Effect.forever(
        Effect.zipRight(
          Effect.sync(() => seen.push(steps)),
          Effect.yieldNow()
        )
      )
    )
    const result = yield* work(() => {
      steps += 1
    })
    yield* Fiber.interrupt(other)
    return { result, longest: Math.max(...seen.map((at, place) => at - (seen[place - 1] ?? 0))) }
  })

it.effect("S2: work in steps lets other fibers run, returns its result, and reports what it throws", () =>
  Effect.gen(function* () {
    const work = (onStep: () => void) =>
      inTurns(
        (function* () {
          for (let step = 0; step < 5_000; step += 1) {
            onStep()
            yield
          }
          return "done"
        })(),
        () => "failed",
        50
      )
    const { longest, result } = yield* turnsDuring(work)
    expect([result, longest <= 100]).toEqual(["done", true])
    const broken = (function* (): Generator<void, string> {
      throw new Error("no")
    })()
    expect(yield* Effect.flip(inTurns(broken, String))).toBe("Error: no")
  })
)

it.effect("S2: posts of one name get their slugs in turns", () =>
  Effect.gen(function* () {
    const wishes = Array.from(
      { length: 2_000 },
      (_, publishedAt): SlugWish => ({
        path: `${publishedAt}.md`,
        slug: Slug.make("post"),
        isGuess: false,
        publishedAt,
        formerSlugs: []
      })
    )
    let compared = 0
    const { longest, result } = yield* turnsDuring((onStep) =>
      inTurns(
        assigningSlugs(wishes, () => {
          compared += 1
          onStep()
          return false
        }),
        String,
        1
      )
    )
    expect(result.slugs.get("1999.md")).toBe("post-2000")
    expect(longest).toBeLessThan(4_001)
    expect(compared).toBe(1_999_000)
  })
)
