import { Option } from "effect"
import type { SiteValues } from "../domain/site/SiteValues.js"
import type { SettingsValues } from "./Config.js"
import { site as table } from "./table/Site.js"

/** Settings of the environment that the owner may set in the browser instead. */
export type FixedSettings = Pick<
  SettingsValues,
  "siteName" | "siteDescription" | "siteAuthor" | "siteLanguage" | "siteTimeZone"
>

/** Source of a value. */
export type ChosenBy = "environment" | "browser" | "default"

/** A value with its origin. */
export interface ChosenText {
  readonly text: string
  readonly by: ChosenBy
}

/** Settings that both the environment and the browser have. */
export interface ChosenSite {
  readonly name: ChosenText
  readonly tagline: ChosenText
  readonly author: ChosenText
  readonly language: ChosenText
  readonly timeZone: ChosenText
}

const choose = (fixed: Option.Option<string>, stored: string, otherwise: string): ChosenText =>
  Option.match(fixed, {
    onSome: (text) => ({ text, by: "environment" }),
    onNone: () => (stored === "" ? { text: otherwise, by: "default" } : { text: stored, by: "browser" })
  })

/** Chooses between the environment, which wins where it is given, the browser, and the defaults. */
export const chosenSite = (fixed: FixedSettings, { site, you }: Pick<SiteValues, "site" | "you">): ChosenSite => {
  const name = choose(fixed.siteName, site.name, "StarPunk")
  return {
    name,
    tagline: choose(fixed.siteDescription, site.tagline, ""),
    author: choose(fixed.siteAuthor, you.name, name.text),
    language: choose(fixed.siteLanguage, site.language, "en"),
    timeZone: choose(fixed.siteTimeZone, site.timeZone, "UTC")
  }
}

/** The name of the environment's setting that fixes a value; `undefined` if the owner may choose it in the browser. */
export const fixedBy =
  (fixed: FixedSettings) =>
  (setting: keyof FixedSettings): string | undefined =>
    Option.isSome(fixed[setting]) ? table[setting].name : undefined

const fields = {
  siteName: "name",
  siteDescription: "tagline",
  siteAuthor: "author",
  siteLanguage: "language",
  siteTimeZone: "timeZone"
} as const satisfies Record<keyof FixedSettings, keyof ChosenSite>

/** The values that the environment does not fix, with their origin, by the name of the environment's setting. */
export const chosenElsewhere = (
  settings: FixedSettings,
  values: Pick<SiteValues, "site" | "you">
): ReadonlyMap<string, ChosenText> => {
  const chosen = chosenSite(settings, values)
  return new Map(
    Object.entries(fields).flatMap(([setting, field]) =>
      chosen[field].by === "environment" ? [] : [[table[setting as keyof FixedSettings].name, chosen[field]] as const]
    )
  )
}
