import { describe, expect, it } from "@effect/vitest"
import { BoundedMap } from "../../../src/domain/BoundedMap.js"

const holding = (capacity: number, ...keys: ReadonlyArray<string>): BoundedMap<string, number> => {
  const map = new BoundedMap<string, number>(capacity)
  keys.forEach((key, index) => {
    map.set(key, index)
  })
  return map
}

describe("BoundedMap", () => {
  it("drops the entry that was set the longest time ago", () => {
    const map = holding(2, "a", "b", "c")
    expect([map.get("a"), map.get("b"), map.get("c")]).toEqual([undefined, 1, 2])
    expect(map.size).toBe(2)
  })

  it("makes an entry the newest when it is set again, but not when it is read", () => {
    const map = holding(2, "a", "b", "a", "c")
    expect([map.get("a"), map.get("b")]).toEqual([2, undefined])
    map.get("a")
    map.set("d", 4)
    expect(map.get("a")).toBeUndefined()
  })

  it("drops nothing when an entry is set again or removed", () => {
    const map = holding(2, "a", "b", "b")
    expect(map.size).toBe(2)
    map.delete("a")
    map.delete("a")
    map.set("c", 3)
    expect([map.get("b"), map.get("c"), map.size]).toEqual([2, 3, 2])
  })

  it("keeps entries whose value is undefined", () => {
    const map = new BoundedMap<string, undefined>(1)
    map.set("a", undefined)
    map.set("b", undefined)
    expect(map.size).toBe(1)
  })
})
