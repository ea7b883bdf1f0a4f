import { Option, ParseResult, Schema } from "effect"
import { formatInstant, parseInstant } from "../Instant.js"

/** The form of archive that this program writes, and the newest that it reads. */
export const backupFormat = 1

/** The name under which the manifest lies in an archive: its last member, since it tells the hash of all others. */
export const manifestName = "manifest.json"

/** The name under which the database lies in an archive. */
export const databaseName = "starpunk.db"

const mediaFolder = "media/"

/** A name that every file system takes, and that leads nowhere else. */
const safeSegment = /^(?!\.{1,2}$)[^/\\\p{Cc}]{1,255}$/u

/** The place of a media file below the folder `media`, where it is one that may be written to. */
export const mediaName = (member: string): Option.Option<string> => {
  const name = member.startsWith(mediaFolder) ? member.slice(mediaFolder.length) : ""
  return name.length <= 1024 && name.split("/").every((segment) => safeSegment.test(segment))
    ? Option.some(name)
    : Option.none()
}

/** The member that holds a media file, where its name can be one. */
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

/** One file of an archive. */
export type BackupMember = typeof BackupMember.Type

/** An RFC 3339 text on the outside, epoch milliseconds within. */
const Instant = Schema.transformOrFail(Schema.String, Schema.Number, {
  strict: true,
  decode: (text, _, ast) =>
    Option.match(parseInstant(text), {
      onNone: () => ParseResult.fail(new ParseResult.Type(ast, text, "no RFC 3339 date and time")),
      onSome: ParseResult.succeed
    }),
  encode: (millis) => ParseResult.succeed(formatInstant(millis))
})

/** Whether this can be the version of a program: what comes from an archive is shown on terminals. */
export const isProgramVersion = (text: string): boolean => /^[\w.+-]{1,64}$/.test(text)

/** What an archive says of itself. Names in the file are in snake_case, as everything that StarPunk writes. */
export const BackupManifest = Schema.Struct({
  format: Schema.Literal(backupFormat),
  /** The version of StarPunk that made it. */
  program: Schema.String.pipe(Schema.filter((text) => isProgramVersion(text) || "no version of a program")),
  /** The number of the newest migration in the database. */
  schema: Schema.NonNegativeInt,
  createdAt: Schema.propertySignature(Instant).pipe(Schema.fromKey("created_at")),
  /** Posts in the database, drafts and deleted ones included. */
  posts: Schema.NonNegativeInt,
  /** Media files in the archive. */
  media: Schema.NonNegativeInt,
  /** Everything in the archive but the manifest. */
  members: Schema.Array(BackupMember)
})

/** What an archive says of itself. */
export type BackupManifest = typeof BackupManifest.Type

/** What every form of manifest has said and will say, so that an older program can name what it cannot read. */
export const AnyManifest = Schema.Struct({
  format: Schema.Int.pipe(Schema.greaterThanOrEqualTo(1)),
  program: Schema.optional(Schema.String)
})

const namePattern = /^starpunk-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z\.tar$/

/** The name of an archive that was made at this time (epoch milliseconds), to the second: `starpunk-20261123T190000Z.tar`. */
export const backupName = (millis: number): string =>
  `starpunk-${formatInstant(millis).replace(/\.\d+/, "").replaceAll(/[-:]/g, "")}.tar`

/** When the archive of this name was made, in epoch milliseconds; none for other names. */
export const backupInstant = (name: string): Option.Option<number> =>
  Option.flatMap(Option.fromNullable(namePattern.exec(name)), ([, ...parts]) => {
    const [year, month, day, hours, minutes, seconds] = parts
    return parseInstant(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`)
  })
