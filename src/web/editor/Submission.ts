import type { HttpServerRequest as Request } from "@effect/platform"
import { HttpServerRequest } from "@effect/platform"
import { Effect, Option, Ref, Schema, Stream } from "effect"
import {
  emptyForm,
  type FormMedium,
  type MediaProperty,
  mediaProperties,
  offsetFieldOf,
  type PostForm,
  textFields,
  timeFields
} from "../../domain/editor/PostForm.js"
import type { Media } from "../../domain/media/Media.js"
import { isFailure } from "../../errors/Catalogue.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import type { MediaFailure } from "../../errors/Media.js"
import type { MediaStore } from "../../services/MediaStore.js"
import * as Body from "../http/Body.js"
import type { RequestContext } from "../http/RequestContext.js"
import { receive } from "../http/Upload.js"
import { failureSentences } from "../theme/FailureWords.js"
import type { FormFault } from "./FormFault.js"
import { longField, normalized, normalizedFields } from "./LongFields.js"

/** Action of a form's button. `update` keeps the state of a post: a draft, scheduled or published. */
export type Intent = "publish" | "schedule" | "draft" | "update" | "upload" | MediaMove

/** Moves or removes a medium, by its index in the form. */
export interface MediaMove {
  readonly move: "up" | "down" | "remove"
  readonly index: number
}

/** A submitted form of a post. */
export interface Submission {
  readonly form: PostForm
  readonly intent: Intent
  /** Key of the form, which its page was rendered with. */
  readonly key: string
  /** Id of the form's post, if the form knows it. */
  readonly id: number | undefined
  /** Whether it was sent from the list of posts, which is then shown again. */
  readonly isFromList: boolean
  /** `updatedAt` of the post that the form showed. */
  readonly basedOn: number | undefined
  /** Errors of uploaded files. */
  readonly faults: ReadonlyArray<FormFault>
}

/** Format of `SecureRandom.hex(8)`. */
const FormKey = Schema.String.pipe(Schema.pattern(/^[0-9a-f]{16}$/))

/** The property for each kind of file. */
export const propertyOf: Record<Media["kind"], MediaProperty> = { image: "photo", video: "video", audio: "audio" }

/** Reads a form without files (`application/x-www-form-urlencoded`), as scripts and the preview send it. */
export const submittedText = Effect.flatMap(Body.form(), (fields) => decoded(fields, [], []))

/**
 * Reads a form with files, as its page sends it. A refused file is an error of the form, so that the text is not lost.
 */
export const submitted = (
  media: MediaStore["Type"],
  siteUrl: string
): Effect.Effect<
  Submission,
  Body.BodyFailure | MediaFailure | DatabaseFailure,
  Request.HttpServerRequest | RequestContext
> =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    if (Body.mediaTypeOf(request) === "application/x-www-form-urlencoded") return yield* submittedText
    const refused = yield* Ref.make<ReadonlyArray<FormFault>>([])
    const { fields, uploads } = yield* receive(forgiving(media, refused))
    const added = uploads.flatMap(({ media }) =>
      media === nothing ? [] : [{ property: propertyOf[media.kind], url: `${siteUrl}${media.path}`, alt: "" }]
    )
    return yield* decoded(fields, added, yield* refused)
  })

/** Decodes a form. Large ones take turns of the event loop. */
const decoded = (
  fields: Body.FormFields,
  added: ReadonlyArray<FormMedium>,
  faults: ReadonlyArray<FormFault>
): Effect.Effect<Submission> =>
  Effect.gen(function* () {
    const length = [...fields.values()].flat().reduce((sum, text) => sum + text.length, 0)
    if (length < longField) return submission(fields, added, faults)
    const made = submission(yield* normalizedFields(fields), added, faults)
    yield* Body.breath
    return made
  })

/** Result for a file that was not stored. */
const nothing: Media = {
  id: "",
  path: "",
  kind: "image",
  mediaType: "",
  byteLength: 0,
  variants: [],
  uploadedAt: 0
}

