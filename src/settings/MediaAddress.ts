import { Either } from "effect"

/** A place in an object store. */
export interface MediaAddress {
  readonly bucket: string
  /** Begin of the names of all objects; without slashes at its ends, empty if the bucket has nothing else. */
  readonly prefix: string
}

/** Names that every store accepts, and that need no encoding in an address (Amazon S3, Bucket naming rules). */
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

const prefixName = /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/

/** Reads an address such as `s3://bucket/prefix`; fails with what is wrong with it. */
export const parseMediaAddress = (text: string): Either.Either<MediaAddress, string> => {
  const [, bucket, rest = ""] = /^s3:\/\/([^/]*)(\/.*)?$/i.exec(text) ?? []
  if (bucket === undefined) return Either.left("must begin with s3://, such as `s3://bucket/prefix`")
  if (/[@?#]/.test(text)) return Either.left("must be the bucket and a prefix only: keys have settings of their own")
  if (bucket === "") return Either.left("must name the bucket, such as `s3://bucket/prefix`")
  if (!bucketName.test(bucket)) {
    return Either.left("must name the bucket with 3 to 63 lower-case letters, digits, dots and hyphens")
  }
  const prefix = rest.replace(/^\/+|\/+$/g, "")
  if (prefix !== "" && (!prefixName.test(prefix) || prefix.length > 200 || /(?:^|\/)\.{1,2}(?:\/|$)/.test(prefix))) {
    return Either.left("must have a prefix of letters, digits, dots, hyphens, underscores and slashes")
  }
  return Either.right({ bucket, prefix })
}

/** Writes an address; the inverse of reading. */
export const writeMediaAddress = ({ bucket, prefix }: MediaAddress): string =>
  `s3://${bucket}${prefix === "" ? "" : `/${prefix}`}`
