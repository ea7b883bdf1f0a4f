import { Context, Option, type Tracer } from "effect"

/** Who takes the spans of requests. Nobody does unless a layer says so, and then no spans are made. */
export class Tracing extends Context.Reference<Tracing>()("starpunk/Tracing", {
  defaultValue: (): Option.Option<Tracer.Tracer> => Option.none()
}) {}
