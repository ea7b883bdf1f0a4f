import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Layer, Option } from "effect"
import * as Node from "../../../layers/health/HealthChecker.js"
import * as Memory from "../../../layers/memory/HealthChecker.js"
import { layerSilent } from "../../../layers/memory/Logger.js"
import * as SecureRandom from "../../../layers/memory/SecureRandom.js"
import * as Settings from "../../../layers/memory/Settings.js"
import * as Lifecycle from "../../../layers/process/Lifecycle.js"
import { BackupDirectory } from "../../../src/services/BackupDirectory.js"
import * as FakePool from "../../fixtures/FakePool.js"
import { engineWith } from "../../fixtures/FakeSearch.js"
import { conforms } from "./HealthChecker.js"

const process = Layer.mergeAll(Lifecycle.layer, SecureRandom.layer, layerSilent)

const inTemporaryDirectory = Layer.unwrapScoped(
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(() => mkdtemp(join(tmpdir(), "starpunk-health-"))),
      (directory) => Effect.promise(() => rm(directory, { recursive: true }))
    ),
    (dataPath) =>
      Settings.layerTest({ dataPath, health: { detailed: false, token: Option.none(), memoryThresholdMb: 1_000_000 } })
  )
)

conforms("memory", Layer.provideMerge(Memory.layer, process))
conforms(
  "node",
  Node.layer.pipe(
    Layer.provide(
      Layer.mergeAll(
        FakePool.layer,
        engineWith({}),
        inTemporaryDirectory,
        Layer.succeed(BackupDirectory, Option.none())
      )
    ),
    Layer.provideMerge(process)
  )
)
