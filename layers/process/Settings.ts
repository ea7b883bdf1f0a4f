import { lstat, readFile, stat } from "node:fs/promises"
import { availableParallelism } from "node:os"
import { Context, Effect, Layer } from "effect"
import type { ConfigurationInvalid } from "../../src/errors/Startup.js"
import { namesOf } from "../../src/settings/Choice.js"
import { Settings, SettingsReport, type SettingsValues } from "../../src/settings/Config.js"
import { namedFiles } from "../../src/settings/NamedFiles.js"
import { resolve } from "../../src/settings/Resolve.js"
import type { NamedFile, Variables } from "../../src/settings/Sources.js"
import { server } from "../../src/settings/table/Server.js"
import { codeOf } from "../files/ErrorCode.js"
import { realPathOf } from "../files/RealPath.js"
import { databaseName } from "../sqlite/file/DatabaseName.js"
import { readDotEnv } from "./DotEnv.js"

/** Maximum size of a setting's file. No setting is longer, and a database that is named by mistake is reported. */
const fileLimitBytes = 64 * 1024

/**
 * Directory in which container runtimes mount secrets. They are readable by everyone in the container, which is the
 * server only.
 */
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
  const code = codeOf(cause)
  return unreadable(code === "EACCES" || code === "EPERM" ? "not_permitted" : "missing")
}

const readNamedFile = (path: string): Effect.Effect<NamedFile> =>
  Effect.tryPromise(() => read(path)).pipe(
    Effect.catchTag("UnknownException", ({ cause }) => Effect.succeed(onFailure(cause)))
  )

/** Machine properties that defaults depend on. */
const machine = { cores: availableParallelism(), databaseName }

/**
 * The target of a database path that is a link: SQLite keeps its log beside the target, so all code has to look there.
 * A link that cannot be resolved stays, and opening it reports the problem.
 */
const withoutLink = async (path: string): Promise<string> => {
  try {
    return (await lstat(path)).isSymbolicLink() ? await realPathOf(path) : path
  } catch {
    return path
  }
}

/** Reads all variables that `counts` accepts. */
const given = (counts: (variable: string) => boolean) =>
  Effect.gen(function* () {
    const dotEnv = yield* readDotEnv(".env")
    // biome-ignore lint/plugin: this is the one place that reads the environment
    const all: ReadonlyArray<Variables> = [{ source: "environment", values: process.env }, dotEnv.variables]
    const variables = all.map(({ values, ...place }) => ({
      ...place,
      values: Object.fromEntries(Object.entries(values).filter(([name]) => counts(name)))
    }))
    const files = yield* Effect.forEach(namedFiles(variables), (path) =>
      Effect.map(readNamedFile(path), (file) => [path, file] as const)
    )
    return { variables, files: new Map(files), problems: dotEnv.problems, warnings: dotEnv.warnings }
  })

/**
 * Reads the settings of this process: from its environment, from `.env` in its working directory, and from files that
 * `_FILE` variables name. Fails with all of their errors at once.
 */
export const layer: Layer.Layer<Settings | SettingsReport, ConfigurationInvalid> = Layer.effectContext(
  Effect.gen(function* () {
    const { report, values } = yield* resolve(yield* given(() => true), machine)
    const databasePath = yield* Effect.promise(() => withoutLink(values.databasePath))
    return Context.make(Settings, { ...values, databasePath }).pipe(Context.add(SettingsReport, report))
  })
)

const addressVariables = new Set(
  [server.host, server.port].flatMap((setting) => namesOf(setting).flatMap((name) => [name, `${name}_FILE`]))
)

/** The server's address, even if other settings are not valid. */
export const address: Effect.Effect<Pick<SettingsValues, "host" | "port">, ConfigurationInvalid> = Effect.gen(
  function* () {
    const sources = yield* given((variable) => addressVariables.has(variable))
    const { values } = yield* resolve({ ...sources, problems: [] }, machine)
    return values
  }
)
