import type { JSX } from "preact"
import { spokenNumber, texts } from "../../texts/Texts.js"
import type { Bar } from "./Bars.js"

const height = 80
const step = 10

/** Views over time as bars, in words, and as a table, so that it needs neither sight nor colour. */
export const BarChart = ({
  bars,
  title
}: {
  readonly bars: ReadonlyArray<Bar>
  readonly title: string
}): JSX.Element => {
  const top = Math.max(1, ...bars.map(({ count }) => count))
  const [first, last] = [bars[0], bars.at(-1)]
  const most = bars.reduce<Bar | undefined>((best, bar) => (bar.count > (best?.count ?? 0) ? bar : best), undefined)
  return (
    <figure class="chart bars">
      <svg
        role="img"
        aria-labelledby="views-title views-description"
        viewBox={`0 0 ${bars.length * step} ${height}`}
        preserveAspectRatio="none"
      >
        <title id="views-title">{title}</title>
        <desc id="views-description">
          {most === undefined
            ? texts.views.none
            : texts.views.most({ when: most.label, views: texts.views.views(most.count) })}
        </desc>
        <path class="ground" d={`M0 0H${bars.length * step}M0 ${height}H${bars.length * step}`} />
        {bars.map(({ count, label }, place) => {
          const tall = count === 0 ? 0 : Math.max(2, Math.round((count / top) * height))
          return count === 0 ? null : (
            <rect key={label} x={place * step + 1} y={height - tall} width={step - 2} height={tall} />
          )
        })}
      </svg>
      <p class="scale" aria-hidden="true">
        <span>{first?.label}</span>
        <span>{texts.views.scale({ top: spokenNumber(top) })}</span>
        <span>{last?.label}</span>
      </p>
      <details class="inline">
        <summary>{texts.views.table}</summary>
        <table class="numbers">
          <caption class="unseen">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.views.when}</th>
              <th scope="col">{texts.views.title}</th>
            </tr>
          </thead>
          <tbody>
            {bars.toReversed().map(({ count, label }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{spokenNumber(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
