import type { HttpServerRequest } from "@effect/platform"
import { Context, Effect, Exit, Option, Tracer } from "effect"
import type { RequestId } from "../../domain/RequestId.js"
import type { TraceParent } from "../../domain/TraceParent.js"
import { loggablePath } from "./AccessLog.js"
import { pathOf } from "./Address.js"

/** The parts of a request that its span records. */
export type Asked = Pick<HttpServerRequest.HttpServerRequest, "method" | "originalUrl">

/** A finished request for its span. */
export interface Ended {
  readonly request: Asked
  readonly route: string | undefined
  readonly status: number
  readonly errorCode: string | undefined
  readonly id: RequestId
  readonly client: string
  /** Nanoseconds of the clock. */
  readonly endedAt: bigint
}

/** The span of a request, and the parent of spans inside it. */
export interface RequestSpan {
  readonly traceId: string
  readonly spanId: string
  /** Runs an effect inside of the span. */
  readonly around: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, Exclude<R, Tracer.ParentSpan>>
  /** Ends the span with attributes of https://opentelemetry.io/docs/specs/semconv/http/http-spans/. */
  readonly end: (ended: Ended) => void
}

/** Only server errors are errors of the span. */
const exitOf = ({ errorCode, status }: Ended): Exit.Exit<void, Error> => {
  if (status < 500) return Exit.void
  const error = new Error(`answered ${status}`)
  error.name = errorCode ?? "http.server_error"
  error.stack = ""
  return Exit.fail(error)
}

/**
 * Begins spans if traces are exported. Continues the trace of the nearest hop, and records nothing if that hop does not
 * record it.
 */
export const requestSpan =
  (tracing: Option.Option<Tracer.Tracer>) =>
  (request: Asked, startedAt: bigint, trace: TraceParent | undefined): RequestSpan | undefined => {
    if (Option.isNone(tracing) || trace?.sampled === false) return undefined
    const tracer = tracing.value
    const parent = Option.map(Option.fromNullable(trace), Tracer.externalSpan)
    const span = tracer.span(request.method, parent, Context.empty(), [], startedAt, "server")
    return {
      traceId: span.traceId,
      spanId: span.spanId,
      around: (effect) => Effect.withTracer(Effect.withParentSpan(effect, span), tracer),
      end: (ended) => {
        const { client, errorCode, id, route, status } = ended
        span.attribute("http.request.method", request.method)
        span.attribute("url.path", loggablePath(pathOf(request.originalUrl)))
        span.attribute("http.response.status_code", status)
        span.attribute("client.address", client)
        span.attribute("starpunk.request_id", id)
        if (route !== undefined) span.attribute("http.route", route)
        if (errorCode !== undefined) span.attribute("error.type", errorCode)
        span.end(ended.endedAt, exitOf(ended))
      }
    }
  }
