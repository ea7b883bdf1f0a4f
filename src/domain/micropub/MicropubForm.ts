import { Either } from "effect"
import { MicropubMalformed } from "../../errors/Micropub.js"
import type { MediaKind } from "../media/Media.js"
import { type Given, listIn, withAlt, withAlts } from "../posts/MediaAlt.js"
import { isObject, limits } from "../posts/Microformats.js"
import { type FieldPath, FormTree, readFieldPath } from "./FormTree.js"

/** Fields of a form in order of arrival, each with its values. */
export type FormFields = Iterable<readonly [string, ReadonlyArray<string>]>

/** A stored file that was uploaded with a form. */
export interface ReceivedFile {
  /** Name of its field, such as `photo`. */
  readonly field: string
  readonly kind: MediaKind
  /** Absolute address. */
  readonly url: string
  /** Number of the form's fields before it; all of them when absent. */
  readonly after?: number
}

/** Properties for files, by kind. */
const properties: Readonly<Record<MediaKind, string>> = { image: "photo", video: "video", audio: "audio" }
const fileFields: ReadonlySet<string> = new Set([...Object.values(properties), "featured"])

/** A single value with the parts of its name. */
interface Entry {
  readonly name: string
  readonly keys: ReadonlyArray<string>
  readonly value: string
}

const malformed = (part: string, expected: string) => Either.left(new MicropubMalformed({ part, expected }))

/** Maximum length of a field's name in characters, brackets included. */
const longestName = (limits.depth + 2) * limits.nameLength

/** Parses a field's name; `properties[photo][]`, as in JSON, is the property `photo`. */
const pathOf = (field: string): Either.Either<FieldPath, MicropubMalformed> => {
  if (field.length > longestName)
    return malformed(`${field.slice(0, 40)}…`, `names of at most ${longestName} characters`)
  const { keys, name } = readFieldPath(field)
  if (keys.length > limits.depth) return malformed(field, `names with at most ${limits.depth} brackets`)
  const [first, ...rest] = keys
  return Either.right(
    name === "properties" && first !== undefined && first !== "" ? { name: first, keys: rest } : { name, keys }
  )
}

const ofFile = ({ field, url }: ReceivedFile): Either.Either<Entry, MicropubMalformed> =>
  Either.flatMap(pathOf(field), ({ name }) =>
    fileFields.has(name)
      ? Either.right({ name, keys: [], value: url })
      : malformed(field, `files under the names ${[...fileFields].join(", ")}`)
  )

/** Merges fields and files in order of arrival. */
const entriesOf = (
  fields: FormFields,
  files: ReadonlyArray<ReceivedFile>
): Either.Either<ReadonlyArray<Entry>, MicropubMalformed> =>
  Either.gen(function* () {
    const entries: Array<Entry> = []
    let taken = 0
    let count = 0
    for (const [field, values] of fields) {
      for (let file = files[taken]; file?.after !== undefined && file.after <= count; file = files[taken]) {
        entries.push(yield* ofFile(file))
        taken += 1
      }
      const path = yield* pathOf(field)
      for (const value of values) entries.push({ ...path, value })
      count += 1
    }
    for (const file of files.slice(taken)) entries.push(yield* ofFile(file))
    // Each pair of brackets may be an object of its own: bounded before any is made.
    const objects = entries.reduce((sum, { keys }) => sum + keys.length, 0)
    if (objects > limits.total)
      return yield* malformed("properties", `names with at most ${limits.total} brackets in all`)
    return entries
  })

const isIndex = (key: string | undefined): key is string => key !== undefined && /^\d{1,9}$/.test(key)

/** The values of a property. `content[html]` is a member of an object in the list, as `content[][html]` is. */
const valuesOf = (entries: ReadonlyArray<Entry>): ReadonlyArray<unknown> => {
  const tree = new FormTree()
  for (const { keys, value } of entries) {
    const [first] = keys
    tree.add(first === undefined || first === "" || isIndex(first) ? keys : ["", ...keys], value)
  }
  const value = tree.toValue()
  return Array.isArray(value) ? value : [value]
}

/** The object that a field is a member of. */
const ownerOf = ({ keys }: Entry): string => keys.slice(0, -1).join("][")

/**
 * The values of a media property. An `alt` that belongs to no object, such as `photo[0][alt]` for an uploaded file,
 * describes the value at its index; without an index, the first such `alt` describes the first value.
 */
const mediaValuesOf = (entries: ReadonlyArray<Entry>): ReadonlyArray<unknown> => {
  const isAlt = ({ keys }: Entry) => keys.at(-1) === "alt" && keys.length <= 2
  const owners = new Set(entries.filter((entry) => entry.keys.length > 0 && !isAlt(entry)).map(ownerOf))
  const isDescription = (entry: Entry) => isAlt(entry) && !owners.has(ownerOf(entry))
  const alts = new Map(
    entries
      .filter(isDescription)
      .map(({ keys: [index], value }, nth) => [isIndex(index) ? Number(index) : nth, value] as const)
  )
  return valuesOf(entries.filter((entry) => !isDescription(entry))).map((value, index) =>
    withAlt(value, alts.get(index))
  )
}

const addressIn = (value: unknown): unknown => (isObject(value) ? value.value : value)

/**
 * Moves each file to the property of its kind, with its description: a video that was sent as `photo` becomes a
 * `video`.
 */
const withFilesAtHome = (given: Given, files: ReadonlyArray<ReceivedFile>): Given => {
  const homes = new Map<unknown, string>(files.map(({ kind, url }) => [url, properties[kind]]))
  const homeOf = (name: string, value: unknown): string => {
    const home = homes.get(addressIn(value)) ?? name
    return name === "featured" && home === "photo" ? name : home
  }
  const sent = Object.keys(given).flatMap((name) => listIn(given, name).map((value) => [name, value] as const))
  const isAtHome = ([name, value]: (typeof sent)[number]) => homeOf(name, value) === name
  const lists = new Map<string, Array<unknown>>(Object.keys(given).map((name) => [name, []]))
  for (const [name, value] of [...sent.filter(isAtHome), ...sent.filter((each) => !isAtHome(each))]) {
    const home = homeOf(name, value)
    lists.set(home, lists.get(home) ?? [])
    lists.get(home)?.push(value)
  }
  return Object.fromEntries([...lists].filter(([, values]) => values.length > 0))
}

/**
 * Converts form fields to the shape of microformats2 JSON: each name with a list of its values in order of arrival,
 * files included. Names with brackets make objects, as in PHP and Rack.
 */
export const formProperties = (
  fields: FormFields,
  files: ReadonlyArray<ReceivedFile>
): Either.Either<Given, MicropubMalformed> =>
  Either.map(entriesOf(fields, files), (entries) => {
    const byName = new Map<string, Array<Entry>>()
    for (const entry of entries) {
      const own = byName.get(entry.name)
      if (own === undefined) byName.set(entry.name, [entry])
      else own.push(entry)
    }
    const isMedia = (name: string) => fileFields.has(name)
    const given = Object.fromEntries(
      [...byName].map(([name, own]) => [name, isMedia(name) ? mediaValuesOf(own) : valuesOf(own)])
    )
    const { "mp-audio-alt": _, "mp-photo-alt": __, "mp-video-alt": ___, ...described } = withAlts(given)
    return withFilesAtHome(described, files)
  })
