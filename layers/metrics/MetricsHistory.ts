import { Layer } from "effect"
import { History } from "../../src/metrics/History.js"
import { MetricsHistory } from "../../src/metrics/MetricsHistory.js"

/** A history in memory, empty at first. */
export const layer: Layer.Layer<MetricsHistory> = Layer.sync(MetricsHistory, () => new History())
