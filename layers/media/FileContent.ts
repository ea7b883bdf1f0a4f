import { createHash } from "node:crypto"
import { type FileHandle, open } from "node:fs/promises"
import { Effect, Option, Stream } from "effect"
import { MediaDamaged, type MediaFailure } from "../../src/errors/Media.js"
import type { MediaStorageFull, MediaUnavailable } from "../../src/errors/MediaStorage.js"
import { MalformedBoxes, type RandomAccess } from "./IsoBoxes.js"
import { blankDescriptions } from "./IsoMetadata.js"
import { type IsoTracks, readableTracks } from "./IsoTracks.js"
import { failureOf, reading } from "./MediaFailures.js"
import { headBytes } from "./Recognition.js"

/** Bytes read from disk at once. */
const chunkBytes = 262_144

/** Mode of media files: only the user of the server reads and writes them. */
export const fileMode = 0o600

/**
 * Blanks the metadata of a video or audio file, and returns its tracks, as far as they can be read. Fails as damaged if
 * its boxes are not valid.
 */
export const withoutDescriptions = (
  path: string
): Effect.Effect<Option.Option<IsoTracks>, MediaDamaged | MediaStorageFull | MediaUnavailable> =>
  Effect.tryPromise({
    try: () => blankFile(path),
    catch: (cause) =>
      cause instanceof MalformedBoxes ? new MediaDamaged({ reason: "unreadable" }) : failureOf("write", cause)
  })

const blankFile = async (path: string): Promise<Option.Option<IsoTracks>> => {
  const handle = await open(path, "r+")
  try {
    const { size } = await handle.stat()
    const file: RandomAccess = {
      size,
      read: async (position, length) => {
        const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, position)
        return buffer.subarray(0, bytesRead)
      },
      write: async (position, bytes) => {
        await handle.write(bytes, 0, bytes.length, position)
      }
    }
    await blankDescriptions(file)
    return await readableTracks(file)
  } finally {
    await handle.close()
  }
}

/** Reads the beginning of a file, as much as `recognise` needs. */
export const readHead = async (path: string): Promise<Uint8Array> => {
  const handle = await open(path)
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** SHA-256 of a file in hexadecimal, read through one buffer. Rejects with the system's error. */
export const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash("sha256")
  const buffer = new Uint8Array(chunkBytes)
  const handle = await open(path)
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunkBytes, null)
      if (bytesRead === 0) return hash.digest("hex")
      hash.update(buffer.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
}

/** Streams the bytes of a file from `start` to `end`, exclusive, in chunks. */
export const stretch = (path: string, start: number, end: number): Stream.Stream<Uint8Array, MediaFailure> =>
  Stream.unwrapScoped(
    Effect.map(
      Effect.acquireRelease(
        reading(() => open(path)),
        (handle) => Effect.promise(() => handle.close().catch(() => {}))
      ),
      (handle) => chunks(handle, start, end)
    )
  )

const chunks = (handle: FileHandle, start: number, end: number): Stream.Stream<Uint8Array, MediaFailure> =>
  Stream.unfoldEffect(start, (at) =>
    at >= end
      ? Effect.succeedNone
      : Effect.map(
          reading(() => handle.read(new Uint8Array(Math.min(chunkBytes, end - at)), 0, undefined, at)),
          ({ buffer, bytesRead }) =>
            bytesRead === 0 ? Option.none() : Option.some([buffer.subarray(0, bytesRead), at + bytesRead])
        )
  )
