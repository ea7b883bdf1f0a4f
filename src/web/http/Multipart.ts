import { HttpServerRequest } from "@effect/platform"
import type { Dicer } from "@fastify/busboy"
import { type Chunk, Deferred, Duration, Effect, Option, Queue, Schema, Stream } from "effect"
import { BodyMalformed, BodyTooLarge, RequestTimedOut } from "../../errors/Request.js"
import { type BodyFailure, breath, expectMediaType } from "./Body.js"

/** A part of a multipart body (RFC 7578 §4). */
export interface Part {
  /** As sent, with brackets. */
  readonly name: string
  /** File name from the client; arbitrary text. Absent if the part is not a file. */
  readonly filename: string | undefined
  /** Media type from the client; not trusted. */
  readonly mediaType: string
  /** Bytes of the part, as they arrive; readable once. What `handle` does not read is discarded. */
  readonly content: Stream.Stream<Uint8Array>
}

/** Limits of a multipart body. */
export interface MultipartLimits {
  readonly maxParts: number
  /** Bytes of the whole body. */
  readonly maxBytes: number
  /** Bytes of everything except files: fields, headers, boundaries, preamble and epilogue. */
  readonly maxBytesBesideFiles: number
  /** Maximum time without data. */
  readonly longestPause: Duration.DurationInput
  /** Maximum time for the whole body; an hour when absent, for a large file over a slow line. */
  readonly longestBody?: Duration.DurationInput
}

const defaultLongestBody = Duration.hours(1)

/** How long a refused body is still read and discarded, so that the client receives the response. */
const longestLinger = Duration.seconds(5)

const formType = "multipart/form-data"

const malformed = () => new BodyMalformed({ reason: "multipart" })

const library = Effect.promise(() => import("@fastify/busboy"))

/**
 * Passes the request's body to `handle` part by part while it arrives: a part waits for the one before it, and the
 * client for both, so that only a few chunks are in memory. Fails with the first failure of the body or of `handle`;
 * the rest is then read for some time, so that the client receives the response.
 */
