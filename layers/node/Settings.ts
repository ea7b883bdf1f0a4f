import { readFile, stat } from "node:fs/promises"
import { availableParallelism } from "node:os"
import { Context, Effect, Layer } from "effect"
import { Settings, SettingsReport } from "../../src/Config.js"
import { namedFiles } from "../../src/config/NamedFiles.js"
import { resolve } from "../../src/config/Resolve.js"
import type { NamedFile } from "../../src/config/Sources.js"
import type { ConfigurationInvalid } from "../../src/errors/failure/Startup.js"
import { readDotEnv } from "./DotEnv.js"

/** No setting is longer; whoever names a database by mistake is told so. */
const fileLimitBytes = 64 * 1024

/** Container runtimes mount secrets there, readable by all who are inside, which is the server alone. */
const containerSecrets = "/run/secrets/"

const unreadable = (reason: Extract<NamedFile, { _tag: "Unreadable" }>["reason"]): NamedFile => ({
  _tag: "Unreadable",
  reason
})

const read = async (path: string): Promise<NamedFile> => {
  const status = await stat(path)
  if (!status.isFile()) return unreadable("not_a_file")
  if (status.size > fileLimitBytes) return unreadable("too_large")
  const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path))
  return { _tag: "Text", text, worldReadable: (status.mode & 0o004) !== 0 && !path.startsWith(containerSecrets) }
}

const onFailure = (cause: unknown): NamedFile => {
  if (cause instanceof TypeError) return unreadable("not_text")
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined
  return unreadable(code === "EACCES" || code === "EPERM" ? "not_permitted" : "missing")
}

const readNamedFile = (path: string): Effect.Effect<NamedFile> =>
  Effect.tryPromise(() => read(path)).pipe(
    Effect.catchTag("UnknownException", ({ cause }) => Effect.succeed(onFailure(cause)))
  )

/**
 * The settings of this process: from its environment, from `.env` in its working directory, and from the files that
 * `_FILE` variables name. Fails with everything that is wrong with them at once.
 */
export const layer: Layer.Layer<Settings | SettingsReport, ConfigurationInvalid> = Layer.effectContext(
  Effect.gen(function* () {
    const dotEnv = yield* readDotEnv(".env")
    // biome-ignore lint/plugin: this is the one place that reads the environment
    const variables = [{ source: "environment", values: process.env }, dotEnv.variables]
    const files = yield* Effect.forEach(namedFiles(variables), (path) =>
      Effect.map(readNamedFile(path), (file) => [path, file] as const)
    )
    const { report, values } = yield* resolve(
      { variables, files: new Map(files), problems: dotEnv.problems },
      { cores: availableParallelism() }
    )
    return Context.make(Settings, values).pipe(Context.add(SettingsReport, report))
  })
)
