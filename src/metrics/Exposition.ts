import { Context, type Effect } from "effect"
import type { AnyInstrument } from "./Catalogue.js"

/** The formats that Prometheus reads: its own, and the OpenMetrics that came of it. */
export type ExpositionFormat = "prometheus" | "openmetrics"

/** Measurements as text for whoever scrapes them. */
export class Exposition extends Context.Tag("starpunk/Exposition")<
  Exposition,
  {
    /** All series of these instruments, under their names for Prometheus. Reads memory only. */
    readonly write: (instruments: ReadonlyArray<AnyInstrument>, format: ExpositionFormat) => Effect.Effect<string>
  }
>() {}
