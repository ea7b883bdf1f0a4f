/** How the page of metrics looks: charts in as many columns as fit, lines told apart by their dashes as well as their colour. */
export const metricsRules = `
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); gap: 1.75rem 2rem; margin: 0 0 2.5rem; font-family: var(--sans); }
.chart { margin: 0; min-width: 0; }
.chart figcaption { margin: 0 0 0.4rem; font-size: 0.9rem; }
.chart figcaption strong { display: block; }
.chart .legend { display: flex; flex-wrap: wrap; gap: 0 0.9rem; font-size: 0.8rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
.chart .legend b { color: var(--ink); white-space: nowrap; }
.chart .key::before { content: ""; display: inline-block; width: 1.1em; margin-inline-end: 0.35em; vertical-align: middle; border-top: 2px solid var(--accent); }
.chart .key.second::before { border-top: 2px dashed var(--quiet); }
.chart svg { display: block; width: 100%; height: 5rem; overflow: visible; }
.chart path { fill: none; vector-effect: non-scaling-stroke; stroke-linejoin: round; stroke-linecap: round; }
.chart .ground { stroke: var(--line); stroke-width: 1; }
.chart .line { stroke: var(--accent); stroke-width: 2; }
.chart .line.second { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 4 4; }
.chart .scale { display: flex; justify-content: space-between; margin: 0.3rem 0 0; font-size: 0.75rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
.chart details p { margin: 0.3rem 0 0.6rem; font-size: 0.85rem; line-height: 1.5; }
.numbers { width: 100%; border-collapse: collapse; font-size: 0.8rem; font-variant-numeric: tabular-nums; }
.numbers :is(th, td) { padding: 0.2rem 0.4rem; border-bottom: 1px solid var(--line); text-align: end; font-weight: 400; }
.numbers :is(th:first-child) { text-align: start; color: var(--quiet); padding-inline-start: 0; }
.moment { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr)); gap: 0.9rem 2rem; margin: 0 0 1.75rem; font: 0.95rem/1.5 var(--sans); }
.moment dt { font-size: 0.8rem; color: var(--quiet); }
.moment dd { margin: 0; }
.alert ul.wrong { list-style: none; padding: 0; margin: 0.5rem 0 0; }
.alert .wrong li + li { margin-top: 0.8rem; padding-top: 0.8rem; border-top: 1px solid var(--line); }
.alert .todo { font-size: 0.9rem; }
.alert .todo span { color: var(--quiet); }
.alert code { font-family: var(--mono); font-size: 0.9em; }
@media (forced-colors: active) { .chart .line { stroke: LinkText; } .chart .line.second, .chart .ground { stroke: CanvasText; } }
`
