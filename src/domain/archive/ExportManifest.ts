import { type Option, Schema } from "effect"
import { fileNamesOf, parseFileName } from "../media/Media.js"
import { isOldAddress } from "../posts/OldAddress.js"

/** Version of the export format that this program writes, and the newest that it reads. */
export const exportFormat = 1

/** The file that identifies a directory as an export. It is written last. */
export const exportManifestName = "starpunk-export.json"

/** The folder of media files in an export; a file has the name that its address ends with. */
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
  /** Its paths on other sites, sorted. */
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

export type ExportedMedia = typeof ExportedMedia.Type

/**
 * The manifest of an export. It holds nothing that differs between two exports of the same content. Names in the file
 * are in snake_case, as in everything that StarPunk writes.
 */
const ExportManifest = Schema.Struct({
  format: Schema.Literal(exportFormat),
  /** Version of StarPunk that made the export. */
  program: Schema.String,
  /** Number of files below `posts/`. */
  posts: Schema.NonNegativeInt,
  /** Ordered by file name. */
  media: Schema.Array(ExportedMedia)
})

export type ExportManifest = typeof ExportManifest.Type

const AnyManifest = Schema.Struct({
  format: Schema.Int.pipe(Schema.greaterThanOrEqualTo(1)),
  program: Schema.optional(Schema.String)
})

/** Reads the format and the program of a manifest of any version. */
export const manifestVersion = (text: string): Option.Option<typeof AnyManifest.Type> =>
  Schema.decodeUnknownOption(Schema.parseJson(AnyManifest))(text)

/** Parses a manifest of this format. */
export const readManifest = Schema.decodeUnknownEither(Schema.parseJson(ExportManifest))

/** Serializes a manifest. */
export const writeManifest = (manifest: ExportManifest): string =>
  `${Schema.encodeSync(Schema.parseJson(ExportManifest, { space: 2 }))(manifest)}\n`
