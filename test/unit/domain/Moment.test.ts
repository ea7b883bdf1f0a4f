import { describe, expect, it } from "@effect/vitest"
import { FastCheck, Option } from "effect"
import { shownTime } from "../../../src/domain/editor/PostForm.js"
import { formatMoment, formatRfc3339, parseMoment } from "../../../src/domain/Moment.js"
import { timeZone, utc } from "../../../src/domain/TimeZone.js"

const berlin = timeZone("Europe/Berlin")
const read = (text: string, zone = berlin) => Option.getOrUndefined(Option.map(parseMoment(text, zone), formatMoment))

describe("T2: times that clocks skip, repeat, or no longer show", () => {
  it.each([
    ["2026-03-29T02:30", "2026-03-29T03:30:00.000+02:00"],
    ["2026-03-29T03:00", "2026-03-29T03:00:00.000+02:00"],
    ["2026-03-29T01:59", "2026-03-29T01:59:00.000+01:00"],
    ["2026-10-25T02:30", "2026-10-25T02:30:00.000+02:00"],
    ["2026-10-25T03:00", "2026-10-25T03:00:00.000+01:00"],
    // In April 1893, Germany's clocks skipped 6 minutes and 32 seconds.
    ["1893-04-01T00:03", "1893-04-01T00:09:32.000+01:00"],
    ["1890-07-01T12:00", "1890-07-01T12:00:00.000+00:53:28"],
    ["0800-12-25T09:00", "0800-12-25T09:00:00.000+00:53:28"],
    ["-000043-03-15T12:00", "-000043-03-15T12:00:00.000+00:53:28"],
    ["2026-11-12", "2026-11-12T00:00:00.000+01:00"]
  ])("in Berlin %s is %s, also when read again", (text, meant) => {
    expect(read(text)).toBe(meant)
    expect(read(meant)).toBe(meant)
    expect(read(shownTime(meant, berlin))).toBe(meant.replace(/:\d{2}\.000/, ":00.000"))
  })

  it("a local time that occurs twice keeps its instant", () => {
    const second = "2026-10-25T02:30:00.000+01:00"
    expect(shownTime(second, berlin)).toBe("2026-10-25T02:30+01:00")
    expect(read(shownTime(second, berlin))).toBe(second)
  })

  it("a zone that skips a whole day moves times of that day to the next", () => {
    expect(read("2011-12-30T10:00", timeZone("Pacific/Apia"))).toBe("2011-12-31T10:00:00.000+14:00")
  })

  it.each([
    ["1890-01-01T12:00:00+00:53:28", "1890-01-01T11:06:32.000Z"],
    ["1843-01-01T12:00:00-15:56:08", "1843-01-02T03:56:08.000Z"],
    ["2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000Z"],
    ["2026-11-12T24:00", "2026-11-12T23:00:00.000Z"],
    ["2026-12-31T24:00:00Z", "2027-01-01T00:00:00.000Z"],
    ["+12026-01-01T00:00Z", "+012026-01-01T00:00:00.000Z"],
    ["-0043-03-15", "-000043-03-14T23:06:32.000Z"],
    ["2026-11-12T21:18:16.5-04:00[America/New_York]", "2026-11-13T01:18:16.500Z"]
  ])("%s is %s", (text, instant) => {
    expect(Option.getOrUndefined(Option.map(parseMoment(text, berlin), ({ at }) => formatMoment({ at })))).toBe(instant)
  })

  it.each([
    ...[
      "2026-11-12T24:01",
      "2026-11-12T23:59:61",
      "2026-02-30T24:00",
      "2026-11-12T10:00+01:60",
      "2026-11-12T10:00-16:01"
    ],
    ...["26-11-12", "+275761-01-01", "2026-11-12T10:00+01:00:00:00", "2026-11-12[Europe/Berlin]"]
  ])("%s is refused", (text) => {
    expect(parseMoment(text, berlin)).toEqual(Option.none())
  })

  it.each([
    ["2026-11-12T21:18:16-04:00", -14_400],
    ["2026-11-12T21:18:16+0000", 0],
    ["2026-11-12T21:18:16-03", -10_800],
    ["2026-11-12T21:18:16Z", undefined],
    ["2026-11-12T21:18:16-00:00", undefined]
  ])("%s says the offset %s", (text, offset) => {
    expect(Option.getOrThrow(parseMoment(text, berlin)).offset).toBe(offset)
  })

  it("seconds of an offset are left out for programs, and the instant stays", () => {
    const at = Date.parse("1890-01-01T11:06:32Z")
    expect(formatRfc3339(at, 3208)).toBe("1890-01-01T11:59:32.000+00:53")
    expect(Date.parse(formatRfc3339(at, 3208) ?? "")).toBe(at)
    expect(formatRfc3339(Date.parse("-000043-03-15T12:00:00Z"), 3208)).toBeUndefined()
    expect(formatRfc3339(0, 0)).toBe("1970-01-01T00:00:00.000Z")
  })

  it.prop(
    "every moment is read as it was written, whatever its offset",
    [
      FastCheck.integer({ min: -8e15, max: 8e15 }),
      FastCheck.option(FastCheck.integer({ min: -57_600, max: 57_600 }), { nil: undefined })
    ],
    ([at, offset]) => {
      const moment = offset === undefined ? { at } : { at, offset }
      expect(Option.getOrThrow(parseMoment(formatMoment(moment), utc))).toEqual(moment)
    }
  )
})
