import { HttpServerRequest } from "@effect/platform"
import { Effect, Stream } from "effect"
import {
  BodyMalformed,
  BodyTooLarge,
  MediaTypeUnsupported,
  type RequestTimedOut,
  type ServerBusy
} from "../../errors/failure/Http.js"
import { hold, letGo, sourceOf } from "./Holding.js"
import { RequestContext } from "./RequestContext.js"
import { MalformedForm, UrlEncoded } from "./UrlEncoded.js"

/** What may go wrong with a body. */
export type BodyFailure = BodyTooLarge | BodyMalformed | MediaTypeUnsupported | RequestTimedOut | ServerBusy

/** How much is taken. */
export interface BodyLimit {
  /** Bytes; what the route's policy says when absent. */
  readonly maxBytes?: number
  /** Of a form's names and values once they are decoded; any that `maxBytes` lets pass when absent. */
  readonly maxTextBytes?: number
}

/** A form's fields in the order in which they came; `name` and `name[]` are the same field. */
export type FormFields = ReadonlyMap<string, ReadonlyArray<string>>

/** A form's fields by name, and one by one: in the order in which they came, under the whole names they came with. */
export class OrderedFields extends Map<string, Array<string>> {
  readonly inOrder: Array<readonly [name: string, value: string]> = []

  /** Adds one more field. */
  take(name: string, value: string): void {
    this.inOrder.push([name, value])
    append(this, fieldName(name), value)
  }
}

/** The most fields that a form may have. */
export const maxFields = 1000

/** The deepest nesting of JSON that is taken: Micropub's nested microformats need about ten levels. */
export const maxDepth = 32

/** How much of a body that is not taken is read and thrown away, so that the client is there to hear the answer. */
const toleratedBytes = 16_777_216

/** The media type of the body without its parameters, in lower case; empty when the request names none. */
export const mediaTypeOf = (request: HttpServerRequest.HttpServerRequest): string =>
  (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? ""

/** Bodies that were read whole: whoever answers a failure may need what the route had read before it failed. */
const readBefore = new WeakMap<object, Uint8Array>()

/** The body as it came. Whoever reads it a second time gets what was read the first time. */
export const bytes = (
  limit: BodyLimit = {}
): Effect.Effect<
  Uint8Array,
  BodyTooLarge | BodyMalformed | ServerBusy,
  HttpServerRequest.HttpServerRequest | RequestContext
> =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    const limitBytes = limit.maxBytes ?? (yield* RequestContext).policy.maxBody
    const known = readBefore.get(sourceOf(request))
    if (known !== undefined) return known.length > limitBytes ? yield* new BodyTooLarge({ limitBytes }) : known
    if (Number(request.headers["content-length"]) > limitBytes) return yield* new BodyTooLarge({ limitBytes })
    const chunks: Array<Uint8Array> = []
    let size = 0
    let refused: BodyTooLarge | ServerBusy | undefined
    const refuse = (failure: BodyTooLarge | ServerBusy) => {
      refused = failure
      chunks.length = 0
      return letGo
    }
    yield* request.stream.pipe(
      Stream.mapError(() => new BodyMalformed({ reason: "interrupted" })),
      Stream.runForEachWhile((chunk) => {
        size += chunk.length
        if (refused !== undefined) return Effect.succeed(size <= limitBytes + toleratedBytes)
        if (size > limitBytes) return Effect.as(refuse(new BodyTooLarge({ limitBytes })), true)
        chunks.push(chunk)
        return Effect.as(Effect.catchTag(hold(chunk.length), "ServerBusy", refuse), true)
      })
    )
    if (refused !== undefined) return yield* Effect.fail(refused as BodyTooLarge | ServerBusy)
    const body = joined(chunks, size)
    readBefore.set(sourceOf(request), body)
    return body
  })

/** The body as text. Anything but valid UTF-8 is refused rather than repaired. */
export const text = (
  limit?: BodyLimit
): Effect.Effect<
  string,
  BodyTooLarge | BodyMalformed | ServerBusy,
  HttpServerRequest.HttpServerRequest | RequestContext
> => Effect.flatMap(bytes(limit), decoded)

const decoded = (body: Uint8Array): Effect.Effect<string, BodyMalformed> =>
  Effect.try({
    try: () => new TextDecoder("utf-8", { fatal: true }).decode(body),
    catch: () => new BodyMalformed({ reason: "utf8" })
  })

