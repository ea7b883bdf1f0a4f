import type { Readable } from "node:stream"
import { Clock, Effect, Option, Redacted, type Scope } from "effect"
import { formatInstant } from "../../src/domain/Instant.js"
import type { MediaStorageFailure } from "../../src/errors/MediaStorage.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import { codeIn, failureOfAnswer, failureOfConnection, type Operation } from "./ObjectFailures.js"

/** A request about one object. */
export interface ObjectRequest {
  readonly method: "GET" | "HEAD" | "PUT" | "DELETE"
  /** Name of the object; letters, digits, dots, hyphens, underscores and slashes. */
  readonly key: string
  readonly headers?: Readonly<Record<string, string>>
  /** SHA-256 of the body in hexadecimal, which is a part of the signature. */
  readonly sha256?: string
  /** Makes a new body for each attempt. */
  readonly body?: () => Readable
}

/** An answer, whose body the caller reads or destroys. */
export interface ObjectAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: Readable
}

/** Options that tests change. */
export interface ConnectionOptions {
  /** Milliseconds without any progress after which a request has failed. */
  readonly patienceMillis?: number
  /** The clock by which requests are signed, in epoch milliseconds. */
  readonly clock?: Effect.Effect<number>
}

/** The part of the settings that a connection needs. */
export type ObjectStoreSettings = SettingsValues["objectStore"]

const connections = 32
const connectMillis = 5_000
const defaultPatience = 30_000

const sha256OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

/** Bytes of an error's description that are read. */
const mostOfError = 16_384

const textOf = async (body: Readable): Promise<string> => {
  let text = ""
  for await (const chunk of body) {
    text += String(chunk)
    if (text.length > mostOfError) break
  }
  return text
}

const libraries = Effect.promise(async () => {
  const [undici, { AwsV4Signer }] = await Promise.all([import("undici"), import("aws4fetch")])
  return { undici, AwsV4Signer }
})

/** The address of an object store; Amazon's unless another is given. */
export const endpointOf = ({ endpoint, region }: ObjectStoreSettings): string =>
  Option.getOrElse(endpoint, () => `https://s3.${region}.amazonaws.com`)

/**
 * Sends signed requests about the objects of a bucket (Signature Version 4, path style), over connections that are kept.
 * Any address is allowed, since the operator names it. Fails unless the status is 2xx or one of `accepted`.
 */
export const connect = (
  settings: ObjectStoreSettings,
  bucket: string,
  { clock = Clock.currentTimeMillis, patienceMillis = defaultPatience }: ConnectionOptions = {}
): Effect.Effect<
  (request: ObjectRequest, accepted?: ReadonlyArray<number>) => Effect.Effect<ObjectAnswer, MediaStorageFailure>,
  never,
  Scope.Scope
> =>
  Effect.gen(function* () {
    const { AwsV4Signer, undici } = yield* libraries
    const endpoint = new URL(endpointOf(settings))
    const base = `${endpoint.href.replace(/\/$/, "")}/${bucket}`
    const pool = yield* Effect.acquireRelease(
      Effect.sync(
        () =>
          new undici.Pool(endpoint.origin, {
            connections,
            headersTimeout: patienceMillis,
            bodyTimeout: patienceMillis,
            connect: { timeout: Math.min(connectMillis, patienceMillis) }
          })
      ),
      (pool) => Effect.promise(() => pool.destroy().catch(() => {}))
    )
    const keys = new Map<string, ArrayBuffer>()

    const signed = ({ headers = {}, key, method, sha256 = sha256OfNothing }: ObjectRequest, now: number) =>
      new AwsV4Signer({
        method,
        url: `${base}/${key}`,
        headers: { ...headers, "x-amz-content-sha256": sha256 },
        accessKeyId: Option.getOrElse(settings.accessKeyId, () => ""),
        secretAccessKey: Option.match(settings.secretAccessKey, { onNone: () => "", onSome: Redacted.value }),
        service: "s3",
        region: settings.region,
        datetime: formatInstant(now).replaceAll(/[:-]|\.\d{3}/g, ""),
        cache: keys
      }).sign()

    const send = async (request: ObjectRequest, now: number, signal: AbortSignal): Promise<ObjectAnswer> => {
      const { headers, url } = await signed(request, now)
      const {
        body,
        headers: answered,
        statusCode
      } = await pool.request({
        path: `${url.pathname}${url.search}`,
        method: request.method,
        headers: Object.fromEntries(headers),
        body: request.body?.() ?? null,
        signal
      })
      // Its errors are those of whoever reads it.
      body.on("error", () => {})
      return { status: statusCode, headers: answered, body }
    }

    return (request, accepted = []) => {
      const operation: Operation = request.method === "GET" || request.method === "HEAD" ? "read" : "write"
      const failed = (cause: unknown) => failureOfConnection(operation, cause)
      return Effect.flatMap(
        Effect.flatMap(clock, (now) =>
          Effect.tryPromise({ try: (signal) => send(request, now, signal), catch: failed })
        ),
        (answer): Effect.Effect<ObjectAnswer, MediaStorageFailure> =>
          (answer.status >= 200 && answer.status < 300) || accepted.includes(answer.status)
            ? Effect.succeed(answer)
            : Effect.flatMap(Effect.tryPromise({ try: () => textOf(answer.body), catch: failed }), (text) =>
                Effect.fail(failureOfAnswer(operation, answer.status, codeIn(text)))
              )
      )
    }
  })
