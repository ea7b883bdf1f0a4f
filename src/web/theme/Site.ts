import { Effect, Option } from "effect"
import { Settings, type SettingsValues } from "../../Config.js"

/** What every page says about the site, made once from the settings. Addresses are absolute. */
export interface Site {
  /** Without a trailing slash: `https://me.example`. */
  readonly url: string
  /** Addresses that the site had before, without a trailing slash. */
  readonly former: ReadonlyArray<string>
  /** The home page and the owner's identity on this site: `https://me.example/`. */
  readonly home: string
  readonly name: string
  readonly description: string
  /** Who writes here; the site's own name where none is set. */
  readonly author: string
  /** BCP 47 language of the posts and pages. */
  readonly language: string
  /** The owner's identity elsewhere, when the site is not it. */
  readonly me: Option.Option<string>
  readonly searchEnabled: boolean
  /** An instant (epoch milliseconds) as its UTC day in the site's language: `23 Nov 2026`. */
  readonly formatDay: (instant: number) => string
  /** An instant (epoch milliseconds) to the minute in the site's language, the zone said: `23 November 2026 at 19:40 UTC`. */
  readonly formatMinute: (instant: number) => string
  /** A time on the wall, given as if it were UTC, to the minute and without a zone: `23 November 2026 at 19:40`. */
  readonly formatWallClock: (instant: number) => string
  /** As `formatWallClock`, without the day: `19:40`. */
  readonly formatHour: (instant: number) => string
}

/** Formats instants in UTC. Making the formatter costs more than a whole page, so that waits for the first instant. */
const formatter = (language: string, options: Intl.DateTimeFormatOptions) => {
  let format: Intl.DateTimeFormat | undefined
  return (instant: number): string => {
    format ??= new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: "UTC" })
    return format.format(instant)
  }
}

/** The `Site` that some settings describe. */
export const makeSite = (settings: SettingsValues): Site => {
  const home = `${settings.siteUrl}/`
  const minute = formatter(settings.siteLanguage, { dateStyle: "long", timeStyle: "short" })
  return {
    url: settings.siteUrl,
    former: settings.formerUrls,
    home,
    name: settings.siteName,
    description: settings.siteDescription,
    author: settings.siteAuthor === "" ? settings.siteName : settings.siteAuthor,
    language: settings.siteLanguage,
    me: Option.filter(settings.adminMe, (me) => me !== home && me !== settings.siteUrl),
    searchEnabled: settings.search.enabled,
    formatDay: formatter(settings.siteLanguage, { dateStyle: "medium" }),
    formatMinute: (instant) => `${minute(instant)} UTC`,
    formatWallClock: minute,
    formatHour: formatter(settings.siteLanguage, { timeStyle: "short" })
  }
}

/** The site as this process is configured. */
export const site: Effect.Effect<Site, never, Settings> = Effect.map(Settings, makeSite)

/** Plain `en` means American dates to `Intl`; day before month is read without doubt everywhere. */
const localeOf = (language: string): string => (language === "en" ? "en-GB" : language)
