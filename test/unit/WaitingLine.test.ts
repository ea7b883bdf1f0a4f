import { describe, expect, it } from "vitest"
import { WaitingLine } from "../../layers/http/WaitingLine.js"

const lineOf = (...items: ReadonlyArray<string>) => {
  const line = new WaitingLine<string>()
  for (const [at, item] of items.entries()) line.add(item, at)
  return line
}

const all = (line: WaitingLine<string>) => {
  const taken: Array<string> = []
  for (let item = line.next(); item !== undefined; item = line.next()) taken.push(item)
  return taken
}

describe("a line of waiting requests", () => {
  it("takes the newest first", () => {
    expect(all(lineOf("a", "b", "c"))).toEqual(["c", "b", "a"])
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

  it("gives up the earliest, up to an instant, and each only once", () => {
    const line = lineOf("a", "b", "c", "d")
    line.remove("b")
    expect(line.next()).toBe("d")
    expect([line.earliest(1), line.earliest(1), line.earliest(2), line.earliest(9)]).toEqual([
      "a",
      undefined,
      "c",
      undefined
    ])
    line.add("e", 5)
    expect(all(line)).toEqual(["e"])
  })
})
