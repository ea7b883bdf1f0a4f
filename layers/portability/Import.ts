import { join, relative, resolve } from "node:path"
import { Clock, Effect, Either, Fiber, Layer, Schedule } from "effect"
import type { Arrival, MovedPost } from "../../src/domain/archive/MovedPost.js"
import type { ReadPost } from "../../src/domain/archive/PostFileReading.js"
import { oldAddressPaths } from "../../src/domain/posts/OldAddress.js"
import { timeZone } from "../../src/domain/TimeZone.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import { ImportSourceUnusable } from "../../src/errors/Import.js"
import { ImportSlugTaken } from "../../src/errors/ImportEntry.js"
import type { OnProgress } from "../../src/services/Backup.js"
import { Import, type ImportOptions, type ImportReport, type PreparedImport } from "../../src/services/Import.js"
import { MediaStore } from "../../src/services/MediaStore.js"
import { OldAddresses } from "../../src/services/OldAddresses.js"
import type { OwnerPhoto } from "../../src/services/OwnerPhoto.js"
import { PostTransfer } from "../../src/services/PostTransfer.js"
import { SafeHttp } from "../../src/services/SafeHttp.js"
import { SiteSettings } from "../../src/services/SiteSettings.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { chosenSite } from "../../src/settings/ChosenSite.js"
import { Settings } from "../../src/settings/Config.js"
import { SearchUpkeep } from "../sql/search/SearchUpkeep.js"
import type { Entry } from "./Entry.js"
import { isOfFile, looksWhole, oldAddressesOf, takeBack } from "./ExportedMedia.js"
import { settingsImport } from "./ExportedSettings.js"
import { viewsImport } from "./ExportedViews.js"
import { openGiven, workspaceBeside } from "./GivenSource.js"
import { type ImportedPost, importedPosts } from "./ImportedPosts.js"
import { prepareFile } from "./ImportFile.js"
import * as ImportSources from "./ImportSources.js"
import { localMedia } from "./LocalMedia.js"
import { MediaFinder } from "./MediaFinder.js"
import { remoteMedia } from "./RemoteMedia.js"
import { stretches } from "./Stretches.js"
import { oldSiteOf, type SurveyedPost, survey } from "./Survey.js"
import { Tally } from "./Tally.js"

/** Posts per transaction: some 20 ms on the writer, between which other writes run. */
const batchPosts = 250

/** Approximate characters of text per transaction, because posts may be long. */
const batchCharacters = 2_000_000

/** Files read before other fibers run. */
const readAtOnce = 25

/** Retries while another process writes. */
const patience = Schedule.spaced("100 millis").pipe(Schedule.jittered, Schedule.upTo("1 minute"))

const silent: OnProgress = () => {}

interface Read extends ReadPost, Partial<Omit<ImportedPost, "post">> {
  readonly file: string
}

/**
 * Adds a post's addresses on the former site, each with and without the base path, because requests may have either.
 */
const withOldAddresses = ({ oldAddresses, post }: ReadPost, basePath: string): MovedPost => {
  const below = basePath === "" ? [] : oldAddresses.map((address) => `${basePath}${address}`)
  const paths = oldAddressPaths([...(post.oldAddresses ?? []), ...oldAddresses, ...below])
  return paths.length === 0 ? post : { ...post, oldAddresses: paths }
}

/** Finds the files that posts of a directory show. */
const finderOf = ({ root, site }: ImportSources.Source, named: ReadonlyArray<string>): MediaFinder =>
  new MediaFinder({
    root,
    siteRoot: site.siteRoot,
    assetFolders: site.assetFolders,
    contentFolders: site.contentFolders,
    named,
    byName: site.generator === "obsidian" || site.generator === "quartz"
  })

/** The generator, and the file by which it was recognized, relative to the directory. */
const recognised = ({ root, site }: ImportSources.Source): Pick<ImportReport, "generator" | "configuredBy"> => ({
  generator: site.generator,
  ...(site.configuredBy === undefined ? {} : { configuredBy: join(relative(root, site.siteRoot), site.configuredBy) })
})

/** Reads a post of the survey again, and gives it the slug of the survey. */
const readAgain = ({ entry, oldAddresses, read, renamedFrom, slug }: SurveyedPost) =>
  Either.map(read === undefined ? entry.read() : Either.right(read), (found): ReadPost | undefined => {
    if (!("post" in found)) return undefined
    const { renamedFrom: _, ...kept } = found
    return {
      ...kept,
      post: { ...kept.post, slug },
      oldAddresses,
      ...(renamedFrom === undefined ? {} : { renamedFrom })
    }
  })

