import { Either, Schema } from "effect"
import gt from "semver/functions/gt.js"
import prerelease from "semver/functions/prerelease.js"
import valid from "semver/functions/valid.js"

const Version = Schema.String.pipe(
  Schema.maxLength(100),
  Schema.filter((text) => valid(text) === text, { message: () => "a version of Semantic Versioning" })
)

const Address = Schema.String.pipe(
  Schema.maxLength(500),
  Schema.filter((text) => text.startsWith("https://") && URL.canParse(text), { message: () => "an https address" })
)

/** A release of the program: its version, and the page that describes it. */
export const Release = Schema.Struct({
  version: Version,
  url: Schema.optionalWith(Address, { exact: true })
})

/** A release of the program. */
export type Release = typeof Release.Type

const File = Schema.parseJson(Release)

/** Reads the file that names the newest release: `{"version": "2.1.0", "url": "https://…"}`. Other members are ignored. */
export const readRelease = (text: string): Either.Either<Release, "unreadable"> =>
  Either.mapLeft(Schema.decodeUnknownEither(File)(text), () => "unreadable" as const)

/** Returns whether a release is newer than the running version. A finished version is offered no preview of the next. */
export const isNewer = ({ version }: Release, running: string): boolean =>
  valid(running) !== null && gt(version, running) && (prerelease(version) === null || prerelease(running) !== null)
