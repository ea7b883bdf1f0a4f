import { Either } from "effect"
import { ImportPostInvalid } from "../../errors/ImportEntry.js"
import { decodeProperties, isObject, type Properties, valuesOf } from "../posts/Microformats.js"
import type { PropertyNote } from "./ArchiveProperties.js"

/** Properties that are left out if their values are not valid. */
const dispensable: ReadonlySet<string> = new Set([
  ...["photo", "video", "audio", "summary", "subtitle", "author", "syndication", "location", "start", "end", "rsvp"],
  ...["in-reply-to", "like-of", "repost-of", "bookmark-of"]
])

/** Valid properties of a post, and notes on what was left out. */
export interface Kept {
  readonly properties: Properties
  readonly notes: ReadonlyArray<PropertyNote>
}

/** Returns whether a picture lies beside the post. It gets its address when it is imported. */
const isLocal = (value: unknown): boolean => {
  const address = isObject(value) ? value.value : value
  return typeof address === "string" && !/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(address)
}

/** Validates properties. Values that are not valid are left out and noted. */
export const keptOf = (given: { [name: string]: ReadonlyArray<unknown> }): Either.Either<Kept, ImportPostInvalid> => {
  const { photo = [], ...others } = given
  const local = photo.flatMap((value) =>
    isLocal(value) && (typeof value === "string" || isObject(value)) ? [value] : []
  )
  const remote = photo.filter((value) => !isLocal(value))
  const left: { [name: string]: ReadonlyArray<unknown> } = {
    ...others,
    ...(remote.length === 0 ? {} : { photo: remote })
  }
  const notes: Array<PropertyNote> = []
  const leaveOut = (name: string) => {
    notes.push({ reason: "field_left_out", why: name })
    delete left[name]
  }
  // An RSVP needs the invitation that it answers.
  if (left.rsvp !== undefined && left["in-reply-to"] === undefined) leaveOut("rsvp")
  for (;;) {
    const decoded = decodeProperties(left)
    if (Either.isRight(decoded)) {
      const photos = [...valuesOf(decoded.right, "photo"), ...local]
      return Either.right({
        properties: photos.length === 0 ? decoded.right : { ...decoded.right, photo: photos },
        notes
      })
    }
    const { expected, part } = decoded.left
    const name = part.replace(/^properties\./, "")
    if (!dispensable.has(name) || !Object.hasOwn(left, name))
      return Either.left(new ImportPostInvalid({ part: name, expected }))
    leaveOut(name)
  }
}
