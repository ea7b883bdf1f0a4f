import { Effect, Option } from "effect"
import { formatOffset } from "../../domain/Moment.js"
import { type TimeZone, timeZone, wallClockAt } from "../../domain/TimeZone.js"
import { Settings, type SettingsValues } from "../../settings/Config.js"

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
  /** Of everything that has no offset of its own. */
  readonly zone: TimeZone
  /**
   * An instant (epoch milliseconds) as its day in the site's language: `23 Nov 2026`. By a clock that is `offset` seconds
   * ahead of UTC; by that of the site's zone where none is given.
   */
  readonly formatDay: (instant: number, offset?: number) => string
  /** As `formatDay`, to the minute, the offset said: `23 November 2026 at 19:40 UTC+01:00`. */
  readonly formatMinute: (instant: number, offset?: number) => string
  /** A time on the wall, given as if it were UTC, to the minute and without a zone: `23 November 2026 at 19:40`. */
  readonly formatWallClock: (instant: number) => string
  /** As `formatWallClock`, without the day: `19:40`. */
  readonly formatHour: (instant: number) => string
}

type Formatting = Intl.DateTimeFormatOptions

/** Formats in UTC. Making the formatter costs more than a whole page, so that waits for the first time that is formatted. */
const lazily = (language: string, options: Formatting) => {
  let format: Intl.DateTimeFormat | undefined
  return (instant: number): string => {
    format ??= new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: "UTC" })
    return format.format(instant)
  }
}

/** Formats what a clock shows, given as if it were UTC. Years before 1 have their era, which a date style leaves out. */
const formatter = (language: string, style: Formatting) => {
  const usual = lazily(language, style)
  const day: Formatting = { era: "short", year: "numeric", month: "short", day: "numeric" }
  const early = lazily(language, style.timeStyle === undefined ? day : { ...day, hour: "2-digit", minute: "2-digit" })
  return (wallClock: number): string => (wallClock < firstYear ? early : usual)(wallClock)
}

/** When the year 1 began. */
const firstYear = Date.parse("0001-01-01T00:00:00Z")

/** `UTC`, `UTC+01:00`. */
const spokenOffset = (offset: number): string => (offset === 0 ? "UTC" : `UTC${formatOffset(offset)}`)

/** The `Site` that some settings describe. */
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

/** The site as this process is configured. */
export const site: Effect.Effect<Site, never, Settings> = Effect.map(Settings, makeSite)

/** Plain `en` means American dates to `Intl`; day before month is read without doubt everywhere. */
const localeOf = (language: string): string => (language === "en" ? "en-GB" : language)
