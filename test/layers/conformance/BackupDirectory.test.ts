import { execFileSync } from "node:child_process"
import { mkdir, symlink } from "node:fs/promises"
import { createServer } from "node:net"
import { join } from "node:path"
import { expect, it } from "@effect/vitest"
import { Duration, Effect, Layer, Option } from "effect"
import * as KeptDirectory from "../../../layers/backup/BackupDirectory.js"
import { layerTest } from "../../../layers/memory/Settings.js"
import { BackupDirectory } from "../../../src/services/BackupDirectory.js"
import { site } from "../backup/Site.js"
import { conforms } from "./BackupDirectory.js"

const keep = 2

const onDisk = Effect.gen(function* () {
  const { directory, services } = yield* site
  const settings = layerTest({
    backup: { directory: Option.some(join(directory, "backups")), interval: Duration.hours(1), keep }
  })
  const layer = KeptDirectory.layer.pipe(Layer.provide(services), Layer.provide(settings))
  return Option.getOrThrow(yield* Effect.provide(BackupDirectory, layer))
})

conforms("on the disk", onDisk)

it.scoped("lists and opens no link, directory, pipe or socket among the backups", () =>
  Effect.gen(function* () {
    const { directory, services } = yield* site
    const backups = join(directory, "backups")
    const settings = layerTest({
      backup: { directory: Option.some(backups), interval: Duration.hours(1), keep }
    })
    const kept = Option.getOrThrow(
      yield* Effect.provide(BackupDirectory, KeptDirectory.layer.pipe(Layer.provide(services), Layer.provide(settings)))
    )
    const named = (second: number) => `starpunk-20261123T19000${second}Z.tar`
    const at = (second: number) => join(backups, named(second))
    yield* Effect.promise(async () => {
      await mkdir(backups)
      await symlink(join(directory, "starpunk.db"), at(0))
      await symlink(join(directory, "missing"), at(1))
      await symlink(at(2), at(2))
      await mkdir(at(3))
      execFileSync("mkfifo", [at(4)])
    })
    const socket = createServer()
    yield* Effect.acquireRelease(
      Effect.async<void>((resume) => {
        socket.listen(at(5), () => resume(Effect.void))
      }),
      () => Effect.sync(() => socket.close())
    )
    expect(yield* kept.list).toEqual([])
    for (let second = 0; second <= 5; second += 1) {
      expect(yield* kept.open(named(second)), named(second)).toEqual(Option.none())
    }
  })
)
