import { brotliCompress, constants, gzip } from "node:zlib"
import { Effect, Layer, Option } from "effect"
import { ContentCoding } from "../../src/services/ContentCoding.js"

/** Used for every response: about as small as gzip's default level, at lower cost. */
const brotliQuality = 4

/** zlib and Brotli on libuv's threads. */
export const layer: Layer.Layer<ContentCoding> = Layer.succeed(ContentCoding, {
  encode: (coding, content) =>
    Effect.async((resume) => {
      const done = (error: Error | null, encoded: Uint8Array) =>
        resume(Effect.succeed(error === null ? Option.some(encoded) : Option.none()))
      if (coding === "gzip") gzip(content, done)
      else {
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
          [constants.BROTLI_PARAM_SIZE_HINT]: content.length
        }
        brotliCompress(content, { params }, done)
      }
    })
})
