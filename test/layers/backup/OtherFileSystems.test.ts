import { lstat, mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect, type Scope } from "effect"
import { Backup } from "../../../src/services/Backup.js"
import { Restore } from "../../../src/services/Restore.js"
import * as Ground from "./Ground.js"
import { site } from "./Site.js"

type Site = Effect.Effect.Success<typeof site>

const io = <A>(work: () => Promise<A>) => Effect.promise(work)

const create = (path: string, options = {}) => Effect.flatMap(Backup, (backup) => backup.create(path, options))
const restore = (path: string) => Effect.flatMap(Restore, ({ restore }) => restore(path))

/** Moves something elsewhere, and leaves a link to it. */
const linkAway = (path: string, directory: string) =>
  io(async () => {
    const target = join(directory, "moved")
    await rm(target, { recursive: true, force: true })
    const { isFile, content } = await lstat(path).then(
      async (found) => ({ isFile: found.isFile(), content: found.isFile() ? await readFile(path) : undefined }),
      () => ({ isFile: false, content: undefined })
    )
    if (isFile && content !== undefined) await writeFile(target, content)
    else await mkdir(target)
    await rm(path, { recursive: true, force: true })
    await symlink(target, path)
  })

/** Layouts of an empty site. */
const grounds: ReadonlyArray<
  readonly [
    name: string,
    need: Ground.Need | undefined,
    lay: (site: Site) => Effect.Effect<unknown, never, Scope.Scope>
  ]
> = [
  [
    "media/ is a link to another file system",
    "second",
    ({ dataPath }) => Effect.flatMap(Ground.elsewhere, (directory) => linkAway(join(dataPath, "media"), directory))
  ],
  [
    "the database is a link to another file system",
    "second",
    ({ databasePath }) => Effect.flatMap(Ground.elsewhere, (directory) => linkAway(databasePath, directory))
  ],
  [
    "the data directory is a link to another file system",
    "second",
    ({ dataPath, databasePath }) =>
      Effect.gen(function* () {
        const directory = yield* Ground.elsewhere
        const database = yield* io(() => readFile(databasePath))
        yield* linkAway(dataPath, directory)
        yield* io(() => writeFile(databasePath, database))
      })
  ],
  [
    "a folder of media/ is a link to another file system",
    "second",
    ({ dataPath }) =>
      Effect.gen(function* () {
        yield* io(() => mkdir(join(dataPath, "media")))
        yield* linkAway(join(dataPath, "media", "cd"), yield* Ground.elsewhere)
      })
  ],
  ["media/ is a mount", "mount", ({ dataPath }) => Ground.mountMemory(join(dataPath, "media"))],
  [
    "media/ is another directory of the same file system, mounted there",
    "mount",
    ({ dataPath, directory }) =>
      Effect.gen(function* () {
        yield* io(() => mkdir(join(dataPath, "media")))
        yield* io(() => mkdir(join(directory, "volume")))
        yield* Ground.bind(join(directory, "volume"), join(dataPath, "media"))
      })
  ],
  ["a folder of media/ is a mount", "mount", ({ dataPath }) => Ground.mountMemory(join(dataPath, "media", "ab"))]
]

/** A site in some layout with a backup, and with changes since. */
const changed = (lay: (site: Site) => Effect.Effect<unknown, never, Scope.Scope>) =>
  Effect.gen(function* () {
    const here = yield* site
    yield* lay(here)
    yield* here.post("one")
    yield* here.media("ab/a.jpg", "a picture")
    yield* here.media("cd/c.jpg", "another one")
    const archive = join(here.directory, "backup.tar")
    yield* Effect.provide(create(archive), here.services)
    yield* here.post("two")
    yield* here.media("ab/a.jpg", "another picture")
    yield* here.media("ab/later.jpg", "a later one")
    return { ...here, archive }
  })

/** A test that names its requirements where they are missing. */
const test = (need: Ground.Need | undefined, name: string, run: () => Effect.Effect<unknown, unknown, Scope.Scope>) => {
  const lack = Ground.lack(need)
  if (lack === undefined) it.scopedLive(name, run)
  else it.skip(`${name} (${lack})`, () => {})
}

