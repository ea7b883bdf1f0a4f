import { statSync } from "node:fs"
import { basename, resolve } from "node:path"
import { Effect, type Scope } from "effect"
import { isExport } from "../../src/domain/archive/generators/Exports.js"
import type { ImportFailure } from "../../src/errors/Import.js"
import { ImportWorkspaceFailed } from "../../src/errors/ImportFile.js"
import type { OnProgress } from "../../src/services/Backup.js"
import type { PreparedImport } from "../../src/services/Import.js"
import { troubleOf } from "../files/FileTrouble.js"
import * as Workspace from "../files/Workspace.js"
import { prepareFile } from "./ImportFile.js"
import * as ImportSources from "./ImportSources.js"
import type { SiteOptions } from "./SiteFiles.js"

/** Sets the address of the old site, unless the export contains it. */
const placedAt = (source: ImportSources.Source, address: string | undefined): ImportSources.Source => {
  const { site } = source
  if (address === undefined || !isExport(site) || site.origin !== undefined || !URL.canParse(address)) return source
  const { origin, pathname, protocol } = new URL(address)
  if (!/^https?:$/.test(protocol)) return source
  return { ...source, site: { ...site, origin, basePath: pathname.replace(/\/+$/, "") } }
}

/** An empty directory on the file system of the database, removed with the scope. */
export const workspaceBeside = (databasePath: string): Effect.Effect<string, ImportWorkspaceFailed, Scope.Scope> =>
  Effect.mapError(Workspace.beside(databasePath), (error) => new ImportWorkspaceFailed(troubleOf(error)))

interface Options extends SiteOptions {
  readonly oldSite?: string
  readonly onProgress: OnProgress
  readonly workspace: Effect.Effect<string, ImportWorkspaceFailed, Scope.Scope>
}

/** Opens a directory, a file or a prepared file. */
export const openGiven = (
  given: string | PreparedImport,
  options: Options
): Effect.Effect<ImportSources.Source, ImportFailure, Scope.Scope> =>
  Effect.gen(function* () {
    if (typeof given !== "string") return yield* ImportSources.openPrepared(given, options)
    const path = resolve(given)
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return yield* ImportSources.open(path, options)
    const prepared = yield* prepareFile({
      file: path,
      name: basename(path),
      workspace: yield* options.workspace,
      // No limit in a command: the operator can see the free disk space.
      maxBytes: Number.MAX_SAFE_INTEGER,
      onProgress: options.onProgress
    })
    return yield* ImportSources.openPrepared(prepared, options)
  }).pipe(Effect.map((source) => placedAt(source, options.oldSite)))