const holders = { taken: "another", deleted: "deleted", former: "former" } as const satisfies Partial<
  Record<Arrival, ImportSlugTaken["by"]>
>

const charactersOf = ({ post }: Read): number =>
  Object.values(post.properties).reduce(
    (sum, values) => sum + values.reduce<number>((inner, value) => inner + lengthOf(value), 0),
    0
  )

const lengthOf = (value: unknown): number =>
  typeof value === "string" ? value.length : (JSON.stringify(value)?.length ?? 0)

/** Imports into the database that the settings name, beside other processes. */
export const layer: Layer.Layer<
  Import,
  never,
  Settings | PostTransfer | MediaStore | OldAddresses | SearchUpkeep | SiteSettings | OwnerPhoto | SafeHttp | SqlPool
> = Layer.effect(
  Import,
  Effect.gen(function* () {
    const settings = yield* Settings
    const pool = yield* SqlPool
    const transfer = yield* PostTransfer
    const store = yield* MediaStore
    const addresses = yield* OldAddresses
    const { start } = yield* SearchUpkeep
    const siteSettings = yield* SiteSettings
    const importSettings = yield* settingsImport
    const http = yield* SafeHttp
    const workspace = workspaceBeside(settings.databasePath)

    const bringMedia = (source: ImportSources.Source, tally: Tally, dryRun: boolean, onProgress: OnProgress) =>
      Effect.gen(function* () {
        const counts = { stored: 0, present: 0 }
        for (const [done, exported] of source.media.entries()) {
          onProgress({ step: "Importing media", done, total: source.media.length })
          const lost = dryRun ? looksWhole(source.root, exported) : undefined
          if (lost !== undefined) tally.broken(exported.files[0]?.file ?? "", lost)
          else if (dryRun) counts.stored += 1
          else {
            yield* takeBack(store, source.root, exported).pipe(
              Effect.matchEffect({
                onSuccess: (isNew) => {
                  counts[isNew ? "stored" : "present"] += 1
                  return addresses.keepMedia(oldAddressesOf(exported))
                },
                onFailure: (failure) =>
                  isOfFile(failure)
                    ? Effect.sync(() => tally.broken(exported.files[0]?.file ?? "", failure))
                    : Effect.fail(failure)
              })
            )
          }
        }
        return counts
      })

    const arrive = (posts: ReadonlyArray<Read>, dryRun: boolean, after: Effect.Effect<unknown, DatabaseFailure>) =>
      Effect.retry(transfer.arrive(posts, { dryRun, after }), {
        schedule: patience,
        while: ({ _tag }: DatabaseFailure) => _tag === "DatabaseLocked" || _tag === "PoolExhausted"
      })

    const from = Effect.fn("Import.from")(function* (given: string | PreparedImport, options: ImportOptions = {}) {
      const { dryRun = false, fetchMedia = false, onProgress = silent, withoutMissingMedia = false } = options
      const path = typeof given === "string" ? resolve(given) : given.name
      const now = yield* Clock.currentTimeMillis
      const zone = timeZone(chosenSite(settings, (yield* siteSettings.current).values).timeZone.text)
      const source = yield* openGiven(given, { ...options, zone, now, onProgress, workspace })
      const tally = new Tally()
      for (const { file, why } of source.passed) tally.passedOver(file, why)
      for (const { failure, file } of source.refused) tally.broken(file, failure)
      for (const folder of source.skipped) tally.passedOver(folder, "is output of the generator and was not read")
      // Starts indexing, so that search finds imported posts at once.
      if (!dryRun) yield* start
      const exported = yield* bringMedia(source, tally, dryRun, onProgress)
      const named = yield* Effect.forEach(
        [...(options.mediaFolders ?? []), ...source.mediaFolders],
        ImportSources.folder
      )
      const remote = remoteMedia({
        http,
        maxBytes: store.maxBytes,
        workspace: fetchMedia && !dryRun ? yield* workspace : undefined
      })
      const local = localMedia({ store, addresses, finder: finderOf(source, named), remote, dryRun })
      // Links and slugs depend on all posts, so all are surveyed before the first is stored.
      const surveyed = source.kind === "markdown" ? yield* survey(source.entries, tally) : undefined
      const texts = importedPosts({
        old: surveyed === undefined ? undefined : yield* oldSiteOf(source.site, surveyed, settings.siteUrl),
        media: local,
        addresses,
        leaveOut: withoutMissingMedia
      })
      const slugs = new Set<string>()

      /** Reads a post of an export. */
      const readExact = (entry: Entry): ReadPost | undefined => {
        const found = entry.read()
        if (Either.isLeft(found)) tally.broken(entry.file, found.left)
        else if ("passedOver" in found.right) tally.passedOver(entry.file, found.right.passedOver)
        else if ("post" in found.right) return found.right
        return undefined
      }

      const readSurveyed = (known: SurveyedPost): ReadPost | undefined => {
        const found = readAgain(known)
        if (Either.isLeft(found)) tally.broken(known.entry.file, found.left)
        return Either.getOrUndefined(found)
      }

      /** Reads the posts of some files, with the files that they show. */
      const read = (entries: ReadonlyArray<Entry | SurveyedPost>) =>
        Effect.gen(function* () {
          const posts: Array<Read> = []
          for (const known of entries) {
            const entry = "entry" in known ? known.entry : known
            const found = "entry" in known ? readSurveyed(known) : readExact(known)
            if (found === undefined) continue
            if (source.kind === "export") posts.push({ ...found, file: entry.file })
            else {
              const moved = withOldAddresses(found, source.site.basePath)
              const page = "entry" in known ? known : { path: found.path, slug: moved.slug, oldAddresses: [] }
              const { post, troubles, ...rest } = yield* texts.along(entry.file, moved, page)
              if (troubles.length > 0 && !withoutMissingMedia) {
                for (const trouble of troubles) tally.broken(entry.file, trouble)
              } else posts.push({ ...found, ...rest, troubles, post, file: entry.file })
            }
          }
          yield* Effect.yieldNow()
          return posts
        })

      const tell = (posts: ReadonlyArray<Read>, arrivals: ReadonlyArray<Arrival>) => {
        for (const [place, read] of posts.entries()) {
          const { file, notes = [], notPublicBecause, post, publishedIsGuess, renamedFrom } = read
          const arrival = arrivals[place] ?? "stored"
          if (arrival === "present") tally.alreadyThere(post)
          else if (arrival !== "stored" || slugs.has(post.slug)) {
            const by = slugs.has(post.slug) || arrival === "stored" ? "same_import" : holders[arrival]
            tally.broken(file, new ImportSlugTaken({ slug: post.slug, by }))
          } else {
            tally.stored(file, post, now, notPublicBecause)
            slugs.add(post.slug)
            if (renamedFrom !== undefined) tally.renamed(file, renamedFrom, post.slug)
            tally.text(file, read)
            tally.links(file, post, read.links)
            if (publishedIsGuess) tally.note(file, "date_guessed", "has no date; the time of its file was used")
            for (const { reason, why } of notes) tally.note(file, reason, why)
          }
        }
      }

      let waiting: Array<Read> = []
      let characters = 0
      let done = 0
      let before: Fiber.RuntimeFiber<void, DatabaseFailure> = yield* Effect.fork(Effect.void)
      let underway = before
      /** Writes a batch while the next one is rendered and the one after that is read. */
      const send = Effect.gen(function* () {
        yield* Fiber.join(before)
        const [batch, previous] = [waiting, underway]
        waiting = []
        characters = 0
        onProgress({ step: dryRun ? "Reading posts" : "Importing posts", done, total: source.total })
        before = previous
        underway = yield* Effect.fork(
          Effect.gen(function* () {
            const arrivals = batch.length === 0 ? [] : yield* arrive(batch, dryRun, Fiber.join(previous))
            yield* Fiber.join(previous)
            tell(batch, arrivals)
          })
        )
      })
      for (const stretch of stretches<Entry | SurveyedPost>(surveyed ?? source.entries, readAtOnce)) {
        for (const post of yield* read(stretch)) {
          waiting.push(post)
          characters += charactersOf(post)
          if (characters > batchCharacters) yield* send
        }
        done += stretch.length
        if (waiting.length >= batchPosts) yield* send
      }
      yield* send
      yield* Fiber.join(underway)
      if (source.kind === "export") {
        yield* importSettings(source.root, tally, dryRun)
        yield* viewsImport(pool, source.root, tally, dryRun)
      }

      if (source.kind === "markdown" && !tally.sawPosts) {
        return yield* new ImportSourceUnusable({ path, reason: "no_posts", detail: tally.others })
      }
      return {
        path,
        source: source.kind,
        ...(source.kind === "markdown" ? recognised(source) : {}),
        dryRun,
        ...tally.report(),
        media: source.kind === "export" ? exported : local.counts,
        remote: remote.report
      } satisfies ImportReport
    }, Effect.scoped)

    return { from, prepare: prepareFile }
  })
)
