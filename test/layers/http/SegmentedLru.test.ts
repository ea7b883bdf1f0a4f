import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { SegmentedLru, type Sized } from "../../../layers/http/SegmentedLru.js"

const holding = (capacity: number, sizes: Record<string, number> = {}): SegmentedLru<Sized> => {
  const lru = new SegmentedLru<Sized>(capacity)
  for (const [key, bytes] of Object.entries(sizes)) lru.add(key, { bytes })
  return lru
}

const keysOf = (lru: SegmentedLru<Sized>, keys: string): string =>
  [...keys].filter((key) => lru.peek(key) !== undefined).join("")

describe("SegmentedLru", () => {
  it("removes the oldest entries on probation when a new entry needs room", () => {
    const lru = holding(100, { a: 40, b: 40, c: 40 })
    expect(keysOf(lru, "abc")).toBe("bc")
    expect(lru.size).toBe(2)
    expect(lru.bytes).toBe(80)
  })

  it("keeps entries that were used twice while entries that were used once pass through", () => {
    const lru = holding(100, { a: 20, b: 20 })
    lru.use("a")
    lru.use("b")
    for (let n = 0; n < 1_000; n++) lru.add(`crawled ${n}`, { bytes: 30 })
    expect(keysOf(lru, "ab")).toBe("ab")
    expect(lru.size).toBe(4)
  })

  it("does not count a peek as a use", () => {
    const lru = holding(100, { a: 40, b: 40 })
    lru.peek("a")
    lru.add("c", { bytes: 40 })
    expect(keysOf(lru, "abc")).toBe("bc")
  })

  it("returns the least recently used protected entry to probation when the protected segment is full", () => {
    const lru = holding(100, { a: 40, b: 40 })
    lru.use("a")
    lru.use("b")
    lru.use("a")
    lru.add("c", { bytes: 20 })
    lru.use("c")
    lru.add("d", { bytes: 20 })
    expect(keysOf(lru, "abcd")).toBe("acd")
  })

  it("replaces an entry with the same key", () => {
    const lru = holding(100, { a: 40 })
    lru.use("a")
    lru.add("a", { bytes: 10 })
    expect(lru.size).toBe(1)
    expect(lru.bytes).toBe(10)
    expect(lru.use("a")).toEqual({ bytes: 10 })
  })

  it("makes room for an entry that grows", () => {
    const lru = holding(100, { a: 40, b: 40 })
    const b = lru.use("b")
    if (b !== undefined) lru.grow("b", b, 30)
    expect(keysOf(lru, "ab")).toBe("b")
    expect(lru.bytes).toBe(70)
  })

  it("keeps no entry that is larger than the capacity", () => {
    const lru = holding(100, { a: 101 })
    expect(lru.size).toBe(0)
    expect(lru.bytes).toBe(0)
  })

  it("is empty after clear", () => {
    const lru = holding(100, { a: 40, b: 40 })
    lru.use("a")
    lru.clear()
    expect([lru.size, lru.bytes, keysOf(lru, "ab")]).toEqual([0, 0, ""])
    lru.add("c", { bytes: 100 })
    lru.use("c")
    expect(keysOf(lru, "c")).toBe("c")
  })

  it("never exceeds its capacity, and its size is the sum of its entries, after any operations", () => {
    const key = FastCheck.constantFrom(..."abcdefgh")
    const bytes = FastCheck.integer({ min: 0, max: 60 })
    const operation = FastCheck.tuple(FastCheck.constantFrom("add", "use", "grow"), key, bytes)
    FastCheck.assert(
      FastCheck.property(FastCheck.array(operation, { maxLength: 60 }), (operations) => {
        const lru = holding(100)
        for (const [name, at, size] of operations) {
          const entry = lru.peek(at)
          if (name === "add") lru.add(at, { bytes: size })
          else if (name === "use") expect(lru.use(at)).toBe(entry)
          else if (entry !== undefined) lru.grow(at, entry, size)
          const left = [..."abcdefgh"].flatMap((each) => lru.peek(each) ?? [])
          expect(lru.size).toBe(left.length)
          expect(lru.bytes).toBe(left.reduce((sum, each) => sum + each.bytes, 0))
          expect(lru.bytes).toBeLessThanOrEqual(100)
        }
      })
    )
  })
})
