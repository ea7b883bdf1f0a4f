import { Either } from "effect"
import { MicropubMalformed } from "../errors/failure/Micropub.js"
import type { MediaKind } from "./Media.js"

/** A form's fields in the order in which they came, each with its values. */
export type FormFields = Iterable<readonly [string, ReadonlyArray<string>]>

/** A file that came with a form and was stored. */
export interface ReceivedFile {
  /** The name of its field, such as `photo`. */
  readonly field: string
  readonly kind: MediaKind
  /** Absolute. */
  readonly url: string
}

/**
 * `name`, `name[]`, `name[0]` (one more value of a list), `name[key]` (a member of the one object) or `name[0][key]` (a
 * member of the object at that place).
 */
const fieldName = /^(?<name>[^[\]]+)(?:\[(?<index>\d*)\])?(?:\[(?<key>(?!\d*\])[^[\]]*)\])?(?:\[\])?$/

/** The places in a list that form fields may name; what is beyond comes to the end. */
const mostPlaces = 200

/** The properties that take files, and what each shows. */
const properties: Readonly<Record<MediaKind, string>> = { image: "photo", video: "video", audio: "audio" }
const fileFields: ReadonlySet<string> = new Set([...Object.values(properties), "featured"])

/** Values of a property as they come in: whole ones, and objects that come member by member. */
interface Gathered {
  readonly values: Array<unknown>
  readonly objects: Map<string, Map<string, string>>
}

const place = (gathered: Map<string, Gathered>, name: string): Gathered => {
  const known = gathered.get(name) ?? { values: [], objects: new Map() }
  gathered.set(name, known)
  return known
}

/**
 * The objects of a property after its whole values. One that has nothing but an `alt` describes the value at its place,
 * as `photo[0][alt]` beside a file does.
 */
const listOf = ({ objects, values }: Gathered): ReadonlyArray<unknown> => {
  const list = [...values]
  for (const [index, members] of objects) {
    const object = Object.fromEntries(members)
    const described = /^\d{1,3}$/.test(index) ? list[Number(index)] : undefined
    const isMerelyAlt = Object.keys(object).join() === "alt"
    if (isMerelyAlt && object.alt?.trim() === "") continue
    if (isMerelyAlt && typeof described === "string") list[Number(index)] = { value: described, ...object }
    else list.push(object)
  }
  return list
}

/**
 * Gathers form fields as microformats2 JSON has them: each name a list of its values, in their order, then the files. A
 * file goes where its content belongs: a film that came as a `photo` is a `video`.
 */
export const formProperties = (
  fields: FormFields,
  files: ReadonlyArray<ReceivedFile>
): Either.Either<Readonly<Record<string, ReadonlyArray<unknown>>>, MicropubMalformed> => {
  const gathered = new Map<string, Gathered>()
  for (const [field, given] of fields) {
    const { index, key, name = field } = fieldName.exec(field)?.groups ?? {}
    const { objects, values } = place(gathered, name)
    if (key === undefined) values.push(...given)
    else if (objects.size < mostPlaces || objects.has(index ?? "")) {
      objects.set(index ?? "", (objects.get(index ?? "") ?? new Map<string, string>()).set(key, given[0] ?? ""))
    }
  }
  for (const { field, kind, url } of files) {
    const name = fieldName.exec(field)?.groups?.name ?? field
    if (!fileFields.has(name)) {
      return Either.left(
        new MicropubMalformed({ part: field, expected: `files under the names ${[...fileFields].join(", ")}` })
      )
    }
    place(gathered, name === "featured" && kind === "image" ? name : properties[kind]).values.push(url)
  }
  return Either.right(Object.fromEntries([...gathered].map(([name, each]) => [name, listOf(each)])))
}
