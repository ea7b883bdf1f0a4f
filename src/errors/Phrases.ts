/** Shortens text from outside before it becomes part of a sentence. */
export const brief = (text: string, most = 80): string => (text.length > most ? `${text.slice(0, most - 3)}...` : text)

/** Joins a list for a sentence: `a`, `a or b`, `a, b or c`. */
export const anyOf = (things: ReadonlyArray<string>): string => {
  const last = things.at(-1)
  if (last === undefined) return "nothing"
  return things.length === 1 ? last : `${things.slice(0, -1).join(", ")} or ${last}`
}

/** A size in whole KiB or MiB. */
export const inUnits = (bytes: number): string =>
  bytes >= 1_048_576 ? `${Math.floor(bytes / 1_048_576)} MiB` : `${Math.floor(bytes / 1024)} KiB`

/** A duration, such as `30 seconds` or `4 minutes`. */
export const inWords = (seconds: number): string => {
  if (seconds < 90) return seconds === 1 ? "a second" : `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}
