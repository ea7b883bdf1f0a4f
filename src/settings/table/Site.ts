import { Option } from "effect"
import { language, profileUrl, siteUrl } from "../Address.js"
import { derivedSetting, optionalSetting, setting } from "../Setting.js"
import { list, oneOf, text } from "../Syntax.js"
import { timeZoneName } from "../TimeZoneName.js"

/** Settings of the site's identity. */
export const site = {
  environment: setting({
    name: "STARPUNK_ENV",
    sharedAliases: ["ENV"],
    group: "Site",
    description: "Deployment mode. `production` requires a public https URL and logs JSON",
    example: "production",
    syntax: oneOf("development", "production"),
    default: "development"
  }),
  siteUrl: derivedSetting({
    name: "STARPUNK_SITE_URL",
    aliases: ["SITE_URL"],
    group: "Site",
    description:
      "Public address of the site. Every permalink begins with it. When you change it, add the old address to STARPUNK_FORMER_URLS",
    example: "https://blog.example",
    production: "must be set to an https:// address",
    syntax: siteUrl,
    absent: "`http://localhost:{port}`",
    derive: (given, { port }) => Option.getOrElse(given, () => `http://localhost:${port}`)
  }),
  formerUrls: setting({
    name: "STARPUNK_FORMER_URLS",
    group: "Site",
    description:
      "Former addresses of the site, latest first. Requests to them are redirected; addresses under them in posts and from clients count as the site's own",
    example: "https://old.example,http://localhost:8000",
    syntax: list(siteUrl),
    default: []
  }),
  siteName: optionalSetting({
    name: "STARPUNK_SITE_NAME",
    aliases: ["SITE_NAME"],
    group: "Site",
    description: "Title of the site, on its pages and in its feeds",
    example: "Notes from the river",
    syntax: text(200),
    absent: "what the owner has set in the browser, or `StarPunk`"
  }),
  siteDescription: optionalSetting({
    name: "STARPUNK_SITE_DESCRIPTION",
    aliases: ["SITE_DESCRIPTION"],
    group: "Site",
    description: "One sentence about the site, for feeds and link previews",
    example: "Birds, trains and software",
    syntax: text(500),
    absent: "what the owner has set in the browser"
  }),
  siteAuthor: optionalSetting({
    name: "STARPUNK_SITE_AUTHOR",
    aliases: ["SITE_AUTHOR"],
    group: "Site",
    description: "Name of the author",
    example: "Ada Example",
    syntax: text(200),
    absent: "what the owner has set in the browser, or the site's name"
  }),
  siteLanguage: optionalSetting({
    name: "STARPUNK_SITE_LANGUAGE",
    aliases: ["SITE_LANGUAGE"],
    group: "Site",
    description: "Language of the posts and pages",
    example: "pt-BR",
    syntax: language,
    absent: "what the owner has set in the browser, or `en`"
  }),
  siteTimeZone: optionalSetting({
    name: "STARPUNK_SITE_TIMEZONE",
    group: "Site",
    description:
      "Time zone of the site, for the editor and for times without an offset. A post that arrives with an offset keeps it. The server's own time zone is not used",
    example: "Europe/Berlin",
    syntax: timeZoneName,
    absent: "what the owner has set in the browser, or `UTC`"
  }),
  indieauth: {
    pkce: setting({
      name: "STARPUNK_INDIEAUTH_PKCE",
      group: "Site",
      description:
        "Handling of apps that sign in without PKCE (RFC 7636): `ask` shows a warning to the owner, `required` rejects them. Apps on a phone or computer always need PKCE",
      example: "required",
      syntax: oneOf("ask", "required"),
      default: "ask"
    })
  },
  adminMe: optionalSetting({
    name: "STARPUNK_ADMIN_ME",
    aliases: ["ADMIN_ME"],
    group: "Site",
    description:
      "The owner's profile URL, if it is not the site itself. If it is on another host, the site trusts the IndieAuth provider that the page declares: tokens of that provider work here, and the owner can sign in through it",
    example: "https://ada.example/",
    syntax: profileUrl,
    absent: "the site itself"
  })
}
