import { Option, ParseResult, Schema } from "effect"
import { formatInstant, parseInstant } from "../Instant.js"

/** Version of the archive format that this program writes, and the newest that it reads. */
export const backupFormat = 1

/** Name of the manifest in an archive. It is the last member, because it holds the hashes of all others. */
export const manifestName = "manifest.json"

/** Name of the database in an archive. */
export const databaseName = "starpunk.db"

const mediaFolder = "media/"

/** A file name that is valid on every file system and is not a path. */
const safeSegment = /^(?!\.{1,2}$)[^/\\\p{Cc}]{1,255}$/u

/** The path of a media file relative to the folder `media`; none if it is not safe to write there. */
export const mediaName = (member: string): Option.Option<string> => {
  const name = member.startsWith(mediaFolder) ? member.slice(mediaFolder.length) : ""
  return name.length <= 1024 && name.split("/").every((segment) => safeSegment.test(segment))
    ? Option.some(name)
    : Option.none()
}

/** The archive member of a media file; none if its name is not safe. */
export const mediaMember = (name: string): Option.Option<string> =>
  Option.as(mediaName(`${mediaFolder}${name}`), `${mediaFolder}${name}`)

/** One file of an archive. */
export const BackupMember = Schema.Struct({
  /** `starpunk.db`, or `media/…`. */
  path: Schema.String.pipe(
    Schema.filter((path) => path === databaseName || Option.isSome(mediaName(path)) || "no place for a member")
  ),
  bytes: Schema.NonNegativeInt,
  /** Lower-case hexadecimal. */
  sha256: Schema.String.pipe(Schema.pattern(/^[0-9a-f]{64}$/))
})

export type BackupMember = typeof BackupMember.Type

/** RFC 3339 when encoded, epoch milliseconds when decoded. */
const Instant = Schema.transformOrFail(Schema.String, Schema.Number, {
  strict: true,
  decode: (text, _, ast) =>
    Option.match(parseInstant(text), {
      onNone: () => ParseResult.fail(new ParseResult.Type(ast, text, "no RFC 3339 date and time")),
      onSome: ParseResult.succeed
    }),
  encode: (millis) => ParseResult.succeed(formatInstant(millis))
})

/**
 * Returns whether a text may be a program version. Texts from archives are shown on terminals, so others are refused.
 */
export const isProgramVersion = (text: string): boolean => /^[\w.+-]{1,64}$/.test(text)

/** The manifest of an archive. Names in the file are in snake_case, as in everything that StarPunk writes. */
export const BackupManifest = Schema.Struct({
  format: Schema.Literal(backupFormat),
  /** Version of StarPunk that made the archive. */
  program: Schema.String.pipe(Schema.filter((text) => isProgramVersion(text) || "no version of a program")),
  /** Number of the newest migration in the database. */
  schema: Schema.NonNegativeInt,
  createdAt: Schema.propertySignature(Instant).pipe(Schema.fromKey("created_at")),
  /** Number of posts in the database, drafts and deleted ones included. */
  posts: Schema.NonNegativeInt,
  /** Number of media files in the archive. */
  media: Schema.NonNegativeInt,
  /** All files in the archive except the manifest. */
  members: Schema.Array(BackupMember)
})

export type BackupManifest = typeof BackupManifest.Type

/** Fields that every version of the format has, so that an older program can name what it cannot read. */
export const AnyManifest = Schema.Struct({
  format: Schema.Int.pipe(Schema.greaterThanOrEqualTo(1)),
  program: Schema.optional(Schema.String)
})

const namePattern = /^starpunk-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z\.tar$/

/** The name of an archive made at this time (epoch milliseconds), to the second: `starpunk-20261123T190000Z.tar`. */
export const backupName = (millis: number): string =>
  `starpunk-${formatInstant(millis).replace(/\.\d+/, "").replaceAll(/[-:]/g, "")}.tar`

/** The time in the name of an archive, in epoch milliseconds; none for other names. */
export const backupInstant = (name: string): Option.Option<number> =>
  Option.flatMap(Option.fromNullable(namePattern.exec(name)), ([, ...parts]) => {
    const [year, month, day, hours, minutes, seconds] = parts
    return parseInstant(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`)
  })
