import { Either, Option, Schema } from "effect"
import { initialCrop, PhotoCrop } from "../site/PhotoCrop.js"
import { readSection, type SectionName, type SiteValues, sectionNames, sections } from "../site/SiteValues.js"

/** Version of the settings that this program writes, and the newest that it reads whole. */
export const settingsVersion = 1

/** The file of an export with what the owner has set in the browser. */
export const settingsFileName = "settings.json"

/** The file of an export with the owner's photo, whole. */
export const photoFileName = "photo.jpg"

/** Settings of an export. */
export interface SettingsFile {
  /** Greater than `settingsVersion` if a newer program wrote them. */
  readonly version: number
  /** The sections that were ever changed. */
  readonly sections: Partial<SiteValues>
  /** The crop of the photo; absent without one. */
  readonly crop: PhotoCrop | undefined
}

const Stored = Schema.parseJson(
  Schema.Struct({
    version: Schema.Int.pipe(Schema.greaterThanOrEqualTo(1)),
    sections: Schema.Record({ key: Schema.String, value: Schema.Unknown }),
    photo: Schema.optionalWith(Schema.Struct({ crop: Schema.Unknown }), { exact: true })
  })
)

/** Writes the settings, always in the same order. */
export const writeSettingsFile = ({ crop, sections: values }: Omit<SettingsFile, "version">): string => {
  const encoded = sectionNames.flatMap((name) => {
    const value = values[name]
    if (value === undefined) return []
    return [[name, Schema.encodeSync<unknown, unknown>(sections[name] as never)(value)] as const]
  })
  const file = { version: settingsVersion, sections: Object.fromEntries(encoded), ...(crop && { photo: { crop } }) }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

/**
 * Reads the settings of an export. Reads settings of a newer version as far as this version knows them. Left: what is
 * wrong with the file.
 */
export const readSettingsFile = (text: string): Either.Either<SettingsFile, string> =>
  Either.mapBoth(Schema.decodeUnknownEither(Stored)(text), {
    onLeft: ({ message }) => message.split("\n", 1).join(),
    onRight: ({ photo, sections: given, version }) => ({
      version,
      sections: Object.fromEntries(
        sectionNames.flatMap((name: SectionName) => (name in given ? [[name, readSection(name, given[name])]] : []))
      ),
      crop:
        photo === undefined
          ? undefined
          : Option.getOrElse(Schema.decodeUnknownOption(PhotoCrop)(photo.crop), () => initialCrop)
    })
  })