export const forEachPart = <E, R>(
  limits: MultipartLimits,
  handle: (part: Part) => Effect.Effect<void, E, R>
): Effect.Effect<void, E | BodyFailure, R | HttpServerRequest.HttpServerRequest> =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    yield* expectMediaType((type) => type === formType, [formType])
    const boundary = boundaryOf(request.headers["content-type"] ?? "")
    if (boundary === undefined) return yield* malformed()
    const { Dicer } = yield* library

    const parser = new Dicer({ boundary, maxHeaderPairs: 32 })
    const arrived = yield* Queue.unbounded<Option.Option<Part>>()
    /** Completes with the failure if the body will not arrive completely. */
    const broken = yield* Deferred.make<never, BodyFailure>()
    /** Completes when the rest of the body is not needed. */
    const abandoned = yield* Deferred.make<void>()
    const sizes = { received: 0, inFiles: 0, discarded: 0 }
    listen(parser, limits.maxParts, sizes, {
      part: (part) => Queue.unsafeOffer(arrived, Option.some(part)),
      end: () => Queue.unsafeOffer(arrived, Option.none()),
      fault: (fault) => Deferred.unsafeDone(broken, Effect.fail(fault))
    })

    const write = (chunk: Uint8Array) =>
      Effect.async<void>((resume) => {
        parser.write(chunk, () => resume(Effect.void))
      })
    /** Parses chunks with many boundaries in slices, and yields between them. */
    const writeAll = Effect.fnUntraced(function* (chunk: Uint8Array) {
      if (!isDense(chunk)) return yield* write(chunk)
      for (let from = 0; from < chunk.length; from += denseSlice) {
        if (yield* Deferred.isDone(broken)) return
        yield* write(chunk.subarray(from, from + denseSlice))
        yield* breath
      }
    })
    const take = (chunk: Uint8Array) => {
      sizes.received += chunk.length
      const { maxBytes, maxBytesBesideFiles } = limits
      const limitBytes = sizes.received > maxBytes ? maxBytes : maxBytesBesideFiles
      return sizes.received > maxBytes || sizes.received - sizes.inFiles > maxBytesBesideFiles
        ? Deferred.fail(broken, new BodyTooLarge({ limitBytes }))
        : Effect.raceFirst(writeAll(chunk), Deferred.await(abandoned))
    }
    const pump = Effect.gen(function* () {
      const pull = yield* Stream.toPull(request.stream)
      const pulled = pull.pipe(
        Effect.mapError(Option.map((): BodyFailure => new BodyMalformed({ reason: "interrupted" }))),
        Effect.timeoutFail({
          duration: limits.longestPause,
          onTimeout: () => Option.some<BodyFailure>(new RequestTimedOut())
        })
      )
      const takeAll = (chunks: Chunk.Chunk<Uint8Array>) =>
        Effect.forEach(chunks, (chunk) => Effect.unlessEffect(take(chunk), Deferred.isDone(abandoned)), {
          discard: true
        })
      yield* pulled.pipe(
        Effect.flatMap(takeAll),
        Effect.forever,
        Effect.catchAll(
          Option.match({
            onNone: () => Effect.sync(() => parser.end()),
            onSome: (fault) => Effect.zipRight(Deferred.fail(broken, fault), Effect.never)
          })
        )
      )
    })
    const overdue = Effect.zipRight(
      Effect.sleep(limits.longestBody ?? defaultLongestBody),
      Deferred.fail(broken, new RequestTimedOut())
    )
    const lingered = Effect.zipRight(Deferred.await(abandoned), Effect.sleep(longestLinger))
    // In its own fiber, because Node closes the connection when reading stops, and the client has to receive the
    // response first.
    yield* Effect.forkDaemon(Effect.scoped(Effect.zipRight(Effect.fork(overdue), Effect.raceFirst(pump, lingered))))

    const next = Effect.flatMap(
      Queue.take(arrived),
      Option.match({
        onNone: () => Effect.succeed(false),
        onSome: (part) => Effect.as(Effect.zipRight(handle(part), Stream.runDrain(part.content)), true)
      })
    )
    yield* Effect.iterate(true, { while: (more) => more, body: () => next }).pipe(
      Effect.raceFirst(Deferred.await(broken)),
      Effect.ensuring(Deferred.succeed(abandoned, undefined))
    )
  })

/** Bytes of a chunk with many boundaries that are parsed at once: each boundary costs as much as some kilobytes. */
const denseSlice = 2_048

/** Number of hyphen pairs from which on a chunk is parsed in slices. Pictures have one or two by chance. */
const manyHyphens = 64

const isDense = (chunk: Uint8Array): boolean => {
  const hyphen = 0x2d
  let count = 0
  for (let at = chunk.indexOf(hyphen); at >= 0 && count < manyHyphens; at = chunk.indexOf(hyphen, at + 2)) {
    if (chunk[at + 1] === hyphen) count += 1
  }
  return count >= manyHyphens
}

/** Handlers of the parser's events. */
interface Listener {
  readonly part: (part: Part) => void
  readonly end: () => void
  readonly fault: (fault: BodyFailure) => void
}

/** The used members of the parser's stream of a part, a Node Readable. */
interface PartStream {
  readonly read: () => Uint8Array | null
  readonly readableEnded: boolean
  on(event: "header", listener: (header: object) => void): unknown
  on(event: "error" | "readable" | "end", listener: () => void): unknown
  removeListener(event: "readable" | "end", listener: () => void): unknown
}

const listen = (parser: Dicer, maxParts: number, sizes: { inFiles: number }, to: Listener): void => {
  let count = 0
  let inHeader = false
  parser.on("part", (stream: PartStream) => {
    // A part that ends in its headers is not valid.
    if (inHeader) to.fault(malformed())
    inHeader = true
    count += 1
    if (count > maxParts) to.fault(new BodyMalformed({ reason: "too_many_parts" }))
    stream.on("header", (header) => {
      inHeader = false
      const part = decodePart(header, stream, sizes)
      if (part === undefined) to.fault(malformed())
      else to.part(part)
    })
    // The parser reports errors of a part itself as well.
    stream.on("error", () => {})
  })
  parser.on("error", () => to.fault(malformed()))
  parser.on("finish", () => (inHeader ? to.fault(malformed()) : to.end()))
}

