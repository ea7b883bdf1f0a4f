import { Chunk, Context, Effect, Layer, Option, Stream } from "effect"
import type { MediaKind } from "../../../src/domain/media/Media.js"
import { MediaUnsupported } from "../../../src/errors/failure/Media.js"
import { MediaStore } from "../../../src/services/MediaStore.js"

/** The paths of the files that are kept. */
export class Shelf extends Context.Tag("test/Shelf")<Shelf, { readonly held: ReadonlySet<string> }>() {}

const kinds: Readonly<Record<string, MediaKind>> = { image: "image", video: "video", audio: "audio" }

/** Keeps whatever says that it is an image, a film or a recording, and believes it: for tests of what stands on a store. */
export const layer: Layer.Layer<MediaStore | Shelf> = Layer.unwrapEffect(
  Effect.sync(() => {
    const held = new Set<string>()
    let count = 0
    const pathOf = (id: string) => `/media/${id}.bin`
    const media: MediaStore["Type"] = {
      maxBytes: 1_000_000,
      store: ({ content, declaredType }) =>
        Effect.gen(function* () {
          const chunks = yield* Stream.runCollect(content)
          const kind = kinds[declaredType.split("/")[0] ?? ""]
          if (kind === undefined) return yield* new MediaUnsupported({ accepted: ["image/jpeg"] })
          count += 1
          const id = `file${count}`
          held.add(pathOf(id))
          return {
            id,
            path: pathOf(id),
            kind,
            mediaType: declaredType,
            byteLength: Chunk.reduce(chunks, 0, (size, chunk) => size + chunk.length),
            variants: [],
            uploadedAt: 0
          }
        }),
      remove: (id) => Effect.sync(() => held.delete(pathOf(id))),
      open: () => Effect.succeed(Option.none()),
      byPath: () => Effect.succeed(Option.none()),
      byId: () => Effect.succeed(Option.none()),
      list: () => Effect.succeed([]),
      sizes: () => Effect.succeed(new Map()),
      size: Effect.succeed(0),
      takeBack: () => Effect.succeed(false),
      sweep: Effect.succeed(0)
    }
    return Layer.merge(Layer.succeed(MediaStore, media), Layer.succeed(Shelf, { held }))
  })
)
