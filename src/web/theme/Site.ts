import { Context, Effect, Option } from "effect"
import { formatOffset } from "../../domain/Moment.js"
import { noteHtml } from "../../domain/markdown/Markdown.js"
import { kinds, type ListedKind } from "../../domain/posts/PostKind.js"
import type { Look } from "../../domain/site/SiteValues.js"
import { type TimeZone, timeZone, wallClockAt } from "../../domain/TimeZone.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import type { StoredSettings } from "../../services/SiteSettings.js"
import { chosenSite } from "../../settings/ChosenSite.js"
import type { SettingsValues } from "../../settings/Config.js"
import { localeOf } from "../../texts/Language.js"
import { speak } from "../../texts/Texts.js"
import { photoPath } from "./Photo.js"

/** A picture with its size in pixels. */
export interface Picture {
  /** Absolute. */
  readonly url: string
  readonly width: number
  readonly height: number
}

/**
 * Properties of the site for every page, from the current settings: those of the environment, and those that the owner
 * has made in the browser. Addresses are absolute.
 */
export interface Site {
  /** Changes with every change in the browser; part of the validators of pages. */
  readonly revision: string
  /** Without a trailing slash: `https://me.example`. */
  readonly url: string
  /** Former addresses of the site, without a trailing slash. */
  readonly former: ReadonlyArray<string>
  /** The home page and the owner's identity on this site: `https://me.example/`. */
  readonly home: string
  readonly name: string
  /** The tagline. */
  readonly description: string
  /** The author's name; the site's name if none is set. */
  readonly author: string
  /** BCP 47 language of the posts and pages. */
  readonly language: string
  /** A sentence or two about the author; may be empty. */
  readonly bio: string
  /** The author's profiles elsewhere, for `rel=me`. */
  readonly links: ReadonlyArray<{ readonly label: string; readonly url: string }>
  /** The author's photo, a square. */
  readonly photo: Option.Option<Picture>
  readonly email: Option.Option<string>
  /** Addresses are paths of this site, or complete. */
  readonly menu: ReadonlyArray<{ readonly label: string; readonly href: string }>
  /** Kinds that have posts, the common ones first; empty if the owner's menu does not need them. */
  readonly kinds: ReadonlyArray<ListedKind>
  /** Kinds of posts that the home page lists. */
  readonly homeKinds: ReadonlySet<ListedKind>
  /** Markdown; may be empty. */
  readonly footer: string
  /** The same as safe HTML. */
  readonly footerHtml: string
  readonly look: Omit<Look, "accent"> & { readonly accent: Option.Option<string> }
  /** The owner's identity if it is another site. */
  readonly me: Option.Option<string>
  readonly searchEnabled: boolean
  /** Whether views of posts are counted. */
  readonly countsViews: boolean
  /** Whether the page is for the logged-in owner, so that no cache keeps it. */
  readonly isForOwner: boolean
  /** Number of the owner's drafts; only on pages for the owner. */
  readonly drafts?: number
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

const filled = (text: string): Option.Option<string> => (text === "" ? Option.none() : Option.some(text))

/** Makes the `Site` of the environment's settings and those of the browser. */
export const makeSite = (
  settings: SettingsValues,
  { photo, revision, values }: StoredSettings,
  used: ReadonlyArray<ListedKind> = []
): Site => {
  const home = `${settings.siteUrl}/`
  const chosen = chosenSite(settings, values)
  const language = chosen.language.text
  const zone = timeZone(chosen.timeZone.text)
  const day = formatter(language, { dateStyle: "medium" })
  const minute = formatter(language, { dateStyle: "long", timeStyle: "short" })
  return {
    revision,
    url: settings.siteUrl,
    former: settings.formerUrls,
    home,
    name: chosen.name.text,
    description: chosen.tagline.text,
    author: chosen.author.text,
    language,
    bio: values.you.bio,
    links: values.you.links,
    photo: Option.map(photo, ({ size }) => ({ url: `${settings.siteUrl}${photoPath}`, width: size, height: size })),
    email: filled(values.you.email),
    menu: values.menu.items,
    kinds: used,
    homeKinds: new Set(kinds.filter((kind) => !values.home.hidden.includes(kind))),
    footer: values.footer.text,
    footerHtml: values.footer.text === "" ? "" : noteHtml(values.footer.text),
    look: { ...values.look, accent: filled(values.look.accent) },
    me: Option.filter(settings.adminMe, (me) => me !== home && me !== settings.siteUrl),
    searchEnabled: settings.search.enabled,
    countsViews: values.care.countViews,
    isForOwner: false,
    zone,
    formatDay: (instant, offset = zone.offsetAt(instant)) => day(wallClockAt(instant, offset)),
    formatMinute: (instant, offset = zone.offsetAt(instant)) =>
      `${minute(wallClockAt(instant, offset))} ${spokenOffset(offset)}`,
    formatWallClock: minute,
    formatHour: lazily(language, { timeStyle: "short" })
  }
}

/** Makes the site from the stored settings and the kinds that have posts; without kinds, those of the last call. */
type SiteNow = (stored: StoredSettings, used?: Iterable<ListedKind>) => Site

/**
 * Makes the `Site` of settings, and returns the same one until they change, because its date formats are expensive to
 * make.
 */
export const siteOf = (settings: SettingsValues): SiteNow => {
  let latest: { readonly stored: StoredSettings; readonly site: Site } | undefined
  return (stored, used) => {
    const kinds = used === undefined ? latest?.site.kinds : [...used]
    if (latest?.stored !== stored || latest.site.kinds.join() !== (kinds ?? []).join()) {
      latest = { stored, site: makeSite(settings, stored, kinds) }
    }
    speak(latest.site.language)
    return latest.site
  }
}

/** The site of a request. The pipeline provides it to handlers, so that no route uses outdated settings. */
export class CurrentSite extends Context.Tag("starpunk/CurrentSite")<
  CurrentSite,
  Effect.Effect<Site, DatabaseFailure>
>() {}

/** The site with the current settings. */
export const site: Effect.Effect<Site, DatabaseFailure, CurrentSite> = Effect.flatten(CurrentSite)
