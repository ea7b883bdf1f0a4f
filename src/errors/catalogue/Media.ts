import {
  type AnyMediaFailure,
  MediaDamaged,
  MediaStorageFull,
  MediaTooLarge,
  MediaUnavailable,
  MediaUnknown,
  MediaUnsupported
} from "../failure/Media.js"
import { brief, type Entries, inUnits } from "./Entry.js"

const damage: Record<MediaDamaged["reason"], string> = {
  unreadable: "The file is damaged",
  too_many_pixels: "The picture has too many pixels",
  too_many_frames: "The animation is too long: all its frames together have too many pixels",
  too_complex: "The picture takes too long to read",
  empty: "The file is empty"
}

const cause: Record<MediaUnavailable["reason"], string> = {
  read_only: "the storage is read-only",
  denied: "access was denied",
  io: "the storage failed"
}

/** HEIC and HEIF: what iPhones make of photos unless told otherwise. */
const isApplePicture = (mediaType: string | undefined): boolean => /^image\/hei[cf]/.test(mediaType ?? "")

/** What people are told when a file is refused, or cannot be kept. */
export const media: Entries<AnyMediaFailure> = {
  MediaUnsupported: {
    example: new MediaUnsupported({ found: "image/svg+xml", accepted: ["image/jpeg", "image/png"] }),
    explain: ({ accepted, found }) => ({
      code: "media.unsupported",
      status: 415,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message:
        found === undefined ? "This kind of file is not taken" : `Files of the type ${brief(found)} are not taken`,
      suggestion: isApplePicture(found)
        ? "Send it as JPEG (image/jpeg). On an iPhone, choose Settings, Camera, Formats, Most Compatible: photos taken from then on are JPEG"
        : `Send one of these kinds: ${accepted.join(", ")}`,
      troubleshooting: isApplePicture(found)
        ? [
            "Photos that are there already: share or export them as JPEG",
            `These kinds are taken: ${accepted.join(", ")}`
          ]
        : [
            "The type is told by the file's content, not by its name",
            "Most programs that show a picture, film or recording can save it in another format"
          ]
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
      suggestion:
        reason === "unreadable" || reason === "empty"
          ? "Open the file on your device, save it anew in a usual format, and send it again"
          : reason === "too_many_frames"
            ? "Shorten the animation or make it smaller, or send it as a film (MP4)"
            : "Make the picture smaller, and send it again",
      troubleshooting: ["An upload that was broken off leaves a file like this: try once more"]
    })
  },
  MediaTooLarge: {
    example: new MediaTooLarge({ limitBytes: 104_857_600 }),
    explain: ({ limitBytes }) => ({
      code: "media.too_large",
      status: 413,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: "This file is larger than is taken here",
      suggestion: `Send files of at most ${inUnits(limitBytes)} each`,
      troubleshooting: ["Shorten or compress a film or a recording before it is sent"],
      operator: {
        details: `A file of more than ${inUnits(limitBytes)} was sent`,
        troubleshooting: ["Raise STARPUNK_MEDIA_MAX_SIZE if such files are wanted"]
      }
    })
  },
  MediaUnknown: {
    example: new MediaUnknown(),
    explain: () => ({
      code: "media.unknown",
      status: 400,
      fault: "user",
      retryable: false,
      oauth: "invalid_request",
      message: "There is no file with this address here",
      suggestion: "Send the address as it was given when the file was uploaded",
      troubleshooting: ["The file may have been deleted, or may live on another site"]
    })
  },
  MediaStorageFull: {
    example: new MediaStorageFull(),
    explain: () => ({
      code: "media.storage_full",
      status: 507,
      fault: "system",
      retryable: true,
      retryAfter: 30,
      message: "There is no room left for this file",
      suggestion: "Please try again later, or tell the owner of the site",
      troubleshooting: ["Nothing of the file was kept; what you wrote is not affected"],
      operator: {
        details: "A media file could not be written: the storage is full",
        troubleshooting: [
          "Free space where the folder `media` in STARPUNK_DATA_PATH lies; the database is on the same storage as a rule",
          "`/health/ready` shows the free space of the data directory"
        ]
      }
    })
  },
  MediaUnavailable: {
    example: new MediaUnavailable({ operation: "write", reason: "read_only" }),
    explain: ({ operation, reason }) => ({
      code: "media.unavailable",
      status: 503,
      fault: "system",
      retryable: true,
      retryAfter: 30,
      message: operation === "write" ? "The file could not be kept" : "The file cannot be read right now",
      suggestion: "Please try again later",
      troubleshooting: [
        operation === "write"
          ? "Nothing of the file was kept; what you wrote is not affected"
          : "The file is still there: only this reading of it failed"
      ],
      operator: {
        details: `A media file could not be ${operation === "write" ? "written" : "read"}: ${cause[reason]}`,
        troubleshooting: [
          "Look at the permissions and the file system of the folder `media` in STARPUNK_DATA_PATH",
          "`/health/ready` shows the state of the data directory"
        ]
      }
    })
  }
}