/**
 * The body as JSON (`application/json` or `+json`): nested at most `maxDepth` deep, and without a key `__proto__`, so
 * that whoever copies it cannot be tricked.
 */
export const json = (
  limit?: BodyLimit
): Effect.Effect<unknown, BodyFailure, HttpServerRequest.HttpServerRequest | RequestContext> =>
  Effect.gen(function* () {
    yield* expectMediaType((type) => type === "application/json" || type.endsWith("+json"), ["application/json"])
    const body = yield* text(limit)
    if (body.trim() === "") return yield* new BodyMalformed({ reason: "empty" })
    const value = yield* Effect.try({
      try: (): unknown => JSON.parse(body),
      catch: () => new BodyMalformed({ reason: "json" })
    })
    const fault = structuralFault(value, maxDepth)
    return fault === undefined ? value : yield* new BodyMalformed({ reason: fault })
  })

/** The body as a form (`application/x-www-form-urlencoded`). Escapes have to be valid, and valid UTF-8. */
export const form = (
  limit?: BodyLimit
): Effect.Effect<OrderedFields, BodyFailure, HttpServerRequest.HttpServerRequest | RequestContext> =>
  Effect.gen(function* () {
    const formType = "application/x-www-form-urlencoded"
    yield* expectMediaType((type) => type === formType, [formType])
    const { policy } = yield* RequestContext
    const maxText = limit === undefined ? policy.maxText : limit.maxTextBytes
    return yield* parsed(new UrlEncoded(yield* bytes(limit), maxFields), maxText)
  })

/** What is read of a form at once: a few milliseconds of work. */
const sliceBytes = 262_144

/** Lets the event loop answer others. */
export const breath: Effect.Effect<void> = Effect.promise(() => new Promise<void>((resolve) => setTimeout(resolve)))

const parsed = (
  form: UrlEncoded,
  limitBytes = Number.POSITIVE_INFINITY
): Effect.Effect<OrderedFields, BodyMalformed | BodyTooLarge> =>
  Effect.gen(function* () {
    const step = Effect.try({
      try: () => form.step(sliceBytes),
      catch: (error) => new BodyMalformed({ reason: error instanceof MalformedForm ? error.reason : "form" })
    })
    while (!(yield* step)) {
      if (form.textBytes > limitBytes) return yield* new BodyTooLarge({ limitBytes })
      yield* breath
    }
    if (form.textBytes > limitBytes) return yield* new BodyTooLarge({ limitBytes })
    const fields = new OrderedFields()
    for (const [name, value] of form.entries) fields.take(name, value)
    return fields
  })

/** Passes a request whose body is of a kind that is taken, in UTF-8 and not compressed. */
export const expectMediaType = (
  accepts: (type: string) => boolean,
  accepted: ReadonlyArray<string>
): Effect.Effect<void, MediaTypeUnsupported, HttpServerRequest.HttpServerRequest> =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
    const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.headers["content-type"] ?? "")?.[1]
    const encoding = request.headers["content-encoding"] ?? "identity"
    return accepts(mediaTypeOf(request)) && /^utf-?8$/i.test(charset ?? "utf-8") && encoding === "identity"
      ? Effect.void
      : Effect.fail(new MediaTypeUnsupported({ accepted }))
  })

/** What is wrong with the shape of a parsed value; descends no deeper than it may. */
const structuralFault = (value: unknown, levels: number): "too_deep" | "forbidden_key" | undefined => {
  if (typeof value !== "object" || value === null) return undefined
  if (levels === 0) return "too_deep"
  if (Object.hasOwn(value, "__proto__")) return "forbidden_key"
  for (const inner of Object.values(value)) {
    const fault = structuralFault(inner, levels - 1)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** A field's name without the brackets that say it has several values. */
export const fieldName = (name: string): string => name.replace(/\[\]$/, "")

/** One more value of a field. */
export const append = (fields: Map<string, Array<string>>, name: string, value: string): void => {
  const values = fields.get(name)
  if (values === undefined) fields.set(name, [value])
  else values.push(value)
}

const joined = (chunks: ReadonlyArray<Uint8Array>, size: number): Uint8Array => {
  const [first] = chunks
  if (chunks.length === 1 && first !== undefined) return first
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
