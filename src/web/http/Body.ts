import { HttpServerRequest } from "@effect/platform"
import { Effect, type Either, Exit, Stream } from "effect"
import type { ServerBusy } from "../../errors/Availability.js"
import { BodyMalformed, BodyTooLarge, MediaTypeUnsupported, type RequestTimedOut } from "../../errors/Request.js"
import { hold, release, sourceOf } from "./Holding.js"
import { jsonExcess } from "./JsonShape.js"
import { ReceivedBytes, textOf } from "./ReceivedBytes.js"
import { RequestContext } from "./RequestContext.js"
import { MalformedForm, UrlEncoded } from "./UrlEncoded.js"

/** Failures of reading a body. */
export type BodyFailure = BodyTooLarge | BodyMalformed | MediaTypeUnsupported | RequestTimedOut | ServerBusy

/** Limits of a body. */
export interface BodyLimit {
  /** Bytes; the limit of the route's policy when absent. */
  readonly maxBytes?: number
  /** Bytes of a form's decoded names and values; no further limit when absent. */
  readonly maxTextBytes?: number
}

/** Fields of a form in order of arrival; `name` and `name[]` are the same field. */
export type FormFields = ReadonlyMap<string, ReadonlyArray<string>>

/** Fields of a form by name, and all fields in order of arrival with their full names. */
export class OrderedFields extends Map<string, Array<string>> {
  readonly inOrder: Array<readonly [name: string, value: string]> = []

  /** Adds a field. */
  take(name: string, value: string): void {
    this.inOrder.push([name, value])
    append(this, fieldName(name), value)
  }
}

/** Maximum number of fields in a form. */
export const maxFields = 1000

/** Maximum depth of JSON: Micropub's nested microformats need about ten levels. */
const maxDepth = 32

/** Maximum number of values in JSON, those inside lists and objects included: twice what a post may have. */
const maxValues = 10_000

/** How much of a refused body is read and discarded, so that the client receives the response. */
const toleratedBytes = 16_777_216

/** The media type of the body without parameters, in lower case; empty if the request has none. */
export const mediaTypeOf = (request: HttpServerRequest.HttpServerRequest): string =>
  (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? ""

/** Bodies that were read completely, because the error response may need what the route has read. */
const readBefore = new WeakMap<object, ReceivedBytes>()

/** Reads the body. A second call returns the same bytes. */
const received = (
  limit: BodyLimit = {}
): Effect.Effect<
  ReceivedBytes,
  BodyTooLarge | BodyMalformed | ServerBusy,
  HttpServerRequest.HttpServerRequest | RequestContext
> =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    const limitBytes = limit.maxBytes ?? (yield* RequestContext).policy.maxBody
    const known = readBefore.get(sourceOf(request))
    if (known !== undefined) return known.length > limitBytes ? yield* new BodyTooLarge({ limitBytes }) : known
    if (Number(request.headers["content-length"]) > limitBytes) return yield* new BodyTooLarge({ limitBytes })
    const received = new ReceivedBytes()
    let size = 0
    let refused: BodyTooLarge | ServerBusy | undefined
    const refuse = (failure: BodyTooLarge | ServerBusy) => {
      refused = failure
      received.clear()
      return release
    }
    yield* request.stream.pipe(
      Stream.mapError(() => new BodyMalformed({ reason: "interrupted" })),
      Stream.runForEachWhile((chunk) => {
        size += chunk.length
        if (refused !== undefined) return Effect.succeed(size <= limitBytes + toleratedBytes)
        if (size > limitBytes) return Effect.as(refuse(new BodyTooLarge({ limitBytes })), true)
        received.add(chunk)
        return Effect.as(Effect.catchTag(hold(chunk.length), "ServerBusy", refuse), true)
      }),
      Effect.onExit((exit) => (Exit.isFailure(exit) ? Effect.sync(() => received.clear()) : Effect.void))
    )
    if (refused !== undefined) return yield* Effect.fail(refused as BodyTooLarge | ServerBusy)
    readBefore.set(sourceOf(request), received)
    return received
  })

/** Reads the body. A second call returns the same bytes. */
export const bytes = (
  limit?: BodyLimit
): Effect.Effect<
  Uint8Array,
  BodyTooLarge | BodyMalformed | ServerBusy,
  HttpServerRequest.HttpServerRequest | RequestContext
> => Effect.map(received(limit), (body) => body.bytes)

/** Reads the body as text. Invalid UTF-8 is refused, not repaired. */
export const text = (
  limit?: BodyLimit
): Effect.Effect<
  string,
  BodyTooLarge | BodyMalformed | ServerBusy,
  HttpServerRequest.HttpServerRequest | RequestContext
> => Effect.flatMap(bytes(limit), textOf)

/**
 * Reads the body as JSON (`application/json` or `+json`): at most `maxDepth` levels and `maxValues` values, and without a
 * key `__proto__`, which would be dangerous to copy.
 */
