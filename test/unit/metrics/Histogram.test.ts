import { Metric, MetricState } from "effect"
import { describe, expect, it } from "vitest"
import { Histogram } from "../../../src/metrics/Instrument.js"

const sumOf = (name: string) =>
  Metric.unsafeSnapshot().flatMap(({ metricKey, metricState }) =>
    metricKey.name === name && MetricState.isHistogramState(metricState) ? [[metricState.count, metricState.sum]] : []
  )

describe("Histogram", () => {
  it("counts a duration below zero, by a clock that was set back, as zero", () => {
    const name = "starpunk.test.below_zero"
    const times = new Histogram({ name, help: "Durations of this test", unit: "s", labels: [] }, [1])
    times.record({}, 2)
    times.record({}, -3)
    times.recorder({})(-4)
    expect(sumOf(name)).toEqual([[3, 2]])
  })
})
