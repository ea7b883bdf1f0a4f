import { isObject } from "./Microformats.js"

/** Properties from a client, not yet validated. */
export type Given = { readonly [name: string]: unknown }

/** Media properties, and the commands that describe their values. */
const commands = [
  ["photo", "mp-photo-alt"],
  ["video", "mp-video-alt"],
  ["audio", "mp-audio-alt"]
] as const

/** The values of a property as a list, also if the client sent a single value; empty if it is absent. */
export const listIn = (given: Given, name: string): ReadonlyArray<unknown> => {
  const value = Object.hasOwn(given, name) ? given[name] : undefined
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
}

/** Adds a description to a value that has none. Ignores blank descriptions. */
export const withAlt = (value: unknown, alt: unknown): unknown => {
  if (typeof alt !== "string" || alt.trim() === "") return value
  if (isObject(value)) return typeof value.alt === "string" ? value : { ...value, alt }
  return typeof value === "string" && value.trim() !== "" ? { value, alt } : value
}

/**
 * Adds the descriptions of `mp-photo-alt`, `mp-video-alt` and `mp-audio-alt` to the values of the property at the same
 * positions, as the client sent them.
 */
export const withAlts = (given: Given): Given => {
  const described = commands.flatMap(([property, command]) => {
    const values = listIn(given, property)
    const alts = listIn(given, command)
    return values.length === 0 || alts.length === 0
      ? []
      : [[property, values.map((value, index) => withAlt(value, alts[index]))] as const]
  })
  return described.length === 0 ? given : { ...given, ...Object.fromEntries(described) }
}
