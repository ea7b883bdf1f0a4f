import { describe, expect, it } from "@effect/vitest"
import { FastCheck, Option } from "effect"
import { formatInstant, parseInstant } from "../../../src/domain/Instant.js"

describe("an instant", () => {
  it.each([
    ["2026-11-23T19:00:00Z", "2026-11-23T19:00:00.000Z"],
    ["2026-11-23T19:00:00+01:00", "2026-11-23T18:00:00.000Z"],
    ["2026-11-23T19:00-0330", "2026-11-23T22:30:00.000Z"],
    ["2026-11-23 19:00:00.123456+01", "2026-11-23T18:00:00.123Z"],
    ["2026-11-23T19:00", "2026-11-23T19:00:00.000Z"],
    ["2026-11-23", "2026-11-23T00:00:00.000Z"],
    ["2024-02-29", "2024-02-29T00:00:00.000Z"]
  ])("%s is %s", (text, utc) => {
    expect(Option.map(parseInstant(text), formatInstant)).toEqual(Option.some(utc))
  })

  it.each([
    ...["", "yesterday", "1700000000", "2026-11", "23.11.2026", "2026-11-23T25:00:00Z", "2026-02-30"],
    ...["2026-13-01", "2026-11-23T19", "2026-11-23T19:00:00+99:00", "2026-11-23T19:00:00Z; DROP TABLE posts"]
  ])("%j is invalid", (text) => {
    expect(parseInstant(text)).toEqual(Option.none())
  })

  it.prop(
    "reads what it writes",
    [FastCheck.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true })],
    ([date]) => {
      expect(parseInstant(formatInstant(date.getTime()))).toEqual(Option.some(date.getTime()))
    }
  )
})
