import { createWriteStream } from "node:fs"
import { mkdir, readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { finished } from "node:stream/promises"
import { Cause, Clock, Duration, Effect, Exit, Fiber, Layer, Option, Scope, Stream } from "effect"
import { ImportBusy, ImportWorkspaceFailed } from "../../src/errors/ImportFile.js"
import { BodyTooLarge } from "../../src/errors/Request.js"
import type { OnProgress } from "../../src/services/Backup.js"
import { annotateJob } from "../../src/services/Correlation.js"
import { Import, type PreparedImport } from "../../src/services/Import.js"
import { type ImportChoices, ImportDesk, type ImportState, type ImportTrouble } from "../../src/services/ImportDesk.js"
import { Logger } from "../../src/services/Logger.js"
import { SecureRandom } from "../../src/services/SecureRandom.js"
import { Settings } from "../../src/settings/Config.js"
import { troubleOf } from "../files/FileTrouble.js"
import * as Workspace from "../files/Workspace.js"
import { ensureRoom } from "./Room.js"

const mebibyte = 1_048_576

/** Unpacked content may be larger than its file by this factor. */
const unpackedFactor = 4

/** Time after which a file that nobody decided about is removed. */
const longestWait = Duration.hours(24)

/** The name beside which workspaces of imports lie, and what their names begin with. */
const beside = "import"
const beginning = `.${beside}.starpunk-partial-`

/** The name of an empty workspace that says that the server stopped during an import. */
const cutOffMark = `${beginning}stopped`

const idle: ImportState = { step: "none", isCutOff: false }

/** A file at hand. */
interface Job {
  readonly name: string
  /** Empty until it is made. */
  workspace: string
  readonly scope: Scope.CloseableScope
  prepared?: PreparedImport
  fiber?: Fiber.RuntimeFiber<void>
}

const failureOf = (error: unknown) => new ImportWorkspaceFailed(troubleOf(error))

/** Removes workspaces that a killed server left, and returns whether there were any. */
const cleared = (dataPath: string): Effect.Effect<boolean> =>
  Effect.tryPromise(async () => {
    const left = (await readdir(dataPath)).filter((name) => name.startsWith(beginning))
    for (const name of left) await rm(join(dataPath, name), { recursive: true, force: true })
    return left.length > 0
  }).pipe(Effect.orElseSucceed(() => false))

/** Writes a stream to a new file, waiting for the disk, and counts its bytes. */
const written = <E, R>(
  path: string,
  content: Stream.Stream<Uint8Array, E, R>,
  maxBytes: number,
  onBytes: (bytes: number) => void
): Effect.Effect<void, E | BodyTooLarge | ImportWorkspaceFailed, R> =>
  Effect.scoped(
    Effect.gen(function* () {
      const file = yield* Effect.acquireRelease(
        Effect.sync(() => createWriteStream(path, { flags: "wx", mode: 0o600 }).on("error", () => {})),
        (stream) => Effect.sync(() => stream.destroy())
      )
      let bytes = 0
      yield* Stream.runForEach(content, (chunk): Effect.Effect<void, BodyTooLarge | ImportWorkspaceFailed> => {
        bytes += chunk.length
        if (bytes > maxBytes) return new BodyTooLarge({ limitBytes: maxBytes })
        onBytes(bytes)
        return Effect.async<void, ImportWorkspaceFailed>((resume) => {
          file.write(chunk, (error) =>
            resume(error === null || error === undefined ? Effect.void : Effect.fail(failureOf(error)))
          )
        })
      })
      yield* Effect.tryPromise({
        try: () => {
          file.end()
          return finished(file)
        },
        catch: failureOf
      })
    })
  )

const make = Effect.gen(function* () {
  const { dataPath, imports } = yield* Settings
  const importer = yield* Import
  const log = (yield* Logger).named("starpunk.import")
  const scope = yield* Effect.scope
  const random = yield* SecureRandom
  const maxBytes = imports.maxSizeMb * mebibyte
  let job: Job | undefined
  let state: ImportState = { ...idle, isCutOff: yield* cleared(dataPath) }

  const show =
    (step: "receiving" | "reading" | "importing", name: string): OnProgress =>
    (progress) => {
      state = { step, name, progress }
    }

  /** Removes the file and all that was made of it, and shows how it ended. */
  const ended = (each: Job, how: ImportState) =>
    Effect.uninterruptible(
      Effect.zipRight(
        Scope.close(each.scope, Exit.void),
        Effect.sync(() => {
          if (job !== each) return
          job = undefined
          state = how
        })
      )
    )

  const failed = (each: Job, failure: ImportTrouble, hasBegun: boolean) =>
    Effect.gen(function* () {
      // A file that is refused is the owner's affair, and is on the page.
      yield* failure.info.fault === "user"
        ? log.info("The uploaded file cannot be imported", { error: failure })
        : log.error("The import of an uploaded file failed", { error: failure })
      yield* ended(each, { step: "failed", name: each.name, failure, hasBegun })
    })

  /** Runs a part of the work in the background. */
  const run = (each: Job, hasBegun: boolean, work: Effect.Effect<void, ImportTrouble>) =>
    Effect.interruptible(work).pipe(
      Effect.catchAll((failure) => failed(each, failure, hasBegun)),
      Effect.catchAllCause((cause) =>
        Cause.isInterruptedOnly(cause)
          ? Effect.void
          : Effect.zipRight(
              log.error("An import ended by a fault of the program", { error: Cause.squash(cause) }),
              failed(each, new ImportWorkspaceFailed({ reason: "io", detail: "fault" }), hasBegun)
            )
      ),
      annotateJob("import"),
      Effect.provideService(SecureRandom, random),
      Effect.forkIn(scope),
      Effect.flatMap((fiber) =>
        Effect.sync(() => {
          each.fiber = fiber
        })
      )
    )

  /** Forgets a file that nobody decides about. */
  const forgotten = (each: Job) =>
    Effect.sleep(longestWait).pipe(
      Effect.zipRight(
        Effect.suspend(() => {
          return job === each && state.step === "ready" ? ended(each, idle) : Effect.void
        })
      ),
      Effect.forkIn(scope)
    )

  const surveyed = (each: Job, choices: ImportChoices) =>
    Effect.gen(function* () {
      const onProgress = show("reading", each.name)
      each.prepared ??= yield* importer.prepare({
        file: join(each.workspace, "upload"),
        name: each.name,
        workspace: each.workspace,
        maxBytes: unpackedFactor * maxBytes,
        onProgress
      })
      const report = yield* importer.from(each.prepared, { ...choices, dryRun: true, onProgress })
      state = { step: "ready", name: each.name, report, choices }
      yield* forgotten(each)
    })

  const imported = (each: Job, prepared: PreparedImport, choices: ImportChoices) =>
    Effect.gen(function* () {
      const begun = yield* Clock.currentTimeMillis
      const onProgress = show("importing", each.name)
      const report = yield* importer.from(prepared, { ...choices, onProgress })
      const { broken, media, posts } = report
      const seconds = ((yield* Clock.currentTimeMillis) - begun) / 1000
      yield* log.info("A file was imported", { posts: posts.stored, media: media.stored, broken, seconds })
      yield* ended(each, { step: "done", name: each.name, report })
    })

  const opened = (name: string, length: number) =>
    Effect.gen(function* () {
      if (job !== undefined) return yield* new ImportBusy()
      const own = yield* Scope.make()
      const each: Job = { name, workspace: "", scope: own }
      // Before anything is awaited, so that of two uploads one is refused.
      job = each
      state = { step: "receiving", name, progress: { step: "Receiving", done: 0, total: length } }
      // Interruptible, like the fiber that keeps the workspace fresh and ends with it.
      each.workspace = yield* Effect.interruptible(Workspace.beside(join(dataPath, beside))).pipe(
        Effect.mapError(failureOf),
        Effect.tap((directory) => ensureRoom(directory, length)),
        Scope.extend(own),
        Effect.onExit((exit) => (Exit.isFailure(exit) ? ended(each, idle) : Effect.void))
      )
      return each
    })

  yield* Effect.addFinalizer(() =>
    Effect.suspend(() => {
      const open = job
      if (open === undefined) return Effect.void
      const mark =
        state.step === "importing"
          ? Effect.ignore(Effect.tryPromise(() => mkdir(join(dataPath, cutOffMark), { recursive: true })))
          : Effect.void
      return Effect.zipRight(ended(open, idle), mark)
    })
  )

  return ImportDesk.of({
    state: Effect.sync(() => state),
    maxBytes,
    receive: (name, content, length = 0) =>
      // From the moment in which the place is taken it is given back, whatever happens.
      Effect.uninterruptibleMask((restore) =>
        Effect.gen(function* () {
          const each = yield* opened(name, length)
          const arriving = written(join(each.workspace, "upload"), content, maxBytes, (done) =>
            show("receiving", name)({ step: "Receiving", done, total: Math.max(length, done) })
          )
          yield* restore(arriving).pipe(
            Effect.onExit((exit) => (Exit.isFailure(exit) ? ended(each, idle) : Effect.void))
          )
          show("reading", name)({ step: "Unpacking", done: 0, total: 0 })
          yield* run(each, false, surveyed(each, {}))
        })
      ),
    look: (choices) =>
      Effect.suspend(() => {
        const each = job
        if (each === undefined || state.step !== "ready") return Effect.void
        show("reading", each.name)({ step: "Reading posts", done: 0, total: 0 })
        return run(each, false, surveyed(each, choices))
      }),
    begin: (choices) =>
      Effect.suspend(() => {
        const each = job
        if (each?.prepared === undefined || state.step !== "ready") return Effect.void
        show("importing", each.name)({ step: "Importing posts", done: 0, total: 0 })
        return run(each, true, imported(each, each.prepared, choices))
      }),
    discard: Effect.suspend(() => {
      const each = job
      const wasImporting = state.step === "importing"
      if (each === undefined || state.step === "receiving") {
        if (each === undefined) state = idle
        return Effect.void
      }
      return Effect.gen(function* () {
        yield* Option.match(Option.fromNullable(each.fiber), { onNone: () => Effect.void, onSome: Fiber.interrupt })
        // It may have ended meanwhile.
        yield* ended(each, wasImporting ? { step: "stopped", name: each.name } : idle)
      })
    })
  })
})

/** Imports of uploaded files, in the data directory that the settings name. */
export const layer: Layer.Layer<ImportDesk, never, Settings | Import | Logger | SecureRandom> = Layer.scoped(
  ImportDesk,
  make
)