/** The `boundary` of a Content-Type, if it is valid (RFC 2046 §5.1.1). */
const boundaryOf = (contentType: string): string | undefined => {
  const [, quoted, plain] = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain
  return boundary !== undefined && /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/.test(boundary) ? boundary : undefined
}

const decodePart = (header: object, stream: PartStream, sizes: { inFiles: number }): Part | undefined => {
  const headers = Schema.decodeUnknownOption(PartHeaders)(header)
  if (Option.isNone(headers)) return undefined
  const [disposition = ""] = headers.value["content-disposition"] ?? []
  const [encoding = "binary"] = headers.value["content-transfer-encoding"] ?? []
  const [type = "text/plain"] = headers.value["content-type"] ?? []
  const parameters = dispositionParameters(disposition)
  const name = parameters?.get("name")
  // Encoded parts are deprecated (RFC 7578 §4.7) and would be stored undecoded.
  if (name === undefined || !/^(?:7bit|8bit|binary)$/i.test(encoding.trim())) return undefined
  const mediaType = type.split(";", 1)[0]?.trim().toLowerCase() ?? ""
  const filename =
    parameters?.get("filename") ?? (/^(?:image|audio|video)\/|\/octet-stream$/.test(mediaType) ? "" : undefined)
  const content = contentOf(stream)
  return {
    name,
    filename,
    mediaType,
    content:
      filename === undefined
        ? content
        : Stream.tap(content, (chunk) =>
            Effect.sync(() => {
              sizes.inFiles += chunk.length
            })
          )
  }
}

const Values = Schema.optional(Schema.Array(Schema.String))
const PartHeaders = Schema.Struct({
  "content-disposition": Values,
  "content-transfer-encoding": Values,
  "content-type": Values
})

const parameter = /;\s*([\w!#$&+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g

/** The parameters of `form-data; …`; `undefined` for other dispositions, and for invalid UTF-8. */
const dispositionParameters = (disposition: string): ReadonlyMap<string, string> | undefined => {
  const text = utf8(disposition)
  if (text === undefined || !/^\s*form-data\s*(?:;|$)/i.test(text)) return undefined
  const found = new Map<string, string>()
  for (const [, key = "", quoted, plain = ""] of text.matchAll(parameter)) {
    found.set(key.toLowerCase(), quoted === undefined ? plain : unescaped(quoted))
  }
  return found
}

/**
 * Unescapes quotes and line breaks: browsers write `%22`, `%0D` and `%0A` (HTML standard, multipart/form-data
 * encoding), others write quotes as `\"`.
 */
const unescaped = (text: string): string =>
  text
    .replace(/\\(["\\])/g, "$1")
    .replaceAll("%22", '"')
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")

/** Decodes a header, which has one character per byte. */
const utf8 = (binary: string): string | undefined => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(binary, (byte) => byte.charCodeAt(0)))
  } catch {
    return undefined
  }
}

/** Streams a part's bytes, interruptible at any time; the stream's own iterator cannot be stopped while it waits. */
const contentOf = (stream: PartStream): Stream.Stream<Uint8Array> => {
  const waiting = Effect.async<void>((resume) => {
    const ignore = () => {
      stream.removeListener("readable", wake)
      stream.removeListener("end", wake)
    }
    const wake = () => {
      ignore()
      resume(Effect.void)
    }
    stream.on("readable", wake)
    stream.on("end", wake)
    return Effect.sync(ignore)
  }).pipe(Effect.interruptible)
  const pull: Effect.Effect<Uint8Array, Option.Option<never>> = Effect.suspend(() => {
    const chunk = stream.read()
    if (chunk !== null) return Effect.succeed(chunk)
    return stream.readableEnded ? Effect.fail(Option.none()) : Effect.zipRight(waiting, pull)
  })
  return Stream.repeatEffectOption(pull)
}
