import { formatUnit } from "./Counted.js"

/** Makes the function that writes a duration in whole seconds or minutes, such as `30 seconds`, in a language. */
export const durations =
  (language: string) =>
  (seconds: number): string =>
    seconds < 90
      ? formatUnit(language, seconds, 2, "second", "long")
      : formatUnit(language, Math.ceil(seconds / 60), 6, "minute", "long")

/** A size in whole KiB or MiB. These units are the same in every language. */
export const sizeOf = (bytes: number): string =>
  bytes >= 1_048_576 ? `${Math.floor(bytes / 1_048_576)} MiB` : `${Math.floor(bytes / 1024)} KiB`
