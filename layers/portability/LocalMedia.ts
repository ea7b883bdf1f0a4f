import { createHash } from "node:crypto"
import { createReadStream, readFileSync, rmSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { Clock, Effect, Either, Option, Stream } from "effect"
import { oldAddressPaths } from "../../src/domain/posts/OldAddress.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import { ImportMediaMissing, ImportMediaRefused } from "../../src/errors/ImportEntry.js"
import type { MediaFailure } from "../../src/errors/Media.js"
import type { MediaStore } from "../../src/services/MediaStore.js"
import type { OldAddresses } from "../../src/services/OldAddresses.js"
import { codeOf } from "../files/ErrorCode.js"
import { readHead, stretch } from "../media/FileContent.js"
import { drawn } from "../media/Pictures.js"
import { headBytes, recognise } from "../media/Recognition.js"
import { type FileFailure, isOfFile } from "./ExportedMedia.js"
import type { MediaFinder } from "./MediaFinder.js"
import type { RemoteMedia } from "./RemoteMedia.js"

/** Why a file that a post shows could not be imported. */
export type MediaTrouble = ImportMediaMissing | ImportMediaRefused

/** A file that a page shows. */
export interface WantedMedia {
  /** As in the page. */
  readonly reference: string
  /** Decoded, without query and fragment. */
  readonly path: string
  /** The page's file, relative to the imported directory. */
  readonly file: string
  /** The file's possible paths on the old site. */
  readonly places: ReadonlyArray<string>
  /** Further places to search, relative to the root of the site. */
  readonly otherwise: ReadonlyArray<string>
  /** Its address on the old site, if the export does not contain it. */
  readonly address?: string
}

const contentId = async (path: string): Promise<string> => {
  const hash = createHash("sha256")
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  // The same file gets the same name on every import.
  return hash.digest("hex").slice(0, 32)
}

/** Maximum size of an SVG that is rendered, in bytes. */
const drawingLimit = 10_485_760

const isPointer = (head: string): boolean => head.startsWith("version https://git-lfs.github.com/spec/")

const isDrawing = (path: string, head: string): boolean =>
  /\.svg$/i.test(path)
    ? /<svg[\s>]|<!DOCTYPE svg/i.test(head)
    : /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<svg[\s>]/i.test(head)

const reasonOf = (failure: Exclude<FileFailure, ImportMediaMissing>): Pick<ImportMediaRefused, "reason" | "detail"> => {
  switch (failure._tag) {
    case "MediaUnsupported":
      return { reason: "kind", detail: failure.found ?? "" }
    case "MediaTooLarge":
      return { reason: "too_large", detail: String(failure.limitBytes) }
    case "MediaDamaged":
      return {
        reason: failure.reason === "empty" ? "empty" : failure.reason === "unreadable" ? "damaged" : "too_complex",
        detail: ""
      }
  }
}

interface Options {
  readonly store: MediaStore["Type"]
  readonly addresses: OldAddresses["Type"]
  readonly finder: MediaFinder
  readonly remote: RemoteMedia
  readonly dryRun: boolean
}

/** Imports files that posts of a directory show by path. */
export const localMedia = ({ addresses, dryRun, finder, remote, store }: Options) => {
  /** Result of each file, by path. */
  const known = new Map<
    string,
    Either.Either<{ readonly path: string | undefined; readonly id: string }, MediaTrouble>
  >()
  const counts = { stored: 0, present: 0 }

  const refusal = (path: string, reason: ImportMediaRefused["reason"], detail = "") =>
    new ImportMediaRefused({ reference: path, path, reason, detail })

  /** Reads from a file of the old site. */
  const look = <A>(path: string, at: () => Promise<A>): Effect.Effect<A, ImportMediaRefused> =>
    Effect.tryPromise({ try: at, catch: (error) => refusal(path, "unreadable", codeOf(error)) })

  const contentOf = (
    path: string
  ): Effect.Effect<Stream.Stream<Uint8Array, MediaFailure>, MediaFailure | ImportMediaRefused> =>
    Effect.gen(function* () {
      const bytes = yield* look(path, () => readHead(path))
      const head = Buffer.from(bytes.subarray(0, 8_192)).toString("utf8")
      const { size } = yield* look(path, async () => statSync(path))
      if (size < 1_024 && isPointer(head)) return yield* refusal(path, "lfs_pointer")
      if (isDrawing(path, head)) {
        if (size > drawingLimit) return yield* refusal(path, "too_large", String(drawingLimit))
        if (dryRun) return Stream.empty
        return Stream.make(yield* drawn(new Uint8Array(yield* look(path, async () => readFileSync(path)))))
      }
      if (dryRun) {
        if (size > store.maxBytes) return yield* refusal(path, "too_large", String(store.maxBytes))
        yield* recognise(bytes.subarray(0, headBytes))
        return Stream.empty
      }
      return stretch(path, 0, size)
    })

  const take = (path: string) =>
    Effect.gen(function* () {
      const startedAt = yield* Clock.currentTimeMillis
      const id = yield* look(path, () => contentId(path))
      if (dryRun) {
        const there = yield* store.byId(id)
        if (Option.isSome(there)) {
          counts.present += 1
          return { path: there.value.path, id }
        }
      }
      const content = yield* contentOf(path)
      if (dryRun) {
        counts.stored += 1
        return { path: undefined, id }
      }
      const media = yield* store.store({ content, filename: "", declaredType: "", id })
      counts[media.uploadedAt < startedAt ? "present" : "stored"] += 1
      return { path: media.path, id }
    }).pipe(
      Effect.map((taken) => Either.right(taken)),
      Effect.catchAll((failure) => {
        if (failure._tag === "ImportMediaRefused") return Effect.succeed(Either.left(failure))
        if (!isOfFile(failure)) return Effect.fail(failure)
        return Effect.succeed(Either.left(new ImportMediaRefused({ reference: path, path, ...reasonOf(failure) })))
      })
    )

  /** Result of each file of the old site, by address. */
  const elsewhere = new Map<string, string>()

  /** Fetches a file of the old site if that is enabled. Otherwise, and if fetching fails, the address stays. */
  const fromOldSite = (address: string, places: ReadonlyArray<string>) =>
    Effect.gen(function* () {
      const there = elsewhere.get(address)
      if (there !== undefined) return there
      const file = yield* remote.file(address)
      const taken = file === undefined ? undefined : Either.getOrUndefined(yield* take(file))
      if (file !== undefined) rmSync(file, { force: true })
      if (remote.isFetching) remote.count(taken === undefined ? "failed" : "fetched")
      if (taken !== undefined) {
        yield* addresses.keepMedia(oldAddressPaths(places).map((path) => ({ path, mediaId: taken.id })))
      }
      const result = taken?.path ?? address
      elsewhere.set(address, result)
      return result
    })

  /**
   * Imports a file: returns its address here, or why it was refused. In a dry run only files that exist here already
   * have an address. Fails only if the import cannot continue: no space, no storage, no database.
   */
  const bring = ({
    address,
    file,
    otherwise,
    path,
    places,
    reference
  }: WantedMedia): Effect.Effect<Either.Either<string | undefined, MediaTrouble>, MediaFailure | DatabaseFailure> =>
    Effect.gen(function* () {
      const page = join(finder.roots.root, file)
      const name = page.slice(dirname(page).length + 1).replace(/\.[^.]+$/, "")
      const found = finder.find(path, dirname(page), name, [...places, ...otherwise])
      if (found.kind !== "file" && address !== undefined) return Either.right(yield* fromOldSite(address, places))
      if (found.kind !== "file") {
        return Either.left(new ImportMediaMissing({ reference, reason: found.kind, lookedIn: found.lookedIn }))
      }
      const taken = known.get(found.path) ?? (yield* take(found.path))
      known.set(found.path, taken)
      if (Either.isLeft(taken)) {
        const { left } = taken
        return Either.left(left._tag === "ImportMediaRefused" ? new ImportMediaRefused({ ...left, reference }) : left)
      }
      const paths = oldAddressPaths(places)
      if (!dryRun) yield* addresses.keepMedia(paths.map((each) => ({ path: each, mediaId: taken.right.id })))
      return Either.right(taken.right.path)
    })

  return { bring, counts, remote }
}

export type LocalMedia = ReturnType<typeof localMedia>
