import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs"
import { join } from "node:path"
import { Effect, Either, Option, type Scope } from "effect"
import { plainSite } from "../../src/domain/archive/ArchiveSite.js"
import {
  type ExportedMedia,
  exportFormat,
  exportManifestName,
  manifestVersion,
  readManifest
} from "../../src/domain/archive/ExportManifest.js"
import { ImportSourceUnusable, ImportTooNew } from "../../src/errors/Import.js"
import { ImportFileUnreadable } from "../../src/errors/ImportEntry.js"
import type { ImportSource, PreparedImport } from "../../src/services/Import.js"
import { codeOf } from "../files/ErrorCode.js"
import type { Entry } from "./Entry.js"
import { exportedPosts } from "./ExportedPosts.js"
import { inTurns } from "./InTurns.js"
import * as OriginalDatabase from "./OriginalDatabase.js"
import { isOurData, originalDatabase, originalNotes } from "./OriginalSite.js"
import { type SiteOptions, siteFiles } from "./SiteFiles.js"
import { findSite, type Site } from "./SiteFinder.js"
import type { Listing } from "./SourceFiles.js"

/** A directory, and its importable content. */
export interface Source {
  readonly kind: ImportSource
  /** The site that the directory is, or is part of. */
  readonly site: Site
  /** With links resolved. */
  readonly root: string
  /** Number of files that may be posts; approximate if they were not counted. */
  readonly total: number
  readonly entries: Iterable<Entry>
  /** Entries that cannot be read. */
  readonly refused: Listing["refused"]
  /** Skipped folders of generator output. */
  readonly skipped: Listing["skipped"]
  /** Media that the directory lists. Without a list, only media that posts show are imported. */
  readonly media: ReadonlyArray<ExportedMedia>
  /** Entries of another program's export that are not posts. */
  readonly passed: PreparedImport["passed"]
  /** Folders that hold files which posts show, beside those of the site. */
  readonly mediaFolders: ReadonlyArray<string>
}

/** Empty additions, for a directory that is imported directly. */
const nothingBeside = { passed: [], mediaFolders: [] }

/** Room for about 250,000 photos of some 500 bytes each, renderings included. */
const manifestLimit = 128 * 1024 * 1024

const unusable = (path: string, reason: ImportSourceUnusable["reason"], detail = "") =>
  new ImportSourceUnusable({ path, reason, detail })

const troubleWith = (path: string) => (error: unknown) => {
  const code = codeOf(error)
  if (code === "ENOENT") return unusable(path, "missing")
  if (code === "ENOTDIR") return unusable(path, "not_a_directory")
  return unusable(path, code === "EACCES" || code === "EPERM" ? "denied" : "io", code)
}

/** Reads the manifest of an export; none if there is none. */
const manifestOf = (path: string, root: string) =>
  Effect.gen(function* () {
    const file = join(root, exportManifestName)
    const found = statSync(file, { throwIfNoEntry: false })
    if (found === undefined) return Option.none()
    if (!found.isFile() || found.size > manifestLimit)
      return yield* unusable(path, "manifest", "it is not a regular file")
    const text = yield* Effect.try({ try: () => readFileSync(file, "utf8"), catch: troubleWith(path) })
    const any = manifestVersion(text)
    if (Option.isSome(any) && any.value.format > exportFormat) {
      const { format: found, program } = any.value
      return yield* new ImportTooNew({ path, found, known: exportFormat, writtenBy: program ?? "unknown" })
    }
    return yield* Either.match(readManifest(text), {
      onLeft: ({ message }) => unusable(path, "manifest", message.split("\n", 1).join()),
      onRight: (manifest) => Effect.succeed(Option.some(manifest))
    })
  })

const originalSite = (root: string, databasePath: string) =>
  Effect.map(OriginalDatabase.read(databasePath), (notes): Source => {
    const { entries, refused } = originalNotes(root, notes)
    return {
      kind: "starpunk_python",
      site: { ...plainSite, siteRoot: root },
      root,
      total: notes.length,
      entries,
      refused,
      skipped: [],
      media: [],
      ...nothingBeside
    }
  })

/** Resolves a folder to an absolute path without links. */
export const folder = (path: string): Effect.Effect<string, ImportSourceUnusable> =>
  Effect.gen(function* () {
    const real = yield* Effect.try({ try: () => realpathSync(path), catch: troubleWith(path) })
    return statSync(real).isDirectory() ? real : yield* unusable(path, "not_a_directory")
  })

/** Determines what a prepared file contains. */
export const openPrepared = (
  { folder: path, mediaFolders, name, passed, site, top }: PreparedImport,
  options: SiteOptions
): Effect.Effect<Source, ImportSourceUnusable | ImportTooNew, Scope.Scope> =>
  Effect.gen(function* () {
    if (site === undefined) return { ...(yield* open(path, options, top)), mediaFolders, passed }
    const root = yield* Effect.try({ try: () => realpathSync(path), catch: troubleWith(name) })
    const found = yield* inTurns(siteFiles(root, { ...site, siteRoot: root }, options), troubleWith(name))
    return { kind: "markdown", root, total: found.entries.length, ...found, media: [], mediaFolders, passed }
  })

/** Determines the kind of a directory. Changes nothing in it, and reads nothing above `top`. */
export const open = (
  path: string,
  options: SiteOptions,
  top?: string
): Effect.Effect<Source, ImportSourceUnusable | ImportTooNew, Scope.Scope> =>
  Effect.gen(function* () {
    const root = yield* Effect.try({ try: () => realpathSync(path), catch: troubleWith(path) })
    const names = yield* Effect.try({ try: () => readdirSync(root), catch: troubleWith(path) })
    if (names.length === 0) return yield* unusable(path, "empty")
    for (const place of [root, join(root, "data")]) {
      const database = originalDatabase(place)
      if (database !== undefined) return yield* originalSite(realpathSync(place), database)
    }
    if (isOurData(root)) return yield* unusable(path, "own_data")
    const manifest = yield* manifestOf(path, root)
    if (Option.isNone(manifest)) {
      const site = yield* Effect.try({ try: () => findSite(root, top), catch: troubleWith(path) })
      const found = yield* inTurns(siteFiles(root, site, options), troubleWith(path))
      return {
        kind: "markdown",
        root,
        total: found.entries.length,
        ...found,
        media: [],
        ...nothingBeside
      } satisfies Source
    }
    const { media, posts } = manifest.value
    const none = { entries: [], refused: [] }
    const { entries, refused } =
      posts === 0 && !names.includes("posts")
        ? none
        : yield* Effect.try({ try: () => exportedPosts(root), catch: troubleWith(path) })
    const lost = posts - entries.length - refused.length
    const loss = {
      file: "posts",
      failure: new ImportFileUnreadable({ reason: "missing", detail: `${lost} of ${posts} posts are missing` })
    }
    return {
      kind: "export",
      site: { ...plainSite, siteRoot: root },
      root,
      total: entries.length,
      entries,
      refused: lost > 0 ? [...refused, loss] : refused,
      skipped: [],
      media,
      ...nothingBeside
    } satisfies Source
  })
