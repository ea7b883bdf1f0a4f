import type { JSX } from "preact"
import type { Point } from "../../metrics/History.js"
import { type Texts, texts } from "../../texts/Texts.js"
import type { Site } from "../theme/Site.js"
import { type Column, columns, type Pick, type Window } from "./Columns.js"

/** A line of a chart. */
export interface Line {
  readonly of: (point: Point) => number | undefined
  readonly pick: Pick
}

/** Contents of a chart: one or two lines. */
export interface ChartOf {
  /** Names its texts, and is part of the ids in its markup. */
  readonly name: keyof Texts["metrics"]["charts"]
  readonly lines: readonly [Line] | readonly [Line, Line]
  readonly format: (value: number) => string
  /** Minimum value of the vertical axis, so that a quiet site does not look busy. */
  readonly atLeast: number
}

const size = { width: 300, height: 80 }
/** Number of columns in the picture and in the table. */
const drawn = 150
const tabled = 12

const rounded = (value: number): string => String(Math.round(value * 10) / 10)

/** The line through all columns; interrupted where there is no value, a dot for an isolated value. */
const pathOf = (line: ReadonlyArray<Column>, top: number): string => {
  let path = ""
  let drawing = false
  line.forEach(({ value }, index) => {
    if (value === undefined) {
      drawing = false
      return
    }
    const x = rounded(((index + 1) / line.length) * size.width)
    const y = rounded(size.height - (value / top) * size.height)
    path += drawing ? `L${x} ${y}` : `M${x} ${y}h0.1`
    drawing = true
  })
  return path
}

const known = (line: ReadonlyArray<Column>): ReadonlyArray<number> =>
  line.flatMap(({ value }) => (value === undefined ? [] : [value]))

/** A chart with its points and period. */
interface Shown {
  readonly chart: ChartOf
  readonly points: ReadonlyArray<Point>
  readonly site: Site
  readonly window: Window
}

/** A chart as a picture, in words and as a table, so that it is accessible without sight. */
export const Chart = ({ chart, points, site, window }: Shown): JSX.Element => {
  const { atLeast, format, lines, name } = chart
  const words = texts.metrics.chart
  const { lines: labels, meaning, title } = texts.metrics.charts[name]
  const pictures = lines.map(({ of, pick }) => columns(points, window, drawn, of, pick))
  const all = pictures.flatMap(known)
  const top = Math.max(atLeast, ...all)
  const span = words.span({ from: site.formatHour(window.from), to: site.formatHour(window.to) })
  const described =
    all.length === 0
      ? words.without({ span })
      : labels.map((label, index) => words.line({ label, words: spoken(pictures[index] ?? [], format) })).join("; ")
  return (
    <figure class="chart">
      <figcaption>
        <strong>{title}</strong>
        <Legend labels={labels} pictures={pictures} format={format} />
      </figcaption>
      <svg
        role="img"
        aria-labelledby={`${name}-title ${name}-description`}
        viewBox={`0 -2 ${size.width} ${size.height + 4}`}
        preserveAspectRatio="none"
      >
        <title id={`${name}-title`}>{`${title}, ${span}`}</title>
        <desc id={`${name}-description`}>{described}</desc>
        <path
          class="ground"
          d={`M0 0H${size.width}M0 ${size.height / 2}H${size.width}M0 ${size.height}H${size.width}`}
        />
        {pictures.map((picture, index) => (
          <path key={labels[index]} class={index === 0 ? "line" : "line second"} d={pathOf(picture, top)} />
        ))}
      </svg>
      <p class="scale">
        <span>{site.formatHour(window.from)}</span>
        <span>{words.scale({ most: format(top) })}</span>
        <span>{site.formatHour(window.to)}</span>
      </p>
      <details class="inline">
        <summary>
          <span aria-hidden="true">{words.details}</span>
          <span class="unseen">{words.detailsOf({ title })}</span>
        </summary>
        <p>{meaning}</p>
        <Numbers chart={chart} points={points} site={site} window={window} />
      </details>
    </figure>
  )
}

const spoken = (line: ReadonlyArray<Column>, format: (value: number) => string): string => {
  const values = known(line)
  const last = values.at(-1)
  const words = texts.metrics.chart
  if (last === undefined) return words.noValues
  return words.values({
    last: format(last),
    least: format(Math.min(...values)),
    most: format(Math.max(...values))
  })
}

const Legend = ({
  format,
  labels,
  pictures
}: {
  readonly format: (value: number) => string
  readonly labels: ReadonlyArray<string>
  readonly pictures: ReadonlyArray<ReadonlyArray<Column>>
}): JSX.Element => (
  <span class="legend">
    {labels.map((label, index) => {
      const last = known(pictures[index] ?? []).at(-1)
      return (
        <span key={label} class={index === 0 ? "key" : "key second"}>
          {labels.length > 1 && `${label} `}
          <b>{last === undefined ? "–" : format(last)}</b>
        </span>
      )
    })}
  </span>
)

const Numbers = ({ chart: { format, lines, name }, points, site, window }: Shown): JSX.Element => {
  const words = texts.metrics.chart
  const { lines: labels, title } = texts.metrics.charts[name]
  const tables = lines.map(({ of, pick }) => columns(points, window, tabled, of, pick))
  const rows = (tables[0] ?? []).map(({ at }, row) => ({ at, values: tables.map((table) => table[row]?.value) }))
  const measured = rows.filter(({ values }) => values.some((value) => value !== undefined))
  if (measured.length === 0) return <p>{words.empty}</p>
  return (
    <table class="numbers">
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.until}</th>
          {labels.map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {measured.map(({ at, values }) => (
          <tr key={at}>
            <th scope="row">{site.formatHour(at)}</th>
            {values.map((value, index) => (
              <td key={labels[index]}>{value === undefined ? "–" : format(value)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
