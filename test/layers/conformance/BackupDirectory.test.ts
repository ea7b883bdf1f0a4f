import { join } from "node:path"
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
