import { describe, expect, it } from "vitest"
import { WaitingLine } from "../../layers/http/WaitingLine.js"

const lineOf = (...items: ReadonlyArray<string>) => {
  const line = new WaitingLine<string>()
  for (const [at, item] of items.entries()) line.add(item, at)
  return line
}

/** Takes all items of a line that is long. */
const all = (line: WaitingLine<string>, long = 99) => {
  const taken: Array<string> = []
  for (let item = line.next(long); item !== undefined; item = line.next(long)) taken.push(item)
  return taken
}

describe("a line of waiting requests", () => {
  it("takes the newest first if somebody has waited for long, and the earliest otherwise", () => {
    expect(all(lineOf("a", "b", "c"))).toEqual(["c", "b", "a"])
    expect(all(lineOf("a", "b", "c"), -1)).toEqual(["a", "b", "c"])
    // `a` has waited for long; after it has gone, nobody has.
    const line = lineOf("a", "b", "c")
    expect(line.next(0)).toBe("c")
    line.remove("a")
    line.add("d", 3)
    expect(all(line, 0)).toEqual(["b", "d"])
  })

  it("serves everybody among few who come again at once", () => {
    const line = lineOf(...Array.from({ length: 12 }, (_, client) => `${client}`))
    const served = new Map<string, number>()
    for (let at = 12; at < 1_212; at++) {
      const client = line.next(at - 250) ?? ""
      served.set(client, (served.get(client) ?? 0) + 1)
      line.add(client, at)
    }
    expect([...served.values()]).toEqual(Array.from({ length: 12 }, () => 100))
  })

  it("takes preferred ones before all others, the earliest of them first", () => {
    const line = lineOf("a", "b", "c", "d")
    for (const item of ["c", "a", "c", "unknown"]) line.prefer(item)
    expect(all(line)).toEqual(["c", "a", "d", "b"])
  })

  it("forgets those that leave, preferred or not", () => {
    const line = lineOf("a", "b", "c", "d")
    line.prefer("b")
    for (const item of ["b", "d", "unknown"]) line.remove(item)
    expect(line.size).toBe(2)
    expect(all(line)).toEqual(["c", "a"])
    expect(line.size).toBe(0)
  })

  it("removes each item that arrived up to an instant, the earliest first, once", () => {
    const line = lineOf("a", "b", "c", "d")
    line.remove("b")
    expect(line.next(99)).toBe("d")
    expect([line.earliest(1), line.earliest(1), line.earliest(2), line.earliest(9)]).toEqual([
      "a",
      undefined,
      "c",
      undefined
    ])
    line.add("e", 5)
    expect(all(line)).toEqual(["e"])
  })

  it("gives those of small groups every second turn, however many of one group wait", () => {
    const line = new WaitingLine<string>()
    for (let place = 0; place < 500; place += 1) line.add(`crowd ${place}`, place, "crowd")
    // The first ones of the crowd are not yet many.
    const begun = Array.from({ length: 40 }, () => line.next(-1))
    expect(begun.filter((item) => item?.startsWith("crowd"))).toHaveLength(40)
    for (const name of ["a", "b", "c"]) line.add(name, 500, name)
    expect(Array.from({ length: 6 }, () => line.next(-1)).filter((item) => !item?.startsWith("crowd"))).toEqual([
      "a",
      "b",
      "c"
    ])
    // Those of the crowd wait in vain as before, and their places are given back.
    const left = Array.from({ length: 500 }, () => line.earliest(1_000)).filter((item) => item !== undefined)
    expect(left).toHaveLength(500 - 43)
    expect(line.size).toBe(0)
    for (let place = 0; place < 16; place += 1) line.add(`again ${place}`, 1_000 + place, "crowd")
    line.add("d", 1_100, "d")
    expect(line.next(-1)).toBe("again 0")
  })
})
