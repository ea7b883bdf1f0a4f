import { scaleBand, scaleLog } from "d3-scale"
import type { VNode } from "preact"
import { renderToString } from "preact-render-to-string"
import { type Cost, type Measured, shown } from "./Figure.js"
import { goals } from "./Goals.js"

const style = `
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 }
  .grid { stroke: #d0d7de }
  .target { stroke: #24292f; stroke-width: 1.5 }
  .range { stroke: #57606a; stroke-width: 2 }
  .met { fill: #1a7f37 } .missed { fill: #cf222e } .bar { fill: #54aeff }
  .ambition { fill: none; stroke: #57606a; stroke-width: 1.5 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .grid { stroke: #30363d } .target { stroke: #e6edf3 } .range, .ambition { stroke: #8d96a0 }
    .met { fill: #3fb950 } .missed { fill: #ff7b72 } .bar { fill: #1f6feb }
  }`

const width = 960
const left = 470
const right = 90
const rowHeight = 22
const top = 56

/** A chart of horizontal rows over a logarithmic axis. */
const chart = (
  title: string,
  rows: ReadonlyArray<string>,
  domain: readonly [least: number, most: number],
  draw: (x: (value: number) => number, y: (row: string) => number) => ReadonlyArray<VNode>
): string => {
  const height = top + rows.length * rowHeight + 12
  const x = scaleLog()
    .domain(domain)
    .range([left, width - right])
    .nice()
  const band = scaleBand()
    .domain(rows)
    .range([top, top + rows.length * rowHeight])
  const y = (row: string) => (band(row) ?? 0) + rowHeight / 2
  const ticks = x.ticks(6).filter((tick) => /^[125]/.test(tick.toExponential()))
  const body = renderToString(
    <svg xmlns="http://www.w3.org/2000/svg" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
      <style>{style}</style>
      <text class="title" x="8" y="20">
        {title}
      </text>
      {ticks.map((tick) => (
        <g>
          <line class="grid" x1={x(tick)} x2={x(tick)} y1={top} y2={height - 12} />
          <text x={x(tick)} y={top - 8} text-anchor="middle">
            {String(Number(tick.toPrecision(3)))}
          </text>
        </g>
      ))}
      {rows.map((row) => (
        <text x={left - 10} y={y(row) + 4} text-anchor="end">
          {row}
        </text>
      ))}
      {draw((value) => Math.min(width - right, Math.max(left, x(value))), y)}
    </svg>
  )
  return `${body}\n`
}

const titleOf = (title: string): string => (title.length > 72 ? `${title.slice(0, 71)}…` : title)

/** How many times better than its target a value is; below 1 it misses it. */
const timesTarget = ({ goal }: Measured, value: number): number => {
  const { better, target } = goals[goal]
  return better === "more" ? value / target : target / value
}

/** Draws every figure relative to its target: a dot at the median, a line from least to most, a ring at the ambition. */
export const goalsPlot = (figures: ReadonlyArray<Measured>): string => {
  // A target of zero has no ratio; the table has it.
  const drawn = figures.filter(({ goal }) => goals[goal].target > 0)
  const values = drawn.flatMap((figure) =>
    [figure.median, figure.least, figure.most].map((v) => timesTarget(figure, v))
  )
  const finite = values.filter((value) => Number.isFinite(value) && value > 0)
  const rows = drawn.map(({ goal }) => titleOf(goals[goal].title))
  const domain = [Math.min(0.5, ...finite), Math.max(2, ...finite)] as const
  return chart("Times better than the target (1 = target; ring = ambition; right is better)", rows, domain, (x, y) => [
    <line class="target" x1={x(1)} x2={x(1)} y1={top} y2={top + rows.length * rowHeight} />,
    ...drawn.map((figure) => {
      const at = y(titleOf(goals[figure.goal].title))
      const middle = timesTarget(figure, figure.median)
      return (
        <g>
          <line
            class="range"
            x1={x(timesTarget(figure, figure.least))}
            x2={x(timesTarget(figure, figure.most))}
            y1={at}
            y2={at}
          />
          <circle class="ambition" cx={x(timesTarget(figure, goals[figure.goal].ambition))} cy={at} r="6" />
          <circle class={middle >= 1 ? "met" : "missed"} cx={x(middle)} cy={at} r="4.5" />
          <text x={width - right + 8} y={at + 4}>
            {shown(figure.median)}
            {goals[figure.goal].unit}
          </text>
        </g>
      )
    })
  ])
}

/** Draws CPU microseconds as bars, with a line from least to most. */
export const costsPlot = (costs: ReadonlyArray<Cost>): string => {
  const rows = costs.map(({ name }) => titleOf(name))
  const values = costs.flatMap(({ least, most }) => [least, most]).filter((value) => value > 0)
  const domain = [Math.min(...values) / 2, Math.max(...values)] as const
  return chart("CPU time of a response in µs, all threads of the server (logarithmic)", rows, domain, (x, y) =>
    costs.map(({ least, median, most, name }) => {
      const at = y(titleOf(name))
      return (
        <g>
          <rect class="bar" x={left} y={at - 7} width={x(median) - left} height="14" />
          <line class="range" x1={x(least)} x2={x(most)} y1={at} y2={at} />
          <text x={width - right + 8} y={at + 4}>
            {shown(median)} µs
          </text>
        </g>
      )
    })
  )
}
