import { HttpServerRequest } from "@effect/platform"
import { Duration, Effect, Exit, Stream } from "effect"
import type { StoredMedia } from "../../domain/media/Media.js"
import type { DatabaseFailure } from "../../errors/failure/Database.js"
import { BodyMalformed, BodyTooLarge, RequestTimedOut } from "../../errors/failure/Http.js"
import type { MediaFailure } from "../../errors/failure/Media.js"
import type { MediaStore, MediaUpload } from "../../services/MediaStore.js"
import { type BodyFailure, type FormFields, fieldName, maxFields, OrderedFields } from "./Body.js"
import { hold } from "./Holding.js"
import { forEachPart, type Part } from "./Multipart.js"
import { textForm } from "./RoutePolicy.js"

/** A file that came with a form and is stored. */
export interface Upload {
  /** The name of its field; `name` and `name[]` are the same. */
  readonly field: string
  readonly media: StoredMedia
  /** How many fields came before it. */
  readonly after: number
}

/** A form with files, read whole. */
export interface Received {
  readonly fields: OrderedFields
  /** In the order in which they came. */
  readonly uploads: ReadonlyArray<Upload>
}

/** What may go wrong with a form that brings files. */
export type UploadFailure = BodyFailure | MediaFailure | DatabaseFailure

/** How much is taken, and from whom. */
export interface UploadOptions<E, R> {
  /** Files of one request; 20 when absent. */
  readonly maxFiles?: number
  /** How long a client may send nothing before it is given up; 30 seconds when absent. */
  readonly longestPause?: Duration.DurationInput
  /**
   * Asked once whether this request may bring files, with the fields that came before the first of them, or with all
   * where there is no file. For a token in the form; one in the header is looked at before anything is read. Answers the
   * app that the files come from.
   */
  readonly admit?: (fields: FormFields) => Effect.Effect<Pick<MediaUpload<never, never>, "uploadedBy">, E, R>
}

const defaultMaxFiles = 20
const defaultPause = Duration.seconds(30)

/** As much text beside files as without. */
const maxTextBytes = textForm.maxText

/** Room for the text, the headers of the parts and the boundaries between them. */
const maxBytesBesideFiles = 2 * maxTextBytes

/**
 * Reads a form with files (`multipart/form-data`) and stores each file as it comes, whatever its field: how large a file
 * may be is the store's to say. An empty file input of a page, without name and content, is passed over. When any of it
 * fails, or the client leaves, what was stored is removed again.
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
    /** Whoever is not known yet is given less time than the body of a friend. */
    const stranger = Effect.zipRight(
      Effect.sleep(longestPause),
      Effect.suspend(() => (isAdmitted ? Effect.never : new RequestTimedOut()))
    )

    const takeField = Effect.fnUntraced(function* (part: Part) {
      const chunks: Array<Uint8Array> = []
      yield* Stream.runForEach(part.content, (chunk) =>
        Effect.gen(function* () {
          textBytes += chunk.length
          if (textBytes > maxTextBytes) return yield* new BodyTooLarge({ limitBytes: maxTextBytes })
          yield* hold(chunk.length)
          chunks.push(chunk)
        })
      )
      fields.take(part.name, yield* decoded(chunks))
    })

    const takeFile = Effect.fnUntraced(function* (part: Part, filename: string) {
      files += 1
      if (files > maxFiles) return yield* new BodyMalformed({ reason: "too_many_parts" })
      yield* admitted
      const after = fields.inOrder.length
      yield* media.store({ ...sender, content: part.content, filename, declaredType: part.mediaType }).pipe(
        Effect.map((stored) => uploads.push({ field: fieldName(part.name), media: stored, after })),
        // So that nothing is stored without being known here; the store itself lets go while the content comes in.
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

/** Takes back what was stored for something that then failed. What cannot be removed stays unused, and is logged. */
export const withdraw = (media: MediaStore["Type"], uploads: ReadonlyArray<Upload>): Effect.Effect<void> =>
  Effect.forEach(
    uploads,
    ({ media: { id } }) =>
      Effect.catchAll(media.remove(id), (error) => Effect.logWarning("An upload could not be taken back", { error })),
    { discard: true }
  )

const decoded = (chunks: ReadonlyArray<Uint8Array>) =>
  Effect.try({
    try: () => {
      const decoder = new TextDecoder("utf-8", { fatal: true })
      return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode()
    },
    catch: () => new BodyMalformed({ reason: "utf8" })
  })
