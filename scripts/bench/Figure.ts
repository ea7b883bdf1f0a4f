/** A line of `npm run bench`: a figure with its target. */
export interface Figure {
  readonly name: string
  /** Printed figure, with its unit. */
  readonly figure: string
  /** Printed target, with its unit. */
  readonly target: string
  readonly ok: boolean
}

/** The value below which `share` (0 to 1) of the samples lie. */
export const percentile = (samples: ReadonlyArray<number>, share: number): number => {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** The middle sample. */
export const median = (samples: ReadonlyArray<number>): number => percentile(samples, 0.5)
