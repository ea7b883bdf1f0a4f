import { Either } from "effect"
import { ImportPostInvalid } from "../../errors/failure/Portability.js"
import { decodeProperties, isObject, type Properties, valuesOf } from "../posts/Microformats.js"
import type { PropertyNote } from "./ArchiveProperties.js"

/** Properties that a post can do without, if what stands there is not what they need. */
const dispensable: ReadonlySet<string> = new Set([
  ...["photo", "video", "audio", "summary", "subtitle", "author", "syndication", "location", "start", "end", "rsvp"],
  ...["in-reply-to", "like-of", "repost-of", "bookmark-of"]
])

/** Properties that a post can have, and what was left out of them. */
export interface Kept {
  readonly properties: Properties
  readonly notes: ReadonlyArray<PropertyNote>
}

/** Pictures beside the post have no address yet: they get one when they are brought along. */
const isLocal = (value: unknown): boolean => {
  const address = isObject(value) ? value.value : value
  return typeof address === "string" && !/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(address)
}

/** What of the given properties is kept: what cannot be understood is left out and named. */
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
  // An answer to an invitation has to say to which.
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
