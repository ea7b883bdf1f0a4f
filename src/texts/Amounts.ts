import { formatUnit } from "./Counted.js"

/** Makes the function that writes a duration in whole seconds or minutes, such as `30 seconds`, in a language. */
export const durations =
  (language: string) =>
  (seconds: number): string =>
    seconds < 90
      ? formatUnit(language, seconds, 2, "second", "long")
      : formatUnit(language, Math.ceil(seconds / 60), 6, "minute", "long")
