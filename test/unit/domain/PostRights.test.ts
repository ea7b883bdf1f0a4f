import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { PostStatus, Visibility } from "../../../src/domain/posts/Post.js"
import { actionsOf } from "../../../src/domain/posts/PostRights.js"

const now = 1_000

/** A post as its time of publication, status and visibility decide who sees it. */
const published = FastCheck.record({
  status: FastCheck.constantFrom(...PostStatus.literals),
  visibility: FastCheck.constantFrom(...Visibility.literals),
  publishedAt: FastCheck.integer({ min: 990, max: 1_010 })
})

type Published = typeof published extends FastCheck.Arbitrary<infer A> ? A : never

/** How many see it at an instant: nobody, those with its address, everyone. */
const seenAt = ({ publishedAt, status, visibility }: Published, instant: number): number =>
  status === "draft" || publishedAt > instant ? 0 : { private: 0, unlisted: 1, public: 2 }[visibility]

const instants = Array.from({ length: 30 }, (_, index) => now + index)

describe("S7: the effect of a change on who sees a post", () => {
  it.prop("publishes if more people see it, now or later", [published, published], ([before, after]) => {
    const isSeenByMore = instants.some((instant) => seenAt(after, instant) > seenAt(before, instant))
    if (isSeenByMore) expect(actionsOf(before, after, now)).toContain("publish")
  })

  it.prop("withdraws if fewer people see it", [published, published], ([before, after]) => {
    const isSeenByFewer = instants.some((instant) => seenAt(after, instant) < seenAt(before, instant))
    if (isSeenByFewer) expect(actionsOf(before, after, now)).toContain("withdraw")
  })

  it.prop("is only an edit if that stays the same", [published], ([post]) => {
    expect(actionsOf(post, post, now)).toEqual(["edit"])
  })
})
