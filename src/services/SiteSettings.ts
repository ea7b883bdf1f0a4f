import { Context, type Effect, Option } from "effect"
import { initialValues, type SectionName, type SiteValues } from "../domain/site/SiteValues.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { SettingsConflict } from "../errors/SiteSettings.js"

/** The owner's photo: a square JPEG. */
export interface SitePhoto {
  /** Changes with every change of the photo. */
  readonly version: string
  /** Width and height in pixels. */
  readonly size: number
}

/** Settings of the browser. The same object as before if nothing has changed. */
export interface StoredSettings {
  readonly values: SiteValues
  /** Counts the changes of each section; 0 if it was never changed. */
  readonly revisions: Readonly<Record<SectionName, number>>
  readonly photo: Option.Option<SitePhoto>
  /** Changes with every change of anything in it. */
  readonly revision: string
}

/** The settings of a site whose owner has chosen nothing yet. */
export const unchangedSettings: StoredSettings = {
  values: initialValues,
  revisions: { site: 0, you: 0, menu: 0, home: 0, footer: 0, look: 0, care: 0 },
  photo: Option.none(),
  revision: "0"
}

/** The settings that the owner makes in the browser. Settings from the environment win over them. */
export class SiteSettings extends Context.Tag("starpunk/SiteSettings")<
  SiteSettings,
  {
    /** The settings as every process has committed them until now. */
    readonly current: Effect.Effect<StoredSettings, DatabaseFailure>
    /** The settings that this process has read last, for pages that have to do without the database. */
    readonly known: () => StoredSettings
    /** Replaces a section, if it still is at the revision `basedOn`. */
    readonly change: <Name extends SectionName>(
      section: Name,
      basedOn: number,
      value: SiteValues[Name]
    ) => Effect.Effect<StoredSettings, SettingsConflict | DatabaseFailure>
  }
>() {}
