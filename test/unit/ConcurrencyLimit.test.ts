import { describe, expect, it } from "vitest"
import { ConcurrencyLimit } from "../../layers/http/ConcurrencyLimit.js"

const bounds = { least: 2, most: 6, quickest: 60, interval: 100 }

/** Work that fills the limit in each of `intervals`, of requests that take so long. */
const fill = (limit: ConcurrencyLimit, took: number, intervals: number, from = 0) => {
  for (let interval = 1; interval <= intervals; interval++) {
    let begun = 0
    while (limit.hasRoom) {
      limit.begin()
      begun++
    }
    for (; begun > 0; begun--) limit.end(took, from + interval * 100)
  }
}

describe("the number of requests at once", () => {
  it("grows by one per interval while it is reached and requests are quick, up to a maximum", () => {
    const limit = new ConcurrencyLimit(bounds)
    expect(limit.current).toBe(4)
    fill(limit, 5, 1)
    expect(limit.current).toBe(5)
    fill(limit, 5, 10, 100)
    expect(limit.current).toBe(6)
  })

  it("does not grow while it is not reached", () => {
    const limit = new ConcurrencyLimit(bounds)
    for (let interval = 1; interval < 20; interval++) {
      limit.begin()
      limit.end(5, interval * 100)
    }
    expect(limit.current).toBe(4)
  })

  it("falls while even the quickest request is slow, down to a minimum", () => {
    const limit = new ConcurrencyLimit(bounds)
    fill(limit, 200, 30)
    expect(limit.current).toBe(2)
    expect(limit.hasRoom).toBe(true)
  })

  it("does not fall because one of many is slow", () => {
    const limit = new ConcurrencyLimit(bounds)
    limit.begin()
    limit.begin()
    limit.end(5, 10)
    limit.end(900, 900)
    expect(limit.current).toBe(4)
  })

  it("counts what runs", () => {
    const limit = new ConcurrencyLimit(bounds)
    for (let begun = 0; begun < 4; begun++) limit.begin()
    expect(limit.hasRoom).toBe(false)
    limit.end(5, 1)
    expect(limit.hasRoom).toBe(true)
  })
})
