import { HttpServerRequest } from "@effect/platform"
import type { BusboyInstance } from "@fastify/busboy"
import { Effect, Stream } from "effect"
import { BodyMalformed, BodyTooLarge } from "../../errors/failure/Http.js"
import { type FormFields, maxFields } from "../http/Body.js"

/** How much of an upload is read for the sake of the text in it. */
const maxBytes = 67_108_864

/** Waits until the parser is done with something, or with itself. */
const until = (parser: BusboyInstance, act: (done: () => void) => void): Effect.Effect<void> =>
  Effect.async((resume) => {
    const done = () => {
      parser.off("error", done)
      resume(Effect.void)
    }
    parser.on("error", done)
    act(done)
  })

/**
 * The texts of a multipart form, without its files, which are read past and not held. For forms that cannot be taken, but
 * whose text should not be lost by it.
 */
export const textsOf = (limits: {
  readonly maxCharacters: number
}): Effect.Effect<FormFields, BodyMalformed | BodyTooLarge, HttpServerRequest.HttpServerRequest> =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    const { Busboy } = yield* Effect.promise(() => import("@fastify/busboy"))
    const malformed = () => new BodyMalformed({ reason: "multipart" })
    const parser = yield* Effect.try({
      try: () =>
        new Busboy({
          headers: { "content-type": request.headers["content-type"] ?? "" },
          limits: { fields: maxFields, fieldSize: limits.maxCharacters, parts: maxFields }
        }),
      catch: malformed
    })
    const fields = new Map<string, Array<string>>()
    let broken = false
    let size = 0
    parser.on("error", () => {
      broken = true
    })
    parser.on("field", (name, value, isNameCut, isValueCut) => {
      broken ||= isNameCut || isValueCut
      const field = name.replace(/\[\]$/, "")
      fields.set(field, [...(fields.get(field) ?? []), value])
    })
    yield* request.stream.pipe(
      Stream.takeWhile((chunk) => {
        size += chunk.length
        return size <= maxBytes && !broken
      }),
      Stream.runForEach((chunk) => until(parser, (done) => parser.write(chunk, done))),
      Effect.mapError(() => new BodyMalformed({ reason: "interrupted" }))
    )
    if (size > maxBytes) return yield* new BodyTooLarge({ limitBytes: maxBytes })
    if (broken) return yield* malformed()
    yield* until(parser, (done) => parser.once("finish", done).end())
    return broken ? yield* malformed() : fields
  })
