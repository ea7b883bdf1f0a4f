import type { Point } from "../../metrics/History.js"

/** What a column says of the points that fall into it. */
export type Pick = "highest" | "lowest" | "average" | "sum"

/** A stretch of time in epoch milliseconds: from, exclusive, to, inclusive. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** A stretch of the window. Without a value where nothing was measured. */
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

/** The points of a window in so many columns of equal length, oldest first; each stands at its end. */
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