/** A store that records the error of a refused file and continues with the next part of the form. */
const forgiving = (store: MediaStore["Type"], refused: Ref.Ref<ReadonlyArray<FormFault>>): MediaStore["Type"] => ({
  ...store,
  store: (upload) => {
    // Browsers send a file without name and content for an empty file field.
    if (upload.filename === "") return Effect.as(Stream.runDrain(upload.content), nothing)
    return store.store(upload).pipe(
      Effect.catchIf(isRefusal, (failure) => {
        const fault: FormFault = {
          field: "media",
          message: `“${upload.filename.slice(0, 80)}”: ${failureSentences(failure.info)}`
        }
        return Ref.update(refused, (faults) => [...faults, fault]).pipe(
          // The rest of the file has to be read before the next part of the form.
          Effect.zipRight(Effect.ignore(Stream.runDrain(upload.content))),
          Effect.as(nothing)
        )
      })
    )
  }
})

const isRefusal = (failure: unknown): failure is MediaFailure => isFailure(failure) && failure._tag.startsWith("Media")

const submission = (
  fields: Body.FormFields,
  added: ReadonlyArray<FormMedium>,
  faults: ReadonlyArray<FormFault>
): Submission => {
  const text = (name: string) => fields.get(name)?.slice(0, 1).map(normalized)[0]
  const all = (name: string) => fields.get(name) ?? []
  const alts = all("media_alt")
  const properties = all("media_property")
  const media = all("media_url").flatMap((url, index): ReadonlyArray<FormMedium> => {
    const property = mediaProperties.find((candidate) => candidate === properties[index])
    const alt = normalized(alts[index] ?? "").trim()
    return property !== undefined && isPlace(url) ? [{ property, url, alt }] : []
  })
  const texts = Object.fromEntries(textFields.map((name) => [name, text(name) ?? emptyForm[name]]))
  const times = Object.fromEntries(timeFields.map((name) => [name, timeOf(text(name), text(offsetFieldOf(name)))]))
  return {
    form: { ...emptyForm, ...texts, ...times, media: [...media, ...added] },
    intent: intentOf(text("intent")),
    key: Option.getOrElse(Schema.decodeUnknownOption(FormKey)(text("form_key")), () => ""),
    isFromList: text("from") === "list",
    id: Option.getOrUndefined(wholeNumber(text("post_id"))),
    basedOn: Option.getOrUndefined(wholeNumber(text("based_on"))),
    faults
  }
}

/** A time with the offset from its hidden field, unless it has its own. */
const timeOf = (text = "", offset = ""): string =>
  /^\d{4,6}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) && /^[+-]\d{2}:\d{2}(?::\d{2})?$/.test(offset)
    ? `${text}${offset}`
    : text

const wholeNumber = Schema.decodeUnknownOption(Schema.NumberFromString.pipe(Schema.int(), Schema.positive()))

/** Returns whether an address can be shown: http, https, or a path on this site. */
const isPlace = (url: string) => /^(?:https?:\/\/|\/(?!\/))\S+$/i.test(url)

const intents = ["publish", "schedule", "draft", "update", "upload"] as const

/** Without a button (the Enter key), the post keeps its state, so that nothing is published by accident. */
const intentOf = (text: string | undefined): Intent => {
  const groups = /^(?<move>up|down|remove):(?<index>\d{1,4})$/.exec(text ?? "")?.groups
  if (groups?.index !== undefined) {
    const move = (["up", "down", "remove"] as const).find((candidate) => candidate === groups.move) ?? "up"
    return { move, index: Number(groups.index) }
  }
  return intents.find((intent) => intent === text) ?? "update"
}

/** Moves or removes one of the media. */
export const moved = (media: ReadonlyArray<FormMedium>, { index, move }: MediaMove): ReadonlyArray<FormMedium> => {
  const medium = media[index]
  if (medium === undefined) return media
  const others = media.toSpliced(index, 1)
  if (move === "remove") return others
  return others.toSpliced(Math.max(0, index + (move === "up" ? -1 : 1)), 0, medium)
}
