import { isObject } from "./Microformats.js"

/** Properties as a client sends them, not looked at yet. */
export type Given = { readonly [name: string]: unknown }

/** The commands that describe pictures, films and recordings, and what they describe. */
const commands = [
  ["photo", "mp-photo-alt"],
  ["video", "mp-video-alt"],
  ["audio", "mp-audio-alt"]
] as const

/** A property's values as a list, whether the client sent one or a single value; none where it is absent. */
export const listIn = (given: Given, name: string): ReadonlyArray<unknown> => {
  const value = Object.hasOwn(given, name) ? given[name] : undefined
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
}

/** A value with a description; one that has its own keeps it. Blank descriptions say nothing. */
export const withAlt = (value: unknown, alt: unknown): unknown => {
  if (typeof alt !== "string" || alt.trim() === "") return value
  if (isObject(value)) return typeof value.alt === "string" ? value : { ...value, alt }
  return typeof value === "string" && value.trim() !== "" ? { value, alt } : value
}

/**
 * Gives pictures, films and recordings the descriptions of `mp-photo-alt`, `mp-video-alt` and `mp-audio-alt`: the first to
 * the first of the property's values as they were sent, and so on.
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
