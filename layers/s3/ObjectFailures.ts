import {
  type MediaStorageFailure,
  MediaStorageFull,
  MediaStoreRefused,
  MediaUnavailable
} from "../../src/errors/MediaStorage.js"
import { codeOf } from "../files/ErrorCode.js"

/** Whether a request reads or writes. */
export type Operation = "read" | "write"

/** Reasons of the error codes that S3 defines (Amazon S3 API Reference, "Error Responses") and that others use. */
const refusals: Readonly<Record<string, MediaStoreRefused["reason"]>> = {
  NoSuchBucket: "bucket_missing",
  AccessDenied: "denied",
  AllAccessDisabled: "denied",
  AccountProblem: "denied",
  InvalidAccessKeyId: "credentials",
  SignatureDoesNotMatch: "credentials",
  AuthorizationHeaderMalformed: "credentials",
  InvalidToken: "credentials",
  ExpiredToken: "credentials",
  NotSignedUp: "credentials",
  RequestTimeTooSkewed: "clock_skew",
  RequestExpired: "clock_skew"
}

const full = new Set([
  "QuotaExceeded",
  "XMinioStorageFull",
  "EntityTooLarge",
  "InsufficientCapacity",
  "QuotaExceededException"
])

const busy = new Set(["SlowDown", "ServiceUnavailable", "TooManyRequests", "RequestLimitExceeded", "Throttling"])

/** The error code in the body of an answer; empty if there is none. */
export const codeIn = (body: string): string => /<Code>\s*([A-Za-z0-9.]{1,64})\s*<\/Code>/.exec(body)?.[1] ?? ""

/** Classifies an answer that is not a success, by its status and error code. Answers to HEAD have no code. */
export const failureOfAnswer = (operation: Operation, status: number, code: string): MediaStorageFailure => {
  const refusal = refusals[code]
  if (refusal !== undefined) return new MediaStoreRefused({ operation, reason: refusal, storeCode: code })
  if (full.has(code) || status === 507) return new MediaStorageFull()
  if (busy.has(code) || status === 503 || status === 429) return new MediaUnavailable({ operation, reason: "busy" })
  const refused = (reason: MediaStoreRefused["reason"]) => new MediaStoreRefused({ operation, reason, storeCode: code })
  if (status === 401) return refused("credentials")
  if (status === 403) return refused("denied")
  return new MediaUnavailable({ operation, reason: "failed" })
}

/** Classifies an error of the connection (undici, Errors). */
export const failureOfConnection = (operation: Operation, cause: unknown): MediaUnavailable => {
  const code = codeOf(cause)
  if (/^UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT$|^ETIMEDOUT$/.test(code)) {
    return new MediaUnavailable({ operation, reason: "timeout" })
  }
  const isCut = /^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE|UND_ERR_ABORTED|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$|^HPE_/.test(
    code
  )
  return new MediaUnavailable({ operation, reason: isCut ? "cut" : "unreachable" })
}

/** Whether the object store did not do its work, so that the same request may succeed later. */
export const isOutage = (failure: MediaStorageFailure): boolean => failure._tag === "MediaUnavailable"
