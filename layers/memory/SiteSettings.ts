import { Effect, Layer } from "effect"
import type { SectionName, SiteValues } from "../../src/domain/site/SiteValues.js"
import { SettingsConflict } from "../../src/errors/SiteSettings.js"
import { SiteSettings, type StoredSettings, unchangedSettings } from "../../src/services/SiteSettings.js"

/** Settings in memory, for tests. */
export const layer: Layer.Layer<SiteSettings> = Layer.sync(SiteSettings, () => {
  let stored: StoredSettings = unchangedSettings
  const keep = (settings: StoredSettings): StoredSettings => {
    stored = settings
    return settings
  }
  return {
    current: Effect.sync(() => stored),
    known: () => stored,
    change: <Name extends SectionName>(section: Name, basedOn: number, value: SiteValues[Name]) =>
      Effect.suspend(() => {
        if (stored.revisions[section] !== basedOn) return Effect.fail(new SettingsConflict({ section }))
        const revisions = { ...stored.revisions, [section]: basedOn + 1 }
        const values = { ...stored.values, [section]: value }
        const revision = `${stored.revision}-${section}.${basedOn + 1}`
        return Effect.succeed(keep({ ...stored, values, revisions, revision }))
      })
  }
})
