import type { Option } from "effect"
import type { ListedKind } from "../../domain/posts/PostKind.js"
import type { SectionName, SiteValues } from "../../domain/site/SiteValues.js"
import type { UpdateCheck } from "../../services/UpdateChecks.js"
import type { FixedSettings } from "../../settings/ChosenSite.js"
import type { Site } from "../theme/Site.js"
import type { SettingsFault } from "./SectionForm.js"

/** Properties of the fields of a section. */
export interface SectionProps<Name extends SectionName> {
  readonly value: SiteValues[Name]
  readonly faults: ReadonlyArray<SettingsFault>
  /** The name of the environment's setting that fixes a value; `undefined` if the owner may choose it. */
  readonly fixed: (setting: keyof FixedSettings) => string | undefined
  readonly site: Site
  /** Epoch milliseconds. */
  readonly now: number
  /** Kinds that have posts, with their numbers. */
  readonly counts?: ReadonlyMap<ListedKind, number> | undefined
  /** The address that the update check asks, and what it got; absent if there is none. */
  readonly updates?: { readonly url: string; readonly last: Option.Option<UpdateCheck> } | undefined
  /** A row of a list that a button has just added. */
  readonly added?: number | undefined
}