describe("O1: a restore across file systems", () => {
  for (const [name, need, lay] of grounds) {
    test(need, `brings everything back where ${name}`, () =>
      Effect.gen(function* () {
        const { allMedia, archive, dataPath, databasePath, services, slugs } = yield* changed(lay)
        const kinds = io(async () =>
          Promise.all(
            [dataPath, databasePath, join(dataPath, "media")].map(async (path) => (await lstat(path)).isSymbolicLink())
          )
        )
        const before = yield* kinds
        const report = yield* Effect.provide(restore(archive), services)
        expect(yield* slugs).toEqual(["one"])
        expect(yield* allMedia).toMatchObject({ "ab/a.jpg": "a picture" })
        expect(Object.keys(yield* allMedia)).not.toContain("ab/later.jpg")
        expect(yield* io(() => readFile(join(report.mediaBefore ?? "", "ab/later.jpg"), "utf8"))).toBe("a later one")
        expect(yield* kinds).toEqual(before)
        // Once more, over the result of the first one.
        yield* Effect.provide(restore(archive), services)
        expect(yield* slugs).toEqual(["one"])
      })
    )
  }

  test("second", "takes and makes archives on another file system, also through links", () =>
    Effect.gen(function* () {
      const { archive, directory, services, slugs } = yield* changed(() => Effect.void)
      const away = yield* Ground.elsewhere
      yield* io(() => symlink(join(away, "archive.tar"), join(directory, "link.tar")))
      const link = join(directory, "link.tar")
      yield* Effect.provide(create(link, { replace: true }), services)
      yield* Effect.provide(create(link, { replace: true }), services)
      expect((yield* io(() => lstat(link))).isSymbolicLink()).toBe(true)
      yield* Effect.provide(restore(archive), services)
      expect(yield* slugs).toEqual(["one"])
      yield* Effect.provide(restore(link), services)
      expect(yield* slugs).toEqual(["one", "two"])
    })
  )
})

/** Obstacles to a restore, and their reports. */
const obstacles: ReadonlyArray<
  readonly [
    name: string,
    need: Ground.Need | undefined,
    raise: (site: Site) => Effect.Effect<unknown, never, Scope.Scope>,
    told: object
  ]
> = [
  [
    "the database file is a mount of its own",
    "mount",
    ({ databasePath, directory }) =>
      Effect.gen(function* () {
        const file = join(directory, "outside.db")
        yield* io(async () => writeFile(file, await readFile(databasePath)))
        yield* Ground.bind(file, databasePath)
      }),
    { reason: "mount_point", state: "unchanged" }
  ],
  [
    "media/ leads to a place that is not mounted",
    undefined,
    ({ dataPath, directory }) =>
      io(async () => {
        await rename(join(dataPath, "media"), join(directory, "away"))
        await symlink(join(directory, "volume", "media"), join(dataPath, "media"))
      }),
    { reason: "missing", state: "unchanged" }
  ],
  [
    "a file lies where media/ should be",
    undefined,
    ({ dataPath, directory }) =>
      io(async () => {
        await rename(join(dataPath, "media"), join(directory, "away"))
        await writeFile(join(dataPath, "media"), "")
      }),
    { reason: "not_a_directory", state: "unchanged" }
  ],
  [
    "a directory lies where a file of the backup belongs",
    undefined,
    ({ dataPath }) =>
      io(async () => {
        await rm(join(dataPath, "media", "ab", "a.jpg"))
        await mkdir(join(dataPath, "media", "ab", "a.jpg"))
      }),
    { reason: "in_the_way", state: "unchanged" }
  ],
  [
    "a folder of media/ is immutable",
    "mark",
    ({ dataPath }) => Ground.mark(join(dataPath, "media", "ab"), "i"),
    { reason: "immutable", state: "unchanged" }
  ],
  [
    "the database is immutable",
    "mark",
    ({ databasePath }) => Ground.mark(databasePath, "i"),
    { reason: "immutable", state: "unchanged" }
  ],
  [
    "a media file cannot be moved away, which shows only when it is tried",
    "mark",
    ({ dataPath }) => Ground.mark(join(dataPath, "media", "ab", "later.jpg"), "a"),
    { reason: "denied", state: "taken_back" }
  ],
  [
    "the file system of the media is read-only",
    "mount",
    ({ dataPath }) =>
      Effect.gen(function* () {
        yield* Ground.mountMemory(join(dataPath, "media"))
        yield* Ground.remountReadOnly(join(dataPath, "media"))
      }),
    { reason: "read_only", state: "unchanged" }
  ],
  [
    "the file system of the media is too small",
    "mount",
    ({ dataPath, media }) =>
      Effect.gen(function* () {
        yield* Ground.mountMemory(join(dataPath, "media"), "64k")
        yield* media("ef/full.mp4", "x".repeat(50_000))
      }),
    { reason: "full", state: "unchanged" }
  ]
]

describe("O1: a restore that is not possible", () => {
  for (const [name, need, raise, told] of obstacles) {
    test(need, `changes nothing where ${name}, and says so`, () =>
      Effect.gen(function* () {
        const here = yield* site
        yield* here.post("one")
        yield* here.media("ab/a.jpg", "a picture")
        yield* here.media("ab/large.mp4", "x".repeat(40_000))
        const archive = join(here.directory, "backup.tar")
        yield* Effect.provide(create(archive), here.services)
        yield* here.post("two")
        yield* here.media("ab/later.jpg", "a later one")
        const { allMedia, before, failure } = yield* Effect.gen(function* () {
          yield* raise(here)
          const before = yield* here.allMedia
          const failure = yield* Effect.flip(Effect.provide(restore(archive), here.services))
          return { before, failure, allMedia: yield* here.allMedia }
        })
        expect({ ...failure }).toMatchObject({ _tag: "RestoreNotDone", ...told })
        expect(yield* here.slugs).toEqual(["one", "two"])
        expect(allMedia).toEqual(before)
      })
    )
  }
})
