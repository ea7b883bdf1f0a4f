import { describe, expect, it } from "vitest"
import { memoized } from "../../../src/domain/Memo.js"

const counting = (options?: { readonly capacity?: number; readonly maxLength?: number }) => {
  const asked: Array<string> = []
  const lengthOf = memoized((text) => {
    asked.push(text)
    return text.length
  }, options)
  return { asked, lengthOf }
}

describe("a remembered function", () => {
  it("is called once for each text", () => {
    const { asked, lengthOf } = counting()
    expect(["a", "bb", "a", "bb"].map(lengthOf)).toEqual([1, 2, 1, 2])
    expect(asked).toEqual(["a", "bb"])
  })

  it("forgets the oldest of too many texts", () => {
    const { asked, lengthOf } = counting({ capacity: 2 })
    for (const text of ["a", "b", "c", "b", "a"]) lengthOf(text)
    expect(asked).toEqual(["a", "b", "c", "a"])
  })

  it("remembers no long text", () => {
    const { asked, lengthOf } = counting({ maxLength: 3 })
    for (const text of ["long", "long"]) expect(lengthOf(text)).toBe(4)
    expect(asked).toEqual(["long", "long"])
  })
})
