import type { HttpServerRequest } from "@effect/platform"
import { Effect, Stream } from "effect"
import { BodyTooLarge } from "../../errors/Request.js"
import { append, type BodyFailure, type FormFields, fieldName, maxFields } from "../http/Body.js"
import { hold } from "../http/Holding.js"
import { forEachPart, type Part } from "../http/Multipart.js"
import { ReceivedBytes } from "../http/ReceivedBytes.js"

/** Maximum bytes of an upload that are read to keep its text. */
const maxBytes = 67_108_864

const longestPause = "10 seconds"

/** Limit for clients that are not authenticated: enough for a phone, without holding connections open. */
const longestBody = "2 minutes"

/**
 * Reads the texts of a multipart form and discards its files. For forms that cannot be accepted, but whose text should
 * not be lost.
 */
export const textsOf = (limits: {
  /** Maximum bytes of all texts together. */
  readonly maxTextBytes: number
}): Effect.Effect<FormFields, BodyFailure, HttpServerRequest.HttpServerRequest> =>
  Effect.gen(function* () {
    const fields = new Map<string, Array<string>>()
    let textBytes = 0
    const take = Effect.fnUntraced(function* (part: Part) {
      if (part.filename !== undefined) return
      const received = new ReceivedBytes()
      yield* Stream.runForEach(part.content, (chunk) =>
        Effect.gen(function* () {
          textBytes += chunk.length
          if (textBytes > limits.maxTextBytes) return yield* new BodyTooLarge({ limitBytes: limits.maxTextBytes })
          yield* hold(chunk.length)
          received.add(chunk)
        })
      )
      append(fields, fieldName(part.name), yield* received.text)
      received.clear()
    })
    const maxBytesBesideFiles = 2 * limits.maxTextBytes
    yield* forEachPart({ longestBody, longestPause, maxParts: maxFields, maxBytes, maxBytesBesideFiles }, take)
    return fields
  })
