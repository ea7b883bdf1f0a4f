import { createHash } from "node:crypto"
import { createReadStream, realpathSync, statSync } from "node:fs"
import { join } from "node:path"
import { Clock, Effect, Either, type Stream } from "effect"
import { parseMediaPath } from "../../src/domain/Media.js"
import { mediaAddresses, withMediaAt } from "../../src/domain/MediaReferences.js"
import type { MovedPost } from "../../src/domain/MovedPost.js"
import type { DatabaseFailure } from "../../src/errors/failure/Database.js"
import type { MediaFailure } from "../../src/errors/failure/Media.js"
import { ImportMediaMissing } from "../../src/errors/failure/Portability.js"
import type { MediaStore } from "../../src/services/MediaStore.js"
import { stretch } from "../node/FileContent.js"
import { reading } from "../node/MediaFailures.js"
import { isOfFile } from "./ExportedMedia.js"
import { isInside } from "./SourceFiles.js"

/** Why a picture that a post shows could not be brought along. */
export type MediaTrouble = ImportMediaMissing | MediaFailure

/** A post with the media that it shows on this site, and what was wrong with the others, which it shows as it did. */
export interface Brought {
  readonly post: MovedPost
  readonly troubles: ReadonlyArray<MediaTrouble>
}

/** Where the files that posts show lie below the directory: at its top, or where Hugo, Jekyll and others keep them. */
const shelves = ["", "static", "public", "assets"]

/** Anything with a scheme or a host of its own. */
const isForeign = (address: string) => /^(?:[a-z][a-z0-9+.-]*:|\/\/|#|\?)/i.test(address)

const decoded = (address: string): string => {
  const path = address.replace(/[?#].*$/, "")
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const contentId = async (path: string): Promise<string> => {
  const hash = createHash("sha256")
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  // The same file gets the same name, however often it comes.
  return hash.digest("hex").slice(0, 32)
}

/** The media that posts of a directory show by a path in it. `siteUrl` is where the posts were, and where their site was. */
export const localMedia = (store: MediaStore["Type"], root: string, siteUrl: string, dryRun: boolean) => {
  /** What became of each file, by its path. */
  const known = new Map<string, string>()
  const counts = { stored: 0, present: 0 }

  /** The path on this machine that an address means; `undefined` for one that leads elsewhere, or to our own media. */
  const locate = (file: string, given: string): Either.Either<string, ImportMediaMissing> | undefined => {
    const address = given.startsWith(`${siteUrl}/`) ? given.slice(siteUrl.length) : given
    if (isForeign(address)) return undefined
    const path = decoded(address)
    const missing = (reason: ImportMediaMissing["reason"]) =>
      Either.left(new ImportMediaMissing({ reference: given, reason }))
    if (path.includes("\0")) return missing("missing")
    const folder = file.split("/").slice(0, -1).join("/")
    const places = path.startsWith("/")
      ? shelves.map((shelf) => join(root, shelf, path))
      : [join(root, folder, path), ...shelves.map((shelf) => join(root, shelf, path))]
    let outside = false
    for (const place of places) {
      try {
        const target = realpathSync(place)
        if (!isInside(root, target)) outside = true
        else if (statSync(target).isFile()) return Either.right(target)
      } catch {
        // not there: perhaps on the next shelf
      }
    }
    if (parseMediaPath(path) !== undefined) return undefined
    return missing(outside || places.every((place) => !isInside(root, place)) ? "outside" : "missing")
  }

  const bring = (path: string): Effect.Effect<string, MediaFailure | DatabaseFailure> =>
    Effect.gen(function* () {
      const earlier = known.get(path)
      if (earlier !== undefined) return earlier
      const startedAt = yield* Clock.currentTimeMillis
      const id = yield* reading(() => contentId(path))
      const { size } = yield* reading(async () => statSync(path))
      const content: Stream.Stream<Uint8Array, MediaFailure> = stretch(path, 0, size)
      const media = yield* store.store({ content, filename: "", declaredType: "", id })
      counts[media.uploadedAt < startedAt ? "present" : "stored"] += 1
      known.set(path, media.path)
      return media.path
    })

  /** Takes in what the post shows. Fails only where there is no going on: no room, no storage, no database. */
  const along = (file: string, post: MovedPost): Effect.Effect<Brought, MediaFailure | DatabaseFailure> =>
    Effect.gen(function* () {
      const places = new Map<string, string>()
      const troubles: Array<MediaTrouble> = []
      for (const address of mediaAddresses(post.properties)) {
        const located = locate(file, address)
        if (located === undefined) continue
        if (Either.isLeft(located)) troubles.push(located.left)
        else if (!dryRun) {
          yield* bring(located.right).pipe(
            Effect.matchEffect({
              onSuccess: (path) => Effect.sync(() => places.set(address, path)),
              onFailure: (failure) =>
                isOfFile(failure) ? Effect.sync(() => troubles.push(failure)) : Effect.fail(failure)
            })
          )
        }
      }
      if (places.size === 0) return { post, troubles }
      const properties = withMediaAt(post.properties, (address) => places.get(address) ?? address)
      return { post: { ...post, properties }, troubles }
    })

  return { along, counts }
}
