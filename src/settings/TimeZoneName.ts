import { Either } from "effect"
import { distance } from "fastest-levenshtein"
import { isTimeZone } from "../domain/TimeZone.js"
import type { Syntax } from "./Syntax.js"

/** Names that are suggested at most. */
const mostSuggested = 3

/** Zones of the machine's database by their present names, and UTC, which that list leaves out. */
const zoneNames = (): ReadonlyArray<string> => ["UTC", ...Intl.supportedValuesOf("timeZone")]

const plain = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, "_")

const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf("/") + 1)

/** A third of the letters may be wrong, in the whole name or in its city. */
const farness = (given: string, zone: string): number => {
  const [sought, whole] = [plain(given), plain(zone)]
  const edits = Math.min(distance(sought, whole), distance(cityOf(sought), cityOf(whole)))
  return edits <= Math.max(1, cityOf(sought).length / 3) ? edits : Number.POSITIVE_INFINITY
}

const nearestZones = (given: string): ReadonlyArray<string> =>
  zoneNames()
    .map((zone) => ({ zone, edits: farness(given, zone) }))
    .filter(({ edits }) => Number.isFinite(edits))
    .toSorted((a, b) => a.edits - b.edits)
    .slice(0, mostSuggested)
    .map(({ zone }) => `\`${zone}\``)

/** Made when it is needed: loading the rules of lists takes longer than the rest of this module. */
const alternatives = (items: ReadonlyArray<string>): string =>
  new Intl.ListFormat("en", { type: "disjunction" }).format(items)

const instead = (given: string): string => {
  const nearest = nearestZones(given)
  if (nearest.length > 0) return `Did you mean ${alternatives(nearest)}?`
  return /\d/.test(given)
    ? "Write the name of a time zone, such as `Europe/Berlin`, instead of an offset: offsets change with daylight saving time"
    : "Write `UTC`, or a region and city, such as `Europe/Berlin` or `America/New_York`"
}

/** The name of a time zone in the IANA database, in any case. */
export const timeZoneName: Syntax<string> = {
  expected: "the name of a time zone, such as `Europe/Berlin`",
  read: (given) =>
    isTimeZone(given)
      ? Either.right(zoneNames().find((name) => name.toLowerCase() === given.toLowerCase()) ?? given)
      : Either.left(instead(given)),
  write: (value) => value
}
