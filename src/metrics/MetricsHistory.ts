import { Context } from "effect"
import type { History } from "./History.js"

/** How the measurements have been since the process started, as far back as a day. In memory: a restart begins anew. */
export class MetricsHistory extends Context.Tag("starpunk/MetricsHistory")<MetricsHistory, History>() {}
