import { Effect, Option } from "effect"
import { formatOffset } from "../../domain/Moment.js"
import { type TimeZone, timeZone, wallClockAt } from "../../domain/TimeZone.js"
import { Settings, type SettingsValues } from "../../settings/Config.js"

/** Properties of the site for every page, made once from the settings. Addresses are absolute. */
export interface Site {
  /** Without a trailing slash: `https://me.example`. */
  readonly url: string
  /** Former addresses of the site, without a trailing slash. */
  readonly former: ReadonlyArray<string>
  /** The home page and the owner's identity on this site: `https://me.example/`. */
  readonly home: string
  readonly name: string
  readonly description: string
  /** The author's name; the site's name if none is set. */
  readonly author: string
  /** BCP 47 language of the posts and pages. */
  readonly language: string
  /** The owner's identity if it is another site. */
  readonly me: Option.Option<string>
  readonly searchEnabled: boolean
  /** Time zone of times without an offset. */
  readonly zone: TimeZone
  /**
   * Formats an instant (epoch milliseconds) as a date in the site's language: `23 Nov 2026`. With an `offset` from UTC
   * in seconds; in the site's time zone without one.
   */
  readonly formatDay: (instant: number, offset?: number) => string
  /** As `formatDay`, to the minute and with the offset: `23 November 2026 at 19:40 UTC+01:00`. */
  readonly formatMinute: (instant: number, offset?: number) => string
  /** Formats a local time, given as if it were UTC, to the minute and without a zone: `23 November 2026 at 19:40`. */
  readonly formatWallClock: (instant: number) => string
  /** As `formatWallClock`, without the date: `19:40`. */
  readonly formatHour: (instant: number) => string
}

type Formatting = Intl.DateTimeFormatOptions

/** Formats in UTC. Making the formatter costs more than rendering a page, so it is made on first use. */
const lazily = (language: string, options: Formatting) => {
  let format: Intl.DateTimeFormat | undefined
  return (instant: number): string => {
    format ??= new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: "UTC" })
    return format.format(instant)
  }
}

/** Formats a local time, given as if it were UTC. Years before 1 have their era, which a date style leaves out. */
const formatter = (language: string, style: Formatting) => {
  const usual = lazily(language, style)
  const day: Formatting = { era: "short", year: "numeric", month: "short", day: "numeric" }
  const early = lazily(language, style.timeStyle === undefined ? day : { ...day, hour: "2-digit", minute: "2-digit" })
  return (wallClock: number): string => (wallClock < firstYear ? early : usual)(wallClock)
}

/** The start of the year 1. */
const firstYear = Date.parse("0001-01-01T00:00:00Z")

/** Formats an offset: `UTC`, `UTC+01:00`. */
const spokenOffset = (offset: number): string => (offset === 0 ? "UTC" : `UTC${formatOffset(offset)}`)

/** Makes the `Site` of the settings. */
export const makeSite = (settings: SettingsValues): Site => {
  const home = `${settings.siteUrl}/`
  const zone = timeZone(settings.siteTimeZone)
  const day = formatter(settings.siteLanguage, { dateStyle: "medium" })
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
    zone,
    formatDay: (instant, offset = zone.offsetAt(instant)) => day(wallClockAt(instant, offset)),
    formatMinute: (instant, offset = zone.offsetAt(instant)) =>
      `${minute(wallClockAt(instant, offset))} ${spokenOffset(offset)}`,
    formatWallClock: minute,
    formatHour: lazily(settings.siteLanguage, { timeStyle: "short" })
  }
}

/** The site of this process's settings. */
export const site: Effect.Effect<Site, never, Settings> = Effect.map(Settings, makeSite)

/** `Intl` formats plain `en` with American dates; day before month is unambiguous. */
const localeOf = (language: string): string => (language === "en" ? "en-GB" : language)
