import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { brief } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

/** The storage is too full for the file. */
export class MediaStorageFull extends TaggedFailure<MediaStorageFull>()("MediaStorageFull", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "media.storage_full",
      status: 507,
      fault: "system",
      retryable: true,
      retryAfter: 30,
      message: "The site's storage is too full for this file",
      suggestion: "Try again later, or contact the owner of the site",
      troubleshooting: ["The file was not saved. Your text is not affected"],
      operator: {
        details: "A media file could not be written: the storage is full",
        troubleshooting: [
          "Free some space on the disk of the folder `media` in STARPUNK_DATA_PATH; the database is usually on the same disk",
          "`/health/ready` shows the free space of the data directory",
          "With STARPUNK_MEDIA_URL, check the quota of the object store as well"
        ]
      }
    }
  }
}

const FileReason = Schema.Literal("read_only", "denied", "io")
const StoreReason = Schema.Literal("unreachable", "timeout", "busy", "failed", "cut")

const cause: Record<MediaUnavailable["reason"], string> = {
  read_only: "the storage is read-only",
  denied: "access was denied",
  io: "the storage failed",
  unreachable: "the object store cannot be reached",
  timeout: "the object store did not answer in time",
  busy: "the object store asked for fewer requests",
  failed: "the object store failed",
  cut: "the connection to the object store ended too early"
}

const isOfStore = Schema.is(StoreReason)

/** What a visitor learns if a file cannot be stored or read. */
const forCaller = (operation: "read" | "write") => ({
  status: 503,
  fault: "system" as const,
  retryable: true,
  retryAfter: 30,
  message: operation === "write" ? "The file could not be saved" : "The file cannot be read right now",
  suggestion: "Try again later",
  troubleshooting: [
    operation === "write"
      ? "The file was not saved. Your text is not affected"
      : "The file still exists; only this attempt to read it failed"
  ]
})

const failed = (operation: "read" | "write", why: string): string =>
  `A media file could not be ${operation === "write" ? "written" : "read"}: ${why}`

/** The storage failed to write or read the file. */
export class MediaUnavailable extends TaggedFailure<MediaUnavailable>()(
  "MediaUnavailable",
  { operation: Schema.Literal("read", "write"), reason: Schema.Union(FileReason, StoreReason) },
  { operation: "write", reason: "read_only" }
) {
  get info(): ErrorInfo {
    const { operation, reason } = this
    return {
      ...forCaller(operation),
      code: "media.unavailable",
      failure: this,
      operator: {
        details: failed(operation, cause[reason]),
        troubleshooting: isOfStore(reason)
          ? [
              "Check the object store of STARPUNK_MEDIA_URL and the network between both: requests were repeated without success",
              "`starpunk doctor` checks whether the object store can be reached, and the rights of the access key"
            ]
          : [
              "Check the permissions and the file system of the folder `media` in STARPUNK_DATA_PATH",
              "`/health/ready` shows the state of the data directory"
            ]
      }
    }
  }
}

const refusals: Record<MediaStoreRefused["reason"], readonly [details: string, ...advice: ReadonlyArray<string>]> = {
  bucket_missing: [
    "the bucket of STARPUNK_MEDIA_URL does not exist",
    "Create the bucket, or correct STARPUNK_MEDIA_URL; StarPunk never creates one",
    "Check STARPUNK_MEDIA_ENDPOINT and STARPUNK_MEDIA_REGION: a bucket belongs to one of each"
  ],
  denied: [
    "the access key has no right to do this",
    "Allow the access key to read, write and delete objects with the prefix of STARPUNK_MEDIA_URL (`s3:GetObject`, `s3:PutObject`, `s3:DeleteObject`), and to list the bucket (`s3:ListBucket`), without which a missing object looks like a forbidden one",
    "Check that the bucket is yours: a bucket of somebody else with this name gives the same answer"
  ],
  credentials: [
    "the object store does not accept the access key or its secret",
    "Check STARPUNK_MEDIA_ACCESS_KEY_ID and STARPUNK_MEDIA_SECRET_ACCESS_KEY, and that the key was not deleted",
    "Check STARPUNK_MEDIA_REGION: requests are signed for this region"
  ],
  clock_skew: [
    "the clock of this machine differs from that of the object store by too much",
    "Set the clock of this machine by NTP: `timedatectl set-ntp true`"
  ],
  not_kept: [
    "the object store accepted the file, but does not have it",
    "Do not use this object store until its operator has found the reason: it acknowledges what it does not keep",
    "Check that STARPUNK_MEDIA_ENDPOINT leads to the object store and not to a web page or a proxy that answers everything"
  ]
}

/** The object store refused to write or read the file. Only the operator can change that. */
export class MediaStoreRefused extends TaggedFailure<MediaStoreRefused>()(
  "MediaStoreRefused",
  {
    operation: Schema.Literal("read", "write"),
    reason: Schema.Literal("bucket_missing", "denied", "credentials", "clock_skew", "not_kept"),
    /** The error code of the object store, such as `NoSuchBucket`; empty if it gave none. */
    storeCode: Schema.String
  },
  { operation: "write", reason: "bucket_missing", storeCode: "NoSuchBucket" }
) {
  get info(): ErrorInfo {
    const { operation, reason, storeCode } = this
    const [why, ...advice] = refusals[reason]
    return {
      ...forCaller(operation),
      code: "media.store_refused",
      failure: this,
      operator: {
        details: `${failed(operation, why)}${storeCode === "" ? "" : ` (${brief(storeCode)})`}`,
        troubleshooting: [...advice, "`starpunk doctor` tries each right of the access key"]
      }
    }
  }
}

/** Failures of the place where media are: the data directory or an object store. */
export type MediaStorageFailure = MediaStorageFull | MediaUnavailable | MediaStoreRefused
