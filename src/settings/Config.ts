import { Context } from "effect"
import type { Warning } from "./Sources.js"
import type { SettingsValues } from "./Table.js"

export type { SettingsValues } from "./Table.js"

/** The settings this process runs with, decoded once at start. */
export class Settings extends Context.Tag("starpunk/Settings")<Settings, SettingsValues>() {}

/** One setting as it is in effect. */
export interface SettingInEffect {
  readonly name: string
  /** As it would be written; of secrets only the length, empty when there is none. */
  readonly value: string
  /** `environment`, `.env`, a file's path, or `default`. */
  readonly source: string
}

/** Sources of this process's settings, and warnings about them. Holds no secret. */
export class SettingsReport extends Context.Tag("starpunk/SettingsReport")<
  SettingsReport,
  {
    /** Every setting, in the order of the documentation. */
    readonly entries: ReadonlyArray<SettingInEffect>
    readonly warnings: ReadonlyArray<Warning>
  }
>() {}
