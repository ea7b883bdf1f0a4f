import { Context, type Effect } from "effect"
import type { AnyInstrument } from "./Catalogue.js"

/** Formats that Prometheus reads: its own, and OpenMetrics. */
export type ExpositionFormat = "prometheus" | "openmetrics"

/** Writes metrics as text for scrapers. */
export class Exposition extends Context.Tag("starpunk/Exposition")<
  Exposition,
  {
    /** All series of these instruments, with their Prometheus names. Reads memory only. */
    readonly write: (instruments: ReadonlyArray<AnyInstrument>, format: ExpositionFormat) => Effect.Effect<string>
  }
>() {}
