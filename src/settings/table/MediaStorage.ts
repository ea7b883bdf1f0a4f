import { httpUrl } from "../Address.js"
import { optionalSetting, setting } from "../Setting.js"
import { accessKey, mediaAddress, secretKey, word } from "../Syntax.js"

/** Settings of media in an object store. */
export const mediaStorage = {
  objectStore: {
    address: optionalSetting({
      name: "STARPUNK_MEDIA_URL",
      group: "Data",
      description:
        "Bucket of an S3-compatible object store, and a prefix in it, which then hold the media instead of the data directory",
      example: "s3://my-bucket/blog",
      syntax: mediaAddress,
      absent: "unset: media are in the data directory"
    }),
    endpoint: optionalSetting({
      name: "STARPUNK_MEDIA_ENDPOINT",
      group: "Data",
      description:
        "Address of the object store. Requests name the bucket in the path (path style). The certificate of an https:// address is verified; to trust your own certificate authority, set NODE_EXTRA_CA_CERTS to a file with its certificate",
      example: "https://s3.example.net",
      syntax: httpUrl,
      absent: "Amazon S3 in STARPUNK_MEDIA_REGION"
    }),
    region: setting({
      name: "STARPUNK_MEDIA_REGION",
      group: "Data",
      description: "Region of the bucket. Requests are signed for this region. Some stores call it `auto`",
      example: "eu-central-1",
      syntax: word,
      default: "us-east-1"
    }),
    accessKeyId: optionalSetting({
      name: "STARPUNK_MEDIA_ACCESS_KEY_ID",
      group: "Data",
      description: "Access key of a user of the object store that may read, write and delete objects with the prefix",
      example: "AKIAIOSFODNN7EXAMPLE",
      syntax: accessKey,
      absent: "unset: needed with STARPUNK_MEDIA_URL"
    }),
    secretAccessKey: optionalSetting({
      name: "STARPUNK_MEDIA_SECRET_ACCESS_KEY",
      group: "Data",
      description: "Secret of the access key",
      example: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      syntax: secretKey,
      secret: true,
      absent: "unset: needed with STARPUNK_MEDIA_URL"
    }),
    publicUrl: optionalSetting({
      name: "STARPUNK_MEDIA_PUBLIC_URL",
      group: "Data",
      description:
        "Public address of the bucket with the prefix, such as that of a CDN. Readers are redirected to it; without it, the server passes files on",
      example: "https://media.blog.example",
      syntax: httpUrl,
      absent: "unset: files are read from the object store and passed on"
    })
  }
}