export const json = (
  limit?: BodyLimit
): Effect.Effect<unknown, BodyFailure, HttpServerRequest.HttpServerRequest | RequestContext> =>
  Effect.gen(function* () {
    yield* expectMediaType((type) => type === "application/json" || type.endsWith("+json"), ["application/json"])
    const received = yield* bytes(limit)
    const excess = jsonExcess(received, { depth: maxDepth, values: maxValues })
    if (excess !== undefined) return yield* new BodyMalformed({ reason: excess })
    yield* breathFor(received.length)
    const body = yield* textOf(received)
    if (body.trim() === "") return yield* new BodyMalformed({ reason: "empty" })
    const value = yield* Effect.try({
      try: (): unknown => JSON.parse(body),
      catch: () => new BodyMalformed({ reason: "json" })
    })
    yield* breathFor(received.length)
    const isForbidden = mayHaveForbiddenKey(body) && hasForbiddenKey(value)
    return isForbidden ? yield* new BodyMalformed({ reason: "forbidden_key" }) : value
  })

/** Reads the body as a form (`application/x-www-form-urlencoded`). Escapes and UTF-8 have to be valid. */
export const form = (
  limit?: BodyLimit
): Effect.Effect<OrderedFields, BodyFailure, HttpServerRequest.HttpServerRequest | RequestContext> =>
  Effect.gen(function* () {
    const formType = "application/x-www-form-urlencoded"
    yield* expectMediaType((type) => type === formType, [formType])
    const { policy } = yield* RequestContext
    const maxText = limit === undefined ? policy.maxText : limit.maxTextBytes
    const request = yield* HttpServerRequest.HttpServerRequest
    const known = parsedBefore.get(sourceOf(request))
    const made = known ?? (yield* Effect.either(parsed(yield* received(limit), maxText)))
    parsedBefore.set(sourceOf(request), made)
    const { fields, textBytes } = yield* made
    if (maxText !== undefined && textBytes > maxText) return yield* new BodyTooLarge({ limitBytes: maxText })
    return fields
  })

/** A form after parsing, with the bytes of its names and values. */
interface ParsedForm {
  readonly fields: OrderedFields
  readonly textBytes: number
}

/** Forms that were parsed, or refused: their bodies are not kept. */
const parsedBefore = new WeakMap<object, Either.Either<ParsedForm, BodyMalformed | BodyTooLarge>>()

/** Number of pieces of 64 KiB that are parsed at once: a few milliseconds of work. */
const slice = 4

/** Yields to the event loop. */
export const breath: Effect.Effect<void> = Effect.promise(() => new Promise<void>((resolve) => setTimeout(resolve)))

/** Length of a body, in bytes or characters, from which on the steps of reading it are turns of the event loop. */
const large = 65_536

/** Yields to the event loop if a body of this length is large. */
export const breathFor = (length: number): Effect.Effect<void> => (length < large ? Effect.void : breath)

const parsed = (
  body: ReceivedBytes,
  limitBytes = Number.POSITIVE_INFINITY
): Effect.Effect<ParsedForm, BodyMalformed | BodyTooLarge> =>
  Effect.gen(function* () {
    const form = new UrlEncoded(maxFields)
    const attempt = (step: () => void) =>
      Effect.try({
        try: step,
        catch: (error) => new BodyMalformed({ reason: error instanceof MalformedForm ? error.reason : "form" })
      })
    let count = 0
    for (const piece of body.pieces()) {
      yield* attempt(() => form.add(piece))
      if (form.textBytes > limitBytes) return yield* new BodyTooLarge({ limitBytes })
      count += 1
      if (count % slice === 0) yield* breath
    }
    yield* attempt(() => form.finish())
    const fields = new OrderedFields()
    for (const [name, value] of form.entries) fields.take(name, value)
    return { fields, textBytes: form.textBytes }
  }).pipe(Effect.ensuring(Effect.sync(() => body.clear())))

/** Fails unless the body's media type is accepted, in UTF-8 and uncompressed. */
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

/** Returns whether the text of a JSON value may have a key `__proto__`, which takes less time than the keys themselves. */
const mayHaveForbiddenKey = (text: string): boolean => text.includes("__proto__") || text.includes("\\u")

/** Whether a parsed value has a key `__proto__` anywhere; its depth is known to be bounded. */
const hasForbiddenKey = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  (Object.hasOwn(value, "__proto__") || Object.values(value).some(hasForbiddenKey))

/** A field's name without the brackets that mark several values. */
export const fieldName = (name: string): string => name.replace(/\[\]$/, "")

/** Adds a value to a field. */
export const append = (fields: Map<string, Array<string>>, name: string, value: string): void => {
  const values = fields.get(name)
  if (values === undefined) fields.set(name, [value])
  else values.push(value)
}
