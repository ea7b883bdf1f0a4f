import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { Backup, type OnProgress } from "../../../src/services/Backup.js"
import { Restore } from "../../../src/services/Restore.js"
import { type over, siteWith } from "../backup/Site.js"

const tagOf = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), ({ _tag }) => _tag)

const io = <A>(work: () => Promise<A>) => Effect.promise(work)

/**
 * Contract of Backup and Restore. Foreign archives and killed processes are tested in `test/layers/backup` and
 * `test/program`.
 */
export const conforms = (name: string, services: ReturnType<typeof over>) => {
  const settled = Effect.gen(function* () {
    const here = yield* siteWith(services)
    yield* here.post("one")
    yield* here.media("1f/1f2e.jpg", "a picture")
    return { ...here, archive: join(here.directory, "b.tar") }
  })

  describe(`Backup and Restore: ${name}`, () => {
    it.scopedLive("a restore brings back exactly what was there when the backup was made", () =>
      Effect.gen(function* () {
        const { allMedia, archive, media, post, services, slugs } = yield* settled
        const report = yield* Effect.provide(
          Effect.flatMap(Backup, ({ create }) => create(archive)),
          services
        )
        expect(report).toMatchObject({ path: archive, skipped: [], manifest: { posts: 1, media: 1 } })
        yield* post("two")
        yield* media("1f/1f2e.jpg", "another picture")
        yield* media("2e/2e3d.jpg", "a later picture")
        const restored = yield* Effect.provide(
          Effect.flatMap(Restore, ({ restore }) => restore(archive)),
          services
        )
        expect(restored.manifest).toEqual(report.manifest)
        expect(yield* slugs).toEqual(["one"])
        expect(yield* allMedia).toEqual({ "1f/1f2e.jpg": "a picture" })
      })
    )

    it.scopedLive("a restore keeps the replaced data completely", () =>
      Effect.gen(function* () {
        const { archive, media, post, services } = yield* settled
        yield* Effect.provide(
          Effect.flatMap(Backup, ({ create }) => create(archive)),
          services
        )
        yield* post("two")
        yield* media("2e/2e3d.jpg", "a later picture")
        const { databaseBefore = "", mediaBefore = "" } = yield* Effect.provide(
          Effect.flatMap(Restore, ({ restore }) => restore(archive)),
          services
        )
        const database = new Database(databaseBefore, { readonly: true })
        expect(database.prepare("SELECT slug FROM posts ORDER BY slug").pluck().all()).toEqual(["one", "two"])
        database.close()
        expect(yield* io(() => readFile(join(mediaBefore, "2e/2e3d.jpg"), "utf8"))).toBe("a later picture")
      })
    )

    it.scopedLive("verify returns the report of the creation, and changes nothing", () =>
      Effect.gen(function* () {
        const { archive, directory, services } = yield* settled
        const both = Effect.gen(function* () {
          const { create, verify } = yield* Backup
          return { made: yield* create(archive), verified: yield* verify(archive) }
        })
        const { made, verified } = yield* Effect.provide(both, services)
        expect(verified).toEqual(made)
        expect((yield* io(() => readdir(directory))).toSorted()).toEqual(["b.tar", "data"])
      })
    )

    it.scopedLive("a file with the name is replaced only on request", () =>
      Effect.gen(function* () {
        const { archive, services } = yield* settled
        const twice = Effect.gen(function* () {
          const { create } = yield* Backup
          yield* create(archive)
          expect(yield* tagOf(create(archive))).toBe("BackupTargetExists")
          yield* create(archive, { replace: true })
        })
        yield* Effect.provide(twice, services)
      })
    )

    it.scopedLive("a restore is refused while a program has the database open, and changes nothing", () =>
      Effect.gen(function* () {
        const { archive, databasePath, post, services, slugs } = yield* settled
        yield* Effect.provide(
          Effect.flatMap(Backup, ({ create }) => create(archive)),
          services
        )
        yield* post("two")
        const open = new Database(databasePath)
        open.pragma("journal_mode = WAL")
        open.prepare("SELECT count(*) FROM posts").get()
        const refused = yield* tagOf(
          Effect.provide(
            Effect.flatMap(Restore, ({ restore }) => restore(archive, { force: true })),
            services
          )
        )
        open.close()
        expect(refused).toBe("RestoreRefused")
        expect(yield* slugs).toEqual(["one", "two"])
      })
    )

    it.scopedLive("progress names its steps in order, and never exceeds its total", () =>
      Effect.gen(function* () {
        const { archive, services } = yield* settled
        const steps: Array<string> = []
        const onProgress: OnProgress = ({ done, step, total }) => {
          if (steps.at(-1) !== step) steps.push(step)
          if (total > 0 && step !== "Copying the database") expect(done).toBeLessThanOrEqual(total)
        }
        yield* Effect.provide(
          Effect.flatMap(Backup, ({ create }) => create(archive, { onProgress })),
          services
        )
        yield* Effect.provide(
          Effect.flatMap(Restore, ({ restore }) => restore(archive, { onProgress })),
          services
        )
        expect(steps.filter((step) => step !== "Copying the database")).toEqual([
          "Checking the copy",
          "Writing the archive",
          "Verifying the archive",
          "Extracting the backup",
          "Checking its database",
          "Moving files into place"
        ])
      })
    )
  })
}
