import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "@effect/vitest"
import { Deferred, Duration, Effect, Layer, Option, TestClock } from "effect"
import * as BackupLayer from "../../layers/backup/Backup.js"
import { BackupNotWritten } from "../../src/errors/Backup.js"
import { Backup } from "../../src/services/Backup.js"
import { BackupDirectory, type KeptDirectory } from "../../src/services/BackupDirectory.js"
import * as Data from "../../src/web/data/Routes.js"
import { serve } from "../../src/web/http/Pipeline.js"
import { eventually } from "../fixtures/Eventually.js"
import { claimed, ownerRoutes, serverWith, visitor } from "../fixtures/OwnerServer.js"
import { isOverPostgres } from "../fixtures/SiteEngine.js"
import { askBytes, settings as serverSettings } from "../fixtures/TestServer.js"
import { unread } from "../fixtures/UnreadBackups.js"

const folder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "starpunk-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true }))
)

const routes = Layer.merge(ownerRoutes, Data.routes)

const keeping = (directory: Option.Option<string>) =>
  serverWith(serve(routes), { backup: { directory, interval: Duration.days(1), keep: 3 } })

const loggedIn = Effect.gen(function* () {
  yield* claimed
  const browser = visitor()
  yield* browser.login()
  return browser
})

const page = "/admin/data"
const backups = "/admin/data/backups"
const address = /\/admin\/data\/backups\/starpunk-[\dTZ]+\.tar/

// A server copies a file; that of PostgreSQL is copied by `pg_dump`.
it.scoped.skipIf(isOverPostgres)("makes a backup in the background, lists it, and lets it be downloaded", () =>
  Effect.gen(function* () {
    const directory = yield* folder
    // Not the owner's business, and not an archive.
    yield* Effect.promise(() => writeFile(join(directory, "other.tar"), "x"))
    yield* Effect.gen(function* () {
      const browser = yield* loggedIn
      expect((yield* browser.get(page)).body).toContain("There is no backup yet.")
      expect((yield* browser.post(backups, {})).headers.get("location")).toBe(`${page}#backups`)
      const { body } = yield* eventually(browser.get(page), (answer) => address.test(answer.body))
      expect(body).not.toContain(directory)
      const done = yield* eventually(browser.get(page), (answer) => answer.body.includes("complete and checked"))
      expect(done.headers.get("refresh")).toBeNull()

      const [path = ""] = address.exec(body) ?? []
      const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join("; ")
      const { bytes, headers, status } = yield* askBytes(path, { headers: { cookie } })
      expect(status).toBe(200)
      expect(headers.get("content-length")).toBe(String(bytes.length))
      expect(headers.get("content-disposition")).toBe(`attachment; filename="${path.split("/").at(-1)}"`)
      const copy = join(directory, "downloaded.tar")
      yield* Effect.promise(() => writeFile(copy, bytes))
      const { manifest } = yield* Effect.flatMap(Backup, ({ verify }) => verify(copy)).pipe(
        Effect.provide(BackupLayer.layer)
      )
      expect(manifest.posts).toBe(0)

      for (const name of ["other.tar", "starpunk-20200101T000000Z.tar"]) {
        expect((yield* browser.get(`${backups}/${name}`)).status).toBe(404)
      }
      yield* TestClock.adjust("11 minutes")
      expect((yield* browser.get(page)).body).not.toMatch(address)
      for (const answer of [yield* browser.get(path), yield* browser.post(backups, {})]) {
        expect(answer.status).not.toBe(200)
        expect(answer.headers.get("location") ?? "/auth/confirm").toContain("/auth/confirm")
      }
    }).pipe(Effect.scoped, Effect.provide(keeping(Option.some(directory))))
  })
)

it.scoped("says that backups are off, and how they are turned on", () =>
  Effect.gen(function* () {
    const browser = yield* loggedIn
    const { body } = yield* browser.get(page)
    expect(body).toContain("STARPUNK_BACKUP_DIRECTORY")
    expect(body).not.toContain(`action="${backups}"`)
    expect((yield* browser.post(backups, {})).status).toBe(409)
  }).pipe(Effect.provide(keeping(Option.none())))
)

it.scoped("shows the progress of one that is running, and the failure of one that ended", () =>
  Effect.gen(function* () {
    const failing = yield* Deferred.make<never, BackupNotWritten>()
    let running = false
    const kept: KeptDirectory = {
      ...unread,
      latest: Effect.succeedNone,
      add: Effect.dieMessage("the page makes none that waits"),
      addUnlessBusy: Effect.zipRight(
        Effect.sync(() => {
          running = true
        }),
        Deferred.await(failing)
      ).pipe(
        Effect.ensuring(
          Effect.sync(() => {
            running = false
          })
        )
      ),
      underway: Effect.sync(() =>
        running ? Option.some({ step: "Writing the archive", done: 1, total: 4 }) : Option.none()
      )
    }
    yield* Effect.gen(function* () {
      const browser = yield* loggedIn
      yield* browser.post(backups, {})
      const { body, headers } = yield* eventually(browser.get(page), () => running)
      expect(body).toContain("Adding pictures and files: 25%.")
      expect(body).not.toContain(`action="${backups}"`)
      expect(headers.get("refresh")).toBe("3")
      yield* Deferred.fail(failing, new BackupNotWritten({ path: "/secret", reason: "full", detail: "ENOSPC" }))
      const after = yield* eventually(browser.get(page), (answer) => answer.body.includes("The last attempt failed"))
      expect(after.body).not.toContain("/secret")
      expect(after.body).toContain(`action="${backups}"`)
    }).pipe(
      Effect.scoped,
      Effect.provide(serverWith(serve(routes).pipe(Layer.provide(Layer.succeed(BackupDirectory, Option.some(kept))))))
    )
  })
)

it.scoped("says that files in an object store are not in the backups", () =>
  Effect.gen(function* () {
    const directory = yield* folder
    const words = "They are not in these backups"
    const shown = Effect.flatMap(loggedIn, (browser) => Effect.map(browser.get(page), ({ body }) => body))
    expect(yield* Effect.provide(shown, keeping(Option.some(directory)))).not.toContain(words)
    const bucket = serverWith(serve(routes), {
      backup: { directory: Option.some(directory), interval: Duration.days(1), keep: 3 },
      objectStore: { ...serverSettings.objectStore, address: Option.some({ bucket: "blog", prefix: "" }) }
    })
    expect(yield* Effect.provide(shown, bucket)).toContain(words)
  })
)
