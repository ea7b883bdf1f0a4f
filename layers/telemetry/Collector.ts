import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { Effect, type Scope } from "effect"
import type * as Undici from "undici"

/** Result of sending a batch to the collector. */
export interface Delivery {
  /** `traces`, `logs` or `metrics`. */
  readonly signal: string
  /** Absent if the collector accepted it. `busy`: too many batches are being sent already. */
  readonly trouble?: "busy" | "timeout" | "refused" | "unreachable"
  /** Status of the collector's response, if there was one. */
  readonly status?: number
}

/** Timeout of the collector's response. */
const patienceMillis = 5_000

/** Maximum number of concurrent batches of one signal, which bounds the memory that a hanging collector costs. */
const maxOnTheirWay = 2

const signalOf = (url: URL): string => url.pathname.slice(url.pathname.lastIndexOf("/") + 1)

const troubleOf = (error: unknown): NonNullable<Delivery["trouble"]> => {
  if (!(error instanceof Error)) return "unreachable"
  return error.name === "TimeoutError" || ("code" in error && error.code === "UND_ERR_CONNECT_TIMEOUT")
    ? "timeout"
    : "unreachable"
}

const post = async (
  undici: typeof Undici,
  agent: Undici.Agent,
  url: URL,
  { body, headers }: HttpClientRequest.HttpClientRequest,
  signal: AbortSignal
): Promise<number> => {
  const answer = await undici.request(url, {
    method: "POST",
    dispatcher: agent,
    headers: { ...headers, "content-type": body.contentType ?? "application/json" },
    body: body._tag === "Uint8Array" ? body.body : null,
    signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMillis)])
  })
  // The body of the response is not needed.
  answer.body.on("error", () => {}).destroy()
  return answer.statusCode
}

/**
 * HTTP client to the collector, for the exporters of `@effect/opentelemetry`. Those retry as long as a collector asks
 * them to, and start further batches while others hang; so this client sends every batch once, for at most five
 * seconds, and two per signal at a time. Lost batches are reported to `onDelivery`, and the exporter then pauses for a
 * minute. The operator chooses the collector, so unlike with `SafeHttp` its address may be private.
 */
export const make = (
  onDelivery: (delivery: Delivery) => void
): Effect.Effect<HttpClient.HttpClient, never, Scope.Scope> =>
  Effect.gen(function* () {
    const undici = yield* Effect.promise(() => import("undici"))
    const agent = yield* Effect.acquireRelease(
      Effect.sync(() => new undici.Agent({ connections: 4, connect: { timeout: patienceMillis } })),
      (agent) => Effect.promise(() => agent.destroy())
    )
    const onTheirWay = new Map<string, number>()

    return HttpClient.make((request, url, signal) => {
      const name = signalOf(url)
      const lost = (delivery: Omit<Delivery, "signal">) =>
        Effect.suspend(() => {
          onDelivery({ signal: name, ...delivery })
          // With the reason `Transport` the exporter would retry.
          return new HttpClientError.RequestError({ request, reason: "Encode", description: "the batch was rejected" })
        })
      const sent = Effect.tryPromise({
        try: (aborted) => post(undici, agent, url, request, AbortSignal.any([signal, aborted])),
        catch: troubleOf
      })
      return Effect.suspend(() => {
        const count = onTheirWay.get(name) ?? 0
        if (count >= maxOnTheirWay) return lost({ trouble: "busy" })
        onTheirWay.set(name, count + 1)
        return sent.pipe(
          Effect.ensuring(Effect.sync(() => onTheirWay.set(name, (onTheirWay.get(name) ?? 1) - 1))),
          Effect.catchAll((trouble) => lost({ trouble })),
          Effect.flatMap((status) => {
            if (status < 200 || status > 299) return lost({ trouble: "refused", status })
            onDelivery({ signal: name })
            return Effect.succeed(HttpClientResponse.fromWeb(request, new Response(null, { status })))
          })
        )
      })
    })
  })
