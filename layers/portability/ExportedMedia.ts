import { createHash } from "node:crypto"
import { realpathSync, statSync } from "node:fs"
import { join } from "node:path"
import { Effect, Stream } from "effect"
import { type ExportedMedia, exportMediaFolder } from "../../src/domain/archive/ExportManifest.js"
import { parseFileName } from "../../src/domain/media/Media.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import { ImportMediaMissing } from "../../src/errors/ImportEntry.js"
import type { MediaFailure } from "../../src/errors/Media.js"
import type { MediaStore } from "../../src/services/MediaStore.js"
import type { OldMediaAddress } from "../../src/services/OldAddresses.js"
import { stretch } from "../media/FileContent.js"
import { isInside } from "./SourceFiles.js"

type Exported = ExportedMedia["files"][number]

/** Streams a file and verifies it: if it differs from the exported one, the stream fails after the last byte. */
const verified = (
  root: string,
  { bytes, file, sha256 }: Exported
): Stream.Stream<Uint8Array, ImportMediaMissing | MediaFailure> =>
  Stream.unwrap(
    Effect.gen(function* () {
      const missing = (reason: ImportMediaMissing["reason"]) => new ImportMediaMissing({ reference: file, reason })
      const path = yield* Effect.try({
        try: () => realpathSync(join(root, exportMediaFolder, file)),
        catch: () => missing("missing")
      })
      if (!isInside(root, path)) return yield* missing("outside")
      const status = statSync(path, { throwIfNoEntry: false })
      if (status?.isFile() !== true) return yield* missing("missing")
      if (status.size !== bytes) return yield* missing("changed")
      const hash = createHash("sha256")
      return Stream.concat(
        stretch(path, 0, bytes).pipe(Stream.tap((chunk) => Effect.sync(() => hash.update(chunk)))),
        Stream.unwrap(
          Effect.sync(() => (hash.digest("hex") === sha256 ? Stream.empty : Stream.fail(missing("changed"))))
        )
      )
    })
  )

/** Restores a media file of an export; returns whether it was missing. */
export const takeBack = (
  store: MediaStore["Type"],
  root: string,
  { files, uploadedAt }: ExportedMedia
): Effect.Effect<boolean, ImportMediaMissing | MediaFailure | DatabaseFailure> => {
  const name = parseFileName(files[0]?.file ?? "")
  if (name === undefined) return Effect.succeed(false) // The manifest's validation excludes this.
  return store.takeBack({
    name,
    uploadedAt,
    content: (wanted): Stream.Stream<Uint8Array, ImportMediaMissing | MediaFailure> => {
      const file = files.find((candidate) => candidate.file === wanted)
      return file === undefined
        ? Stream.fail(new ImportMediaMissing({ reference: wanted, reason: "missing" }))
        : verified(root, file)
    }
  })
}

/** Addresses that a media file had on former sites of the exported site. */
export const oldAddressesOf = ({ files, oldAddresses = [] }: ExportedMedia): ReadonlyArray<OldMediaAddress> => {
  const name = parseFileName(files[0]?.file ?? "")
  return name === undefined ? [] : oldAddresses.map((path) => ({ path, mediaId: name.id }))
}

/** The first missing part of a media file, without reading it: for a dry run. */
export const looksWhole = (root: string, { files }: ExportedMedia): ImportMediaMissing | undefined => {
  const lost = files.find(
    ({ bytes, file }) => statSync(join(root, exportMediaFolder, file), { throwIfNoEntry: false })?.size !== bytes
  )
  return lost === undefined ? undefined : new ImportMediaMissing({ reference: lost.file, reason: "missing" })
}

const fileTags = ["MediaUnsupported", "MediaDamaged", "MediaTooLarge", "ImportMediaMissing"] as const

/** Failures that concern a single file. */
export type FileFailure = Extract<MediaFailure | ImportMediaMissing, { readonly _tag: (typeof fileTags)[number] }>

/** Returns whether a failure concerns a single file, so that the import can continue. */
export const isOfFile = (failure: MediaFailure | DatabaseFailure | ImportMediaMissing): failure is FileFailure =>
  fileTags.some((tag) => tag === failure._tag)
