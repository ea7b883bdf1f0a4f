const of = (...zones: ReadonlyArray<readonly [name: string, hours: number]>) => zones

/**
 * Offsets of time zone abbreviations in hours, of those that mean one zone, or nearly: RFC 5322, and those that Ruby
 * and Go write.
 */
const abbreviations: ReadonlyMap<string, number> = new Map([
  ...of(["UTC", 0], ["UT", 0], ["GMT", 0], ["Z", 0], ["WET", 0], ["WEST", 1], ["BST", 1], ["CET", 1], ["CEST", 2]),
  ...of(["MEZ", 1], ["MESZ", 2], ["EET", 2], ["EEST", 3], ["MSK", 3], ["IST", 5.5], ["HKT", 8], ["SGT", 8]),
  ...of(["AWST", 8], ["JST", 9], ["KST", 9], ["ACST", 9.5], ["ACDT", 10.5], ["AEST", 10], ["AEDT", 11]),
  ...of(["NZST", 12], ["NZDT", 13], ["NST", -3.5], ["NDT", -2.5], ["BRT", -3], ["ART", -3], ["AST", -4], ["ADT", -3]),
  ...of(["EST", -5], ["EDT", -4], ["CST", -6], ["CDT", -5], ["MST", -7], ["MDT", -6], ["PST", -8], ["PDT", -7]),
  ...of(["AKST", -9], ["AKDT", -8], ["HST", -10])
])

/** The UTC offset in seconds of an offset (`+01:00`, `-0500`, `+1`) or an abbreviation; `undefined` for other texts. */
export const offsetNamed = (zone: string): number | undefined => {
  const digits = /^([+-])(\d{1,2})(?::?(\d{2}))?(?::?\d{2})?$/.exec(zone)
  if (digits === null) {
    const hours = abbreviations.get(zone.toUpperCase())
    return hours === undefined ? undefined : hours * 3600
  }
  const minutes = Number(digits[2]) * 60 + Number(digits[3] ?? 0)
  return minutes > 14 * 60 ? undefined : (digits[1] === "-" ? -60 : 60) * minutes
}
