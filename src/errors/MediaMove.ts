import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { operatorOnly } from "./OperatorOnly.js"
import { TaggedFailure } from "./TaggedFailure.js"

const Reason = Schema.Literal("target_invalid", "same_place", "keys_missing", "differs", "not_written")

const words: Record<
  typeof Reason.Type,
  (detail: string) => readonly [details: string, ...advice: ReadonlyArray<string>]
> = {
  target_invalid: (detail) => [
    `The target of the move is not valid: it ${detail}`,
    "Name a bucket and a prefix such as `s3://bucket/blog`, or the path of a directory"
  ],
  same_place: (detail) => [
    `The media are in ${detail} already`,
    "To move media into an object store, run the command without STARPUNK_MEDIA_URL. To move them back to a directory, run it with STARPUNK_MEDIA_URL"
  ],
  keys_missing: (detail) => [
    `${detail} is not set, so no request to the object store can be signed`,
    "Set STARPUNK_MEDIA_ACCESS_KEY_ID and STARPUNK_MEDIA_SECRET_ACCESS_KEY, and STARPUNK_MEDIA_ENDPOINT and STARPUNK_MEDIA_REGION where they are needed"
  ],
  differs: (detail) => [
    `The copy of ${detail} differs from the original, although it was written without an error`,
    "Repeat the command: files that were copied and compared are not copied again",
    "If the same file differs again, check the disk or the object store"
  ],
  not_written: (detail) => [
    `A copy could not be written: ${detail}`,
    "Check the free space and the permissions of the target",
    "Repeat the command: files that were copied and compared are not copied again"
  ]
}

/** Media were not moved, or not all of them. The originals were not changed. */
export class MediaMoveRefused extends TaggedFailure<MediaMoveRefused>()(
  "MediaMoveRefused",
  { reason: Reason, detail: Schema.String },
  { reason: "same_place", detail: "s3://bucket/blog" }
) {
  get info(): ErrorInfo {
    const [details, ...troubleshooting] = words[this.reason](this.detail)
    return {
      ...operatorOnly,
      code: "maintenance.media_move_refused",
      message: "The media were not moved",
      operator: { details: `${details}. The originals were not changed`, troubleshooting }
    }
  }
}
