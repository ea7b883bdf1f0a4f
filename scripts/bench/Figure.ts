import { type GoalName, goals } from "./Goals.js"

/** Median, least and most of several samples. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

/** CPU microseconds of one response or log line, for a comparison with others. */
export interface Cost extends Spread {
  readonly name: string
}

/** A figure of the table in `docs/performance.md`. */
export interface Measured extends Spread {
  readonly goal: GoalName
  readonly costs?: ReadonlyArray<Cost>
}

/** A line of `npm run bench`: a figure with its target. */
export interface Figure {
  readonly name: string
  /** Printed figure, with its unit. */
  readonly figure: string
  /** Printed target, with its unit. */
  readonly target: string
  readonly ok: boolean
  readonly measured?: Measured
}

/** The value below which `share` (0 to 1) of the samples lie. */
export const percentile = (samples: ReadonlyArray<number>, share: number): number => {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** The middle sample. */
export const median = (samples: ReadonlyArray<number>): number => percentile(samples, 0.5)

/** Median, least and most of the samples. */
export const spreadOf = (samples: ReadonlyArray<number>): Spread => ({
  median: median(samples),
  least: Math.min(...samples),
  most: Math.max(...samples)
})

/** Formats a value with about three significant digits. */
export const shown = (value: number): string => {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return value.toFixed(0)
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2)
}

/** Formats a spread as “median (least to most)”, or as one value if the samples do not differ. */
export const shownSpread = ({ least, median: middle, most }: Spread): string =>
  least === most ? shown(middle) : `${shown(middle)} (${shown(least)} to ${shown(most)})`

/** A figure of the table: the median of the samples against the goal. */
export const reaching = (
  name: GoalName,
  samples: ReadonlyArray<number>,
  detail: string,
  costs?: ReadonlyArray<Cost>
): Figure => {
  const goal = goals[name]
  const spread = spreadOf(samples)
  const sign = goal.better === "more" ? "≥" : "≤"
  return {
    name: goal.title,
    figure: `${shownSpread(spread)}${goal.unit}${detail === "" ? "" : `; ${detail}`}`,
    target: `${sign} ${goal.target}${goal.unit} (ambition ${goal.ambition}${goal.unit})`,
    ok: goal.better === "more" ? spread.median >= goal.target : spread.median <= goal.target,
    measured: { goal: name, ...spread, ...(costs === undefined ? {} : { costs }) }
  }
}
