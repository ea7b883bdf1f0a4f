import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { Effect, type Scope } from "effect"
import type * as Undici from "undici"

/** What became of a batch that was on its way to the collector. */
export interface Delivery {
  /** `traces`, `logs` or `metrics`. */
  readonly signal: string
  /** Absent when the collector took it. `busy`: too many batches are on their way already. */
  readonly trouble?: "busy" | "timeout" | "refused" | "unreachable"
  /** The status that the collector answered with, where it answered. */
  readonly status?: number
}

/** How long a collector may take to answer. */
const patienceMillis = 5_000

/** Batches of one signal that may be on their way at once: what a collector that hangs may cost in memory. */
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
  // Whatever it says beside the status is of no interest, however long it is.
  answer.body.on("error", () => {}).destroy()
  return answer.statusCode
}

/**
 * The way to the collector, for the exporters of `@effect/opentelemetry`. Those try again for as long as a collector asks
 * them to, and begin another batch while the last ones hang; so here every batch is tried once, for five seconds at most,
 * and two of a signal at a time. What that loses is told to `onDelivery`, and the exporter then rests for a minute. The
 * operator names the collector, which is why it may be anywhere, other than what `SafeHttp` reaches.
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
          // Any reason but `Transport`, which the exporter would try again.
          return new HttpClientError.RequestError({ request, reason: "Encode", description: "the batch was not taken" })
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
