import { Option } from "effect"
import { language, profileUrl, siteUrl } from "../Address.js"
import { optionalSetting, setting } from "../Setting.js"
import { list, oneOf, text } from "../Syntax.js"
import { timeZoneName } from "../TimeZoneName.js"

/** Who the site is, and for whom. */
export const site = {
  environment: setting({
    name: "STARPUNK_ENV",
    sharedAliases: ["ENV"],
    group: "Site",
    description:
      "Whether this is the real thing. Production asks for what the world needs to reach the site, and logs in JSON",
    example: "production",
    syntax: oneOf("development", "production"),
    default: "development",
    of: (values) => values.environment
  }),
  siteUrl: optionalSetting({
    name: "STARPUNK_SITE_URL",
    aliases: ["SITE_URL"],
    group: "Site",
    description:
      "The public address of the site. Every permalink begins with it. When you change it, put the old one into STARPUNK_FORMER_URLS",
    example: "https://blog.example",
    production: "must be given, with https://",
    syntax: siteUrl,
    absent: "`http://localhost:{port}`",
    of: (values) => Option.some(values.siteUrl)
  }),
  formerUrls: setting({
    name: "STARPUNK_FORMER_URLS",
    group: "Site",
    description:
      "Addresses that the site had before, latest first. Requests to them are redirected, addresses under them in posts and from clients count as the site's own",
    example: "https://old.example,http://localhost:8000",
    syntax: list(siteUrl),
    default: [],
    of: (values) => values.formerUrls
  }),
  siteName: setting({
    name: "STARPUNK_SITE_NAME",
    aliases: ["SITE_NAME"],
    group: "Site",
    description: "The title of the site, on its pages and in its feeds",
    example: "Notes from the river",
    syntax: text(200),
    default: "StarPunk",
    of: (values) => values.siteName
  }),
  siteDescription: setting({
    name: "STARPUNK_SITE_DESCRIPTION",
    aliases: ["SITE_DESCRIPTION"],
    group: "Site",
    description: "A sentence about the site, for feeds and previews",
    example: "Birds, trains and software",
    syntax: text(500),
    default: "",
    of: (values) => values.siteDescription
  }),
  siteAuthor: setting({
    name: "STARPUNK_SITE_AUTHOR",
    aliases: ["SITE_AUTHOR"],
    group: "Site",
    description: "Who writes here. The site's name stands in for it where it is empty",
    example: "Ada Example",
    syntax: text(200),
    default: "",
    of: (values) => values.siteAuthor
  }),
  siteLanguage: setting({
    name: "STARPUNK_SITE_LANGUAGE",
    aliases: ["SITE_LANGUAGE"],
    group: "Site",
    description: "The language of the posts",
    example: "pt-BR",
    syntax: language,
    default: "en",
    of: (values) => values.siteLanguage
  }),
  siteTimeZone: setting({
    name: "STARPUNK_SITE_TIMEZONE",
    group: "Site",
    description:
      "The time zone of the site: of times that say none, of posts whose app sent none, and of the editor. A post that came with an offset keeps it. Not the machine's, so that a site shows the same days wherever it runs",
    example: "Europe/Berlin",
    syntax: timeZoneName,
    default: "UTC",
    of: (values) => values.siteTimeZone
  }),
  indieauthPkce: setting({
    name: "STARPUNK_INDIEAUTH_PKCE",
    group: "Site",
    description:
      "Whether apps that sign in without PKCE (RFC 7636) are shown to the owner with a warning (`ask`), or refused (`required`). Apps on a phone or a computer always need it",
    example: "required",
    syntax: oneOf("ask", "required"),
    default: "ask",
    of: (values) => values.indieauth.pkce
  }),
  adminMe: optionalSetting({
    name: "STARPUNK_ADMIN_ME",
    aliases: ["ADMIN_ME"],
    group: "Site",
    description:
      "The owner's page on the IndieWeb, when it is another address than the site itself. On another host, the IndieAuth provider that the page names may vouch for the owner: tokens from there work here, and the owner can sign in through it",
    example: "https://ada.example/",
    syntax: profileUrl,
    absent: "the site itself",
    of: (values) => values.adminMe
  })
}
