import { type Option, Schema } from "effect"
import { fileNamesOf, parseFileName } from "../media/Media.js"
import { isOldAddress } from "../posts/OldAddress.js"

/** The form of export that this program writes, and the newest that it reads. */
export const exportFormat = 1

/** The file by which a directory is known as an export. It is written last. */
export const exportManifestName = "starpunk-export.json"

/** The folder of media files in an export; below it they bear the names that their addresses end in. */
export const exportMediaFolder = "media"

const File = Schema.Struct({
  file: Schema.String,
  bytes: Schema.NonNegativeInt,
  /** Lower-case hexadecimal. */
  sha256: Schema.String.pipe(Schema.pattern(/^[0-9a-f]{64}$/))
})

/** A media file with its renderings. */
const ExportedMedia = Schema.Struct({
  uploadedAt: Schema.propertySignature(Schema.Int).pipe(Schema.fromKey("uploaded_at")),
  /** The paths that it had on another site, sorted. */
  oldAddresses: Schema.optionalWith(Schema.Array(Schema.String.pipe(Schema.filter(isOldAddress))), {
    exact: true
  }).pipe(Schema.fromKey("old_addresses")),
  /** The file itself first, then its renderings, smallest first. */
  files: Schema.Array(File)
}).pipe(
  Schema.filter(({ files }) => {
    const name = parseFileName(files[0]?.file ?? "")
    const expected = name === undefined ? [] : fileNamesOf(name)
    return (
      (name !== undefined && expected.join() === files.map(({ file }) => file).join()) || "files that belong together"
    )
  })
)

/** A media file of an export with its renderings. */
export type ExportedMedia = typeof ExportedMedia.Type

/**
 * What an export says of itself: nothing that changes from one export of the same content to the next. Names in the file
 * are in snake_case, as everything that StarPunk writes.
 */
export const ExportManifest = Schema.Struct({
  format: Schema.Literal(exportFormat),
  /** The version of StarPunk that made it. */
  program: Schema.String,
  /** Files below `posts/`. */
  posts: Schema.NonNegativeInt,
  /** In the order of their files' names. */
  media: Schema.Array(ExportedMedia)
})

/** What an export says of itself. */
export type ExportManifest = typeof ExportManifest.Type

const AnyManifest = Schema.Struct({
  format: Schema.Int.pipe(Schema.greaterThanOrEqualTo(1)),
  program: Schema.optional(Schema.String)
})

/** The format and the program that any manifest names, however new it is. */
export const manifestVersion = (text: string): Option.Option<typeof AnyManifest.Type> =>
  Schema.decodeUnknownOption(Schema.parseJson(AnyManifest))(text)

/** Reads a manifest of this format. */
export const readManifest = Schema.decodeUnknownEither(Schema.parseJson(ExportManifest))

/** A manifest as it is written. */
export const writeManifest = (manifest: ExportManifest): string =>
  `${Schema.encodeSync(Schema.parseJson(ExportManifest, { space: 2 }))(manifest)}\n`
