import { open, rename, stat } from "node:fs/promises"
import { join } from "node:path"
import { Effect, Option, Stream } from "effect"
import { fileName, fileNamesOf, type MediaFormat, type MediaName } from "../../src/domain/media/Media.js"
import { MediaDamaged, type MediaFailure, MediaTooLarge } from "../../src/errors/Media.js"
import type { KeptMedia } from "../../src/services/MediaStore.js"
import { syncFile, writeSynced } from "../files/DurableFile.js"
import { fileMode, readHead, withoutDescriptions } from "./FileContent.js"
import { isIsoMedia } from "./IsoBoxes.js"
import { type IsoTracks, troublesomeCodec } from "./IsoTracks.js"
import { reading, writing } from "./MediaFailures.js"
import { render } from "./Pictures.js"
import { asRecording, expectFormat, recognise } from "./Recognition.js"

/** A file that is ready to be placed: it and its renderings are in a folder under their own names, synced. */
export interface Prepared {
  readonly name: MediaName
  /** Bytes of the file itself. */
  readonly size: number
  /** Common name of its codec, if many browsers cannot play it. */
  readonly codec: string | undefined
}

const receive = <E, R>(content: Stream.Stream<Uint8Array, E, R>, path: string, maxBytes: number) =>
  Effect.acquireUseRelease(
    writing(() => open(path, "wx", fileMode)),
    (handle) => {
      let size = 0
      const write = (chunk: Uint8Array): Effect.Effect<void, MediaFailure> => {
        size += chunk.length
        return size > maxBytes
          ? new MediaTooLarge({ limitBytes: maxBytes })
          : Effect.uninterruptible(writing(() => handle.writeFile(chunk)))
      }
      return Effect.interruptible(Stream.runForEach(content, write))
    },
    (handle) => Effect.promise(() => handle.close().catch(() => {}))
  )

const recording = (id: string, format: MediaFormat, received: string, folder: string) =>
  Effect.gen(function* () {
    const tracks = isIsoMedia(format.mediaType) ? yield* withoutDescriptions(received) : Option.none<IsoTracks>()
    const isRecording = Option.exists(tracks, ({ hasAudio, hasVideo }) => hasAudio && !hasVideo)
    const name: MediaName = { id, format: isRecording ? asRecording(format) : format }
    yield* writing(() => syncFile(received))
    const { size } = yield* reading(() => stat(received))
    yield* writing(() => rename(received, join(folder, fileName(name))))
    return { name, size, codec: Option.getOrUndefined(Option.map(tracks, troublesomeCodec)) }
  })

const picture = (id: string, format: MediaFormat, received: string, folder: string) =>
  Effect.gen(function* () {
    const renderings = yield* Effect.interruptible(render(received, format, id))
    yield* Effect.forEach(renderings, ({ bytes, name }) =>
      writing(() => writeSynced(join(folder, fileName(name)), bytes, { flag: "wx", mode: fileMode }))
    )
    const [main] = renderings
    return main === undefined
      ? yield* new MediaDamaged({ reason: "unreadable" })
      : { name: main.name, size: main.bytes.length, codec: undefined }
  })

/**
 * Receives a file of at most `maxBytes` into a folder, detects its type, and prepares it: without metadata, and for
 * pictures with their renderings. Can be interrupted while the content arrives and while a picture waits.
 */
export const prepare = <E, R>(
  content: Stream.Stream<Uint8Array, E, R>,
  { folder, id, maxBytes }: { readonly folder: string; readonly id: string; readonly maxBytes: number }
): Effect.Effect<Prepared, E | MediaFailure, R> =>
  Effect.gen(function* () {
    const received = join(folder, "received")
    yield* receive(content, received, maxBytes)
    const format = yield* recognise(yield* reading(() => readHead(received)))
    return yield* format.kind === "image"
      ? picture(id, format, received, folder)
      : recording(id, format, received, folder)
  })

/** Receives a file and its renderings as another site stored them, and checks the type of each. Returns the file's size. */
export const receiveKept = <E, R>(
  { content, name }: KeptMedia<E, R>,
  folder: string,
  maxBytes: number
): Effect.Effect<number, E | MediaFailure, R> =>
  Effect.gen(function* () {
    for (const each of fileNamesOf(name)) {
      const path = join(folder, each)
      yield* receive(content(each), path, maxBytes)
      yield* expectFormat(yield* reading(() => readHead(path)), each)
      yield* writing(() => syncFile(path))
    }
    const { size } = yield* reading(() => stat(join(folder, fileName(name))))
    return size
  })
