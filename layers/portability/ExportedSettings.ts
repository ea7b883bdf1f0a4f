import { existsSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { Effect, Either, Option } from "effect"
import {
  photoFileName,
  readSettingsFile,
  settingsFileName,
  settingsVersion,
  writeSettingsFile
} from "../../src/domain/archive/SettingsFile.js"
import { type SectionName, type SiteValues, sectionNames } from "../../src/domain/site/SiteValues.js"
import type { DatabaseFailure } from "../../src/errors/Database.js"
import { ImportFileUnreadable, ImportSettingsInvalid } from "../../src/errors/ImportEntry.js"
import { OwnerPhoto } from "../../src/services/OwnerPhoto.js"
import { SiteSettings, type StoredSettings } from "../../src/services/SiteSettings.js"
import { SqlPool } from "../../src/services/SqlPool.js"
import { codeOf } from "../files/ErrorCode.js"
import { photoRecord } from "../sql/stores/PhotoRecord.js"
import * as SqlSiteSettings from "../sql/stores/SiteSettings.js"
import type { Tally } from "./Tally.js"

/** A file of an export. */
export interface SettingsOutput {
  readonly file: string
  readonly content: string | Uint8Array
}

/** The settings of the pool's database as files; none if the owner has set nothing in the browser. */
export const settingsFiles = (pool: SqlPool["Type"]): Effect.Effect<ReadonlyArray<SettingsOutput>, DatabaseFailure> =>
  Effect.gen(function* () {
    const { revisions, values } = yield* Effect.flatMap(SiteSettings, ({ current }) => current)
    const record = yield* photoRecord
    const [state, photo] = [yield* record.state, yield* record.file("original")]
    const changed = sectionNames.filter((name) => revisions[name] > 0)
    if (changed.length === 0 && Option.isNone(photo)) return []
    const sections: Partial<SiteValues> = Object.fromEntries(changed.map((name) => [name, values[name]]))
    const crop = Option.getOrUndefined(state)?.crop
    return [
      { file: settingsFileName, content: writeSettingsFile({ sections, crop }) },
      ...(Option.isSome(photo) ? [{ file: photoFileName, content: photo.value.bytes }] : [])
    ]
  }).pipe(Effect.provide(SqlSiteSettings.layer), Effect.provideService(SqlPool, pool))

/** Maximum size of the two files in bytes: far more than this program writes. */
const mostBytes = { settings: 1_048_576, photo: 33_554_432 }

/** Reads a file of the directory; none if there is none. */
const contentOf = (path: string, limit: number): Either.Either<Option.Option<Buffer>, ImportFileUnreadable> =>
  Either.try({
    try: () => {
      if (!existsSync(path)) return Option.none()
      const { size } = statSync(path)
      if (size > limit) throw new ImportFileUnreadable({ reason: "too_large", detail: "" })
      return Option.some(readFileSync(path))
    },
    catch: (error) =>
      error instanceof ImportFileUnreadable ? error : new ImportFileUnreadable({ reason: "io", detail: codeOf(error) })
  })

/**
 * Imports the settings of an export: each section that the owner of this site has not set, and the photo if there is
 * none. So an import can be repeated, and never overwrites what was chosen here. A wrong file is reported, and the rest
 * is imported.
 */
export const settingsImport = Effect.gen(function* () {
  const settings = yield* SiteSettings
  const photo = yield* OwnerPhoto

  const takeSection = <Name extends SectionName>(
    name: Name,
    values: Partial<SiteValues>,
    before: StoredSettings,
    { dryRun, tally }: { readonly dryRun: boolean; readonly tally: Tally }
  ) =>
    Effect.gen(function* () {
      const value = values[name]
      if (value === undefined) return
      const part = `${settingsFileName}: ${name}`
      if (before.revisions[name] > 0) {
        const isSame = JSON.stringify(before.values[name]) === JSON.stringify(value)
        return isSame ? undefined : tally.note(part, "settings_kept", "differs; the setting of this site was kept")
      }
      const change = settings.change(name, 0, value as SiteValues[Name])
      // The owner may save the section at the same moment, and then wins.
      const isTaken =
        dryRun ||
        (yield* Effect.as(change, true).pipe(Effect.catchTag("SettingsConflict", () => Effect.succeed(false))))
      if (isTaken) tally.note(part, "settings_imported", dryRun ? "would be imported" : "was imported")
    })

  const takePhoto = (root: string, crop: Parameters<OwnerPhoto["Type"]["replace"]>[1], tally: Tally, dryRun: boolean) =>
    Effect.gen(function* () {
      const content = contentOf(join(root, photoFileName), mostBytes.photo)
      if (Either.isLeft(content)) return tally.broken(photoFileName, content.left)
      if (Option.isNone(content.right)) {
        return tally.broken(photoFileName, new ImportFileUnreadable({ reason: "missing", detail: "" }))
      }
      if (Option.isSome(yield* photo.state)) return
      const replace = dryRun ? Effect.void : photo.replace(content.right.value, crop)
      yield* replace.pipe(
        Effect.map(() => tally.note(photoFileName, "settings_imported", dryRun ? "would be imported" : "was imported")),
        Effect.catchTag("MediaDamaged", (damage) => Effect.sync(() => tally.broken(photoFileName, damage)))
      )
    })

  return (root: string, tally: Tally, dryRun: boolean) =>
    Effect.gen(function* () {
      const content = contentOf(join(root, settingsFileName), mostBytes.settings)
      if (Either.isLeft(content)) return tally.broken(settingsFileName, content.left)
      if (Option.isNone(content.right)) return
      const read = readSettingsFile(content.right.value.toString("utf8"))
      if (Either.isLeft(read)) return tally.broken(settingsFileName, new ImportSettingsInvalid({ detail: read.left }))
      const { crop, sections, version } = read.right
      if (version > settingsVersion) {
        tally.note(
          settingsFileName,
          "settings_newer",
          "is from a newer version; only what this version knows is imported"
        )
      }
      const before = yield* settings.current
      for (const name of sectionNames) yield* takeSection(name, sections, before, { dryRun, tally })
      if (crop !== undefined) yield* takePhoto(root, crop, tally, dryRun)
    })
})
