import { MediaDamaged, type MediaFailure, MediaUnavailable, MediaUnsupported } from "../failure/Media.js"
import type { Entries } from "./Entry.js"

const damage: Record<MediaDamaged["reason"], string> = {
  unreadable: "The file is damaged",
  too_many_pixels: "The picture has too many pixels",
  empty: "The file is empty"
}

const cause: Record<MediaUnavailable["reason"], string> = {
  full: "the storage is full",
  read_only: "the storage is read-only",
  denied: "access was denied",
  io: "the storage failed"
}

/** What people are told when a file is refused, or cannot be kept. */
export const media: Entries<MediaFailure> = {
  MediaUnsupported: {
    example: new MediaUnsupported({ found: "image/svg+xml", accepted: ["image/jpeg", "image/png"] }),
    explain: ({ accepted, found }) => ({
      code: "media.unsupported",
      status: 415,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: found === undefined ? "This kind of file is not taken" : `Files of the type ${found} are not taken`,
      suggestion: `Send one of ${accepted.join(", ")}`,
      troubleshooting: ["The type is told by the file's content, not by its name"]
    })
  },
  MediaDamaged: {
    example: new MediaDamaged({ reason: "unreadable" }),
    explain: ({ reason }) => ({
      code: "media.damaged",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: damage[reason],
      suggestion: "Open the file on your device, save it anew in a usual format and size, and send it again",
      troubleshooting: ["An upload that was broken off leaves a file like this: try once more"]
    })
  },
  MediaUnavailable: {
    example: new MediaUnavailable({ operation: "write", reason: "full" }),
    explain: ({ operation, reason }) => ({
      code: reason === "full" ? "media.storage_full" : "media.unavailable",
      status: reason === "full" ? 507 : 503,
      fault: "system",
      retryable: true,
      retryAfter: 30,
      message: operation === "write" ? "The file could not be kept" : "The file cannot be read right now",
      suggestion: "Please try again later",
      troubleshooting: ["Nothing of the file was kept; what you wrote is not affected"],
      operator: {
        details: `A media file could not be ${operation === "write" ? "written" : "read"}: ${cause[reason]}`,
        troubleshooting: [
          "Look at the free space and the permissions of the folder `media` in STARPUNK_DATA_PATH",
          "`/health/ready` shows the state of the data directory"
        ]
      }
    })
  }
}
