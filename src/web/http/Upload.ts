import { HttpServerRequest } from "@effect/platform"
import { Duration, Effect, Exit, Stream } from "effect"
import type { StoredMedia } from "../../domain/media/Media.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import type { MediaFailure } from "../../errors/Media.js"
import { BodyMalformed, BodyTooLarge, RequestTimedOut } from "../../errors/Request.js"
import type { MediaStore, MediaUpload } from "../../services/MediaStore.js"
import { type BodyFailure, breathFor, type FormFields, fieldName, maxFields, OrderedFields } from "./Body.js"
import { hold } from "./Holding.js"
import { forEachPart, type Part } from "./Multipart.js"
import { ReceivedBytes } from "./ReceivedBytes.js"
import { textForm } from "./RoutePolicy.js"

/** A stored file from a form. */
export interface Upload {
  /** Name of its field; `name` and `name[]` are the same. */
  readonly field: string
  readonly media: StoredMedia
  /** Number of fields before it. */
  readonly after: number
}

/** A form with files, completely read. */
export interface Received {
  readonly fields: OrderedFields
  /** In order of arrival. */
  readonly uploads: ReadonlyArray<Upload>
}

/** Failures of a form with files. */
export type UploadFailure = BodyFailure | MediaFailure | DatabaseFailure

/** Limits and authorization of an upload. */
export interface UploadOptions<E, R> {
  /** Maximum number of files; 20 when absent. */
  readonly maxFiles?: number
  /** Maximum time without data; 30 seconds when absent. */
  readonly longestPause?: Duration.DurationInput
  /**
   * Called once to authorize the files, with the fields before the first file, or with all fields if there is none. For
   * a token in the form; one in the header is checked before anything is read. Returns the app that uploads the files.
   */
  readonly admit?: (fields: FormFields) => Effect.Effect<Pick<MediaUpload<never, never>, "uploadedBy">, E, R>
}

const defaultMaxFiles = 20
const defaultPause = Duration.seconds(30)

/** The same limit of text as without files. */
const maxTextBytes = textForm.maxText

/** Room for the text, the headers of the parts and the boundaries between them. */
const maxBytesBesideFiles = 2 * maxTextBytes

/**
 * Reads a form with files (`multipart/form-data`) and stores each file as it arrives, in any field; the store limits
 * the size of files. Ignores empty file inputs, without name and content. If any of it fails, or the client
 * disconnects, stored files are removed again.
 */
export const receive = <E = never, R = never>(
  media: MediaStore["Type"],
  { admit, longestPause = defaultPause, maxFiles = defaultMaxFiles }: UploadOptions<E, R> = {}
): Effect.Effect<Received, E | UploadFailure, R | HttpServerRequest.HttpServerRequest> =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    const maxBytes = maxFiles * media.maxBytes + maxBytesBesideFiles
    if (Number(request.headers["content-length"]) > maxBytes) return yield* new BodyTooLarge({ limitBytes: maxBytes })

    const fields = new OrderedFields()
    const uploads: Array<Upload> = []
    let files = 0
    let textBytes = 0
    let isAdmitted = admit === undefined
    let sender: Pick<MediaUpload<never, never>, "uploadedBy"> = {}
    const admitted = Effect.suspend(() =>
      isAdmitted || admit === undefined
        ? Effect.void
        : Effect.map(admit(fields), (answer) => {
            isAdmitted = true
            sender = answer
          })
    )
    /** A client that is not authorized yet has less time than the limit for the whole body. */
    const stranger = Effect.zipRight(
      Effect.sleep(longestPause),
      Effect.suspend(() => (isAdmitted ? Effect.never : new RequestTimedOut()))
    )

    const takeField = Effect.fnUntraced(function* (part: Part) {
      const received = new ReceivedBytes()
      yield* Stream.runForEach(part.content, (chunk) =>
        Effect.gen(function* () {
          textBytes += chunk.length
          if (textBytes > maxTextBytes) return yield* new BodyTooLarge({ limitBytes: maxTextBytes })
          yield* hold(chunk.length)
          received.add(chunk)
        })
      ).pipe(Effect.onExit((exit) => (Exit.isFailure(exit) ? Effect.sync(() => received.clear()) : Effect.void)))
      fields.take(part.name, yield* received.text)
      const { length } = received
      received.clear()
      yield* breathFor(length)
    })

    const takeFile = Effect.fnUntraced(function* (part: Part, filename: string) {
      files += 1
      if (files > maxFiles) return yield* new BodyMalformed({ reason: "too_many_parts" })
      yield* admitted
      const after = fields.inOrder.length
      yield* media.store({ ...sender, content: part.content, filename, declaredType: part.mediaType }).pipe(
        Effect.map((stored) => uploads.push({ field: fieldName(part.name), media: stored, after })),
        // So that every stored file is recorded here; the store itself is interruptible while the content arrives.
        Effect.uninterruptible,
        Effect.catchIf(
          (failure) => filename === "" && failure._tag === "MediaDamaged" && failure.reason === "empty",
          () => Effect.void
        )
      )
    })

    const take = (part: Part): Effect.Effect<void, E | UploadFailure, R | HttpServerRequest.HttpServerRequest> =>
      part.filename === undefined ? takeField(part) : takeFile(part, part.filename)

    return yield* forEachPart({ longestPause, maxParts: maxFields, maxBytes, maxBytesBesideFiles }, take).pipe(
      Effect.zipRight(admitted),
      Effect.raceFirst(stranger),
      Effect.as({ fields, uploads }),
      Effect.onExit((exit) => (Exit.isFailure(exit) ? withdraw(media, uploads) : Effect.void))
    )
  })

/**
 * Removes files that were stored for something that failed. Files that cannot be removed stay unused, and are logged.
 */
export const withdraw = (media: MediaStore["Type"], uploads: ReadonlyArray<Upload>): Effect.Effect<void> =>
  Effect.forEach(
    uploads,
    ({ media: { id } }) =>
      Effect.catchAll(media.remove(id), (error) =>
        Effect.logWarning("Upload not removed after a failed request", { error })
      ),
    { discard: true }
  )
