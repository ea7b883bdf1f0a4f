import { Schema } from "effect"

/** The file is none of the kinds that are taken, whatever it says of itself. */
export class MediaUnsupported extends Schema.TaggedError<MediaUnsupported>("starpunk/MediaUnsupported")(
  "MediaUnsupported",
  {
    /** The type that its content shows, where one is recognised. */
    found: Schema.optional(Schema.String),
    accepted: Schema.Array(Schema.String)
  }
) {}

/** The file is of a kind that is taken, but cannot be read, or unpacks to more than is sane. */
export class MediaDamaged extends Schema.TaggedError<MediaDamaged>("starpunk/MediaDamaged")("MediaDamaged", {
  reason: Schema.Literal("unreadable", "too_many_pixels", "too_many_frames", "too_complex", "empty")
}) {}

/** The file has more bytes than are taken. */
export class MediaTooLarge extends Schema.TaggedError<MediaTooLarge>("starpunk/MediaTooLarge")("MediaTooLarge", {
  limitBytes: Schema.Number
}) {}

/** There is no room left for the file. */
export class MediaStorageFull extends Schema.TaggedError<MediaStorageFull>("starpunk/MediaStorageFull")(
  "MediaStorageFull",
  {}
) {}

/** The file could not be written or read on our side. */
export class MediaUnavailable extends Schema.TaggedError<MediaUnavailable>("starpunk/MediaUnavailable")(
  "MediaUnavailable",
  { operation: Schema.Literal("read", "write"), reason: Schema.Literal("read_only", "denied", "io") }
) {}

/** No file of this site has this address. */
export class MediaUnknown extends Schema.TaggedError<MediaUnknown>("starpunk/MediaUnknown")("MediaUnknown", {}) {}

/** What the media store may fail with, the database aside. */
export type MediaFailure = MediaUnsupported | MediaDamaged | MediaTooLarge | MediaStorageFull | MediaUnavailable

/** Everything that is wrong with media, or with asking for them. */
export type AnyMediaFailure = MediaFailure | MediaUnknown
