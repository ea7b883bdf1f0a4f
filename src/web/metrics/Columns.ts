import type { Point } from "../../metrics/History.js"

/** How a column combines its points. */
export type Pick = "highest" | "lowest" | "average" | "sum"

/** A period in epoch milliseconds: from, exclusive, to, inclusive. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** Part of the period. Without a value if there is no point. */
export interface Column {
  readonly at: number
  readonly value: number | undefined
}

const picked = (values: ReadonlyArray<number>, pick: Pick): number | undefined => {
  if (values.length === 0) return undefined
  if (pick === "highest") return Math.max(...values)
  if (pick === "lowest") return Math.min(...values)
  const sum = values.reduce((total, value) => total + value, 0)
  return pick === "sum" ? sum : sum / values.length
}

/** Splits the points of a period into columns of equal length, oldest first; each has the time of its end. */
export const columns = (
  points: ReadonlyArray<Point>,
  window: Window,
  number: number,
  of: (point: Point) => number | undefined,
  pick: Pick
): ReadonlyArray<Column> => {
  const length = (window.to - window.from) / number
  const values = Array.from({ length: number }, (): Array<number> => [])
  for (const point of points) {
    const value = of(point)
    const index = Math.ceil((point.at - window.from) / length) - 1
    if (value !== undefined) values[index]?.push(value)
  }
  return values.map((within, index) => ({
    at: window.from + (index + 1) * length,
    value: picked(within, pick)
  }))
}
