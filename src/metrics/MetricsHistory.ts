import { Context } from "effect"
import type { History } from "./History.js"

/** History of the metrics since the process started, up to a day. It is in memory only, so a restart clears it. */
export class MetricsHistory extends Context.Tag("starpunk/MetricsHistory")<MetricsHistory, History>() {}
