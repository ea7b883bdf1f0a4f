import { describe, expect, it } from "@effect/vitest"
import { dateAt, readArchiveDate, readDatedName, readDatedPath } from "../../../src/domain/archive/ArchiveDate.js"
import { timeZone, utc } from "../../../src/domain/TimeZone.js"

const newYork = timeZone("America/New_York")

const iso = (value: unknown, zone = utc): string | undefined => {
  const date = readArchiveDate(value, zone)
  return date === undefined ? undefined : new Date(date.at).toISOString()
}

describe("O7: dates as people and generators write them", () => {
  it.each([
    ["2016-01-05", "2016-01-05T00:00:00.000Z"],
    ["2016-1-5", "2016-01-05T00:00:00.000Z"],
    ["2016/1/5", "2016-01-05T00:00:00.000Z"],
    ["2016.01.05", "2016-01-05T00:00:00.000Z"],
    ["20160105", "2016-01-05T00:00:00.000Z"],
    [20160105, "2016-01-05T00:00:00.000Z"],
    ["2016-01-05 4:00:00", "2016-01-05T04:00:00.000Z"],
    ["2016-01-05 4:00", "2016-01-05T04:00:00.000Z"],
    ["2016-01-05 4:00 PM", "2016-01-05T16:00:00.000Z"],
    ["2016-01-05 12:30am", "2016-01-05T00:30:00.000Z"],
    ["2016-01-05T04:00Z", "2016-01-05T04:00:00.000Z"],
    ["2016-01-05T04:00:00.123456789+01:00", "2016-01-05T03:00:00.123Z"],
    ["2016-01-05 04:00:00 -0500", "2016-01-05T09:00:00.000Z"],
    ["2016-01-05 04:00:00 CDT", "2016-01-05T09:00:00.000Z"],
    ["2016-01-05 04:00:00 CET", "2016-01-05T03:00:00.000Z"],
    ["2016-01-05 04:00:00 UTC", "2016-01-05T04:00:00.000Z"],
    ["2016-01-05 04:00:00 +0000 UTC", "2016-01-05T04:00:00.000Z"],
    ["2016-01-05 04:00:00.5 +0200 CEST m=+0.000012345", "2016-01-05T02:00:00.500Z"],
    ["2016-07-05 04:00:00 Europe/Berlin", "2016-07-05T02:00:00.000Z"],
    ["2016-07-05T04:00:00+02:00[Europe/Berlin]", "2016-07-05T02:00:00.000Z"],
    ["Tue, 05 Jan 2016 04:00:00 +0000", "2016-01-05T04:00:00.000Z"],
    ["Tue, 5 Jan 2016 04:00:00 GMT", "2016-01-05T04:00:00.000Z"],
    ["Tue Jan 05 2016 04:00:00 GMT+0100 (Central European Standard Time)", "2016-01-05T03:00:00.000Z"],
    ["Tue Jan  5 04:00:00 CET 2016", "2016-01-05T03:00:00.000Z"],
    ["Jul 08 2022", "2022-07-08T00:00:00.000Z"],
    ["January 5th, 2016", "2016-01-05T00:00:00.000Z"],
    ["5 January 2016", "2016-01-05T00:00:00.000Z"],
    ["January 5, 2016 at 4:00 PM", "2016-01-05T16:00:00.000Z"],
    [1_451_966_400, "2016-01-05T04:00:00.000Z"],
    [1_451_966_400_000, "2016-01-05T04:00:00.000Z"],
    ["1451966400", "2016-01-05T04:00:00.000Z"],
    ["2016-01-05 04:00:60", "2016-01-05T04:00:59.000Z"]
  ])("reads %j", (given, expected) => {
    expect(iso(given)).toBe(expected)
  })

  it.each([
    "2016-02-30",
    "2016-13-01",
    "2016-01-05 25:00",
    "05/01/2016",
    "soon",
    "",
    "2016",
    2016,
    true,
    null,
    {},
    "1.5.16"
  ])("rejects the ambiguous %j", (given) => {
    expect(iso(given)).toBeUndefined()
  })

  it("reads a time without a zone in the site's zone, and keeps its offset", () => {
    expect(iso("2016-01-05", newYork)).toBe("2016-01-05T05:00:00.000Z")
    expect(iso("2016-07-05 10:00", newYork)).toBe("2016-07-05T14:00:00.000Z")
    expect(readArchiveDate("2016-07-05 10:00", newYork)?.offset).toBe(-4 * 3600)
    expect(readArchiveDate("2016-01-05 23:30:00 -0800", newYork)).toMatchObject({ offset: -8 * 3600, wall: { day: 5 } })
    // Nobody knows this zone: the day stays.
    expect(readArchiveDate("2016-01-05 23:30 XYZT", newYork)).toMatchObject({ wall: { day: 5, hour: 23 } })
  })

  it("reads dates at the beginning of names and folders", () => {
    const named = (name: string) => {
      const { name: rest, wall } = readDatedName(name)
      const date = wall === undefined ? undefined : dateAt(wall, utc)
      return [date === undefined ? undefined : new Date(date.at).toISOString().slice(0, 16), rest]
    }
    expect(named("2016-01-05-hello")).toEqual(["2016-01-05T00:00", "hello"])
    expect(named("2016-1-5-hello")).toEqual(["2016-01-05T00:00", "hello"])
    expect(named("2016_01_05_hello")).toEqual(["2016-01-05T00:00", "hello"])
    expect(named("2016-01-05 A day")).toEqual(["2016-01-05T00:00", "A day"])
    expect(named("2016-01-05")).toEqual(["2016-01-05T00:00", ""])
    expect(named("201601051530 zettel")).toEqual(["2016-01-05T15:30", "zettel"])
    expect(named("2016-13-05-hello")).toEqual([undefined, "2016-13-05-hello"])
    expect(named("1984-a-novel")).toEqual([undefined, "1984-a-novel"])
    expect(named("2016-01-05-1530-things")).toEqual(["2016-01-05T15:30", "things"])
    expect(readDatedPath("blog/2016/1/5/hello.md")).toMatchObject({ year: 2016, month: 1, day: 5 })
    expect(readDatedPath("blog/2016/01/hello.md")).toBeUndefined()
  })
})
