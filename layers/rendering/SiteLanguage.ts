import { Effect } from "effect"
import { SiteSettings } from "../../src/services/SiteSettings.js"
import { chosenSite } from "../../src/settings/ChosenSite.js"
import { Settings } from "../../src/settings/Config.js"

/**
 * The language of the site as this process has read it last; it reads the settings at the first use. A rendering in an
 * outdated language is renewed by the background job, so no rendering waits for the database.
 */
export const siteLanguage: Effect.Effect<Effect.Effect<string>, never, Settings | SiteSettings> = Effect.gen(
  function* () {
    const settings = yield* Settings
    const site = yield* SiteSettings
    const first = yield* Effect.cached(Effect.ignore(site.current))
    return Effect.map(first, () => chosenSite(settings, site.known().values).language.text)
  }
)
