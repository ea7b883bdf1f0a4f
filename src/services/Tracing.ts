import { Context, Option, type Tracer } from "effect"

/** The tracer that receives the spans of requests. None by default; then no spans are made. */
export class Tracing extends Context.Reference<Tracing>()("starpunk/Tracing", {
  defaultValue: (): Option.Option<Tracer.Tracer> => Option.none()
}) {}
