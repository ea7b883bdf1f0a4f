import { Counter, Histogram, UpDownCounter } from "./Instrument.js"

/** Bounds that OpenTelemetry recommends for request durations, in seconds. */
const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/** https://opentelemetry.io/docs/specs/semconv/http/http-metrics/: `http.server.request.duration`. */
export const requestDuration = new Histogram(
  {
    name: "http.server.request.duration",
    help: "Requests by method, route and status, with their duration until the last byte was sent",
    unit: "s",
    labels: ["http.request.method", "http.route", "http.response.status_code"]
  },
  requestSeconds
)

/** Requests that have arrived and are not completely answered. */
export const activeRequests = new UpDownCounter({
  name: "http.server.active_requests",
  help: "Requests in progress",
  unit: "{request}",
  labels: ["http.request.method"]
})

/** Failures that were answered, by code of the error catalogue. */
export const failures = new Counter({
  name: "starpunk.failures",
  help: "Requests answered with an error, by its code; see npx starpunk explain CODE",
  unit: "{request}",
  labels: ["code"]
})

const knownMethods: ReadonlySet<string> = new Set([
  "CONNECT",
  "DELETE",
  "GET",
  "HEAD",
  "OPTIONS",
  "PATCH",
  "POST",
  "PUT",
  "TRACE"
])

/** The method as a label. Methods outside of RFC 9110 and RFC 5789 are `_OTHER`, and so is an unknown one. */
export const methodLabel = (method: string | undefined): string =>
  method !== undefined && knownMethods.has(method) ? method : "_OTHER"

/** A finished request. */
export interface Answered {
  /** Absent if nothing could be read of the request. */
  readonly method?: string | undefined
  /** Template of the route, such as `/notes/:slug`; absent if no route matched. */
  readonly route?: string | undefined
  readonly status: number
  readonly seconds: number
  /** Code of the failure in the answer. */
  readonly code?: string | undefined
  /** Whether it was a health probe or a scrape. */
  readonly isProbe?: boolean
}

const probeRoutes = new Set<string>()

/** Returns whether a route, by its template, is for health probes or scrapes. */
export const isProbeRoute = (route: string | undefined): boolean => route !== undefined && probeRoutes.has(route)

const labelsOf = ({ method, route, status }: Pick<Answered, "method" | "route" | "status">) => ({
  "http.request.method": methodLabel(method),
  ...(route === undefined ? {} : { "http.route": route }),
  "http.response.status_code": String(status)
})

/** Counts a finished request, once: exactly those that get an `http.access` line. */
export const countRequest = ({ code, isProbe = false, seconds, ...answered }: Answered): void => {
  if (isProbe && answered.route !== undefined) probeRoutes.add(answered.route)
  requestDuration.record(labelsOf(answered), seconds)
  if (code !== undefined) failures.add({ code })
}

/** Returns a function that counts successful requests of one kind by their seconds, and costs less. */
export const requestCounter = (answered: Pick<Answered, "method" | "route" | "status">): ((seconds: number) => void) =>
  requestDuration.recorder(labelsOf(answered))
