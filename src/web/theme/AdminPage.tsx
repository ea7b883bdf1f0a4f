import type { HttpServerResponse } from "@effect/platform"
import { Option } from "effect"
import type { ComponentChildren, JSX, VNode } from "preact"
import { documentLanguage } from "../../texts/Language.js"
import { interfaceLanguage, texts } from "../../texts/Texts.js"
import { ownerPolicy } from "./ContentSecurityPolicy.js"
import { faviconPath } from "./Favicon.js"
import { Icon, type icons } from "./Icon.js"
import { Star } from "./Layout.js"
import { ownerStylesheet } from "./OwnerStylesheet.js"
import { pageResponse } from "./Page.js"
import type { Site } from "./Site.js"

/** Sections of the owner's pages. */
export type Section =
  | "posts"
  | "media"
  | "sessions"
  | "tokens"
  | "activity"
  | "metrics"
  | "security"
  | "settings"
  | "data"

/** Properties of an owner's page. */
export interface AdminLayoutProps {
  readonly site: Site
  readonly title: string
  /** The current section in the navigation. */
  readonly section?: Section
  readonly children: ComponentChildren
  /** Addresses of the page's scripts: paths of `scriptAsset`. */
  readonly scripts?: ReadonlyArray<string>
}

const sections: ReadonlyArray<{
  readonly href: string
  readonly section: Section
  readonly icon: keyof typeof icons
}> = [
  { href: "/admin/", section: "posts", icon: "list" },
  { href: "/admin/media", section: "media", icon: "photo" },
  { href: "/admin/tokens", section: "tokens", icon: "key" },
  { href: "/admin/sessions", section: "sessions", icon: "device" },
  { href: "/admin/activity", section: "activity", icon: "pulse" },
  { href: "/admin/metrics-dashboard", section: "metrics", icon: "chart" },
  { href: "/admin/security", section: "security", icon: "shield" },
  { href: "/admin/settings", section: "settings", icon: "sliders" },
  { href: "/admin/data", section: "data", icon: "archive" }
]

/** The layout of the owner's pages, with navigation. */
export const AdminLayout = ({ children, section, ...page }: AdminLayoutProps): JSX.Element => (
  <OwnerDocument {...page} navigation={<Navigation section={section} site={page.site} />}>
    {children}
  </OwnerDocument>
)

/** A document for the owner only: not indexed, without feeds and endpoints in its head. */
export const OwnerDocument = ({
  children,
  navigation,
  scripts = [],
  site,
  title
}: Omit<AdminLayoutProps, "section"> & { readonly navigation?: ComponentChildren }): JSX.Element => (
  <html {...documentLanguage(interfaceLanguage(site.language))}>
    <head>
      <meta charset="utf-8" />
      <title>{`${title} · ${site.name}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <link rel="stylesheet" href={ownerStylesheet.path} />
      <link rel="icon" type="image/svg+xml" href={faviconPath} />
      {scripts.map((path) => (
        <script key={path} src={path} defer />
      ))}
    </head>
    <body class={navigation === undefined ? "solo" : "shell"}>
      <a class="skip" href="#main">
        {texts.theme.frame.skip}
      </a>
      {navigation ?? (
        <header>
          <Brand site={site} />
        </header>
      )}
      <main id="main">{children}</main>
    </body>
  </html>
)

const Brand = ({ site }: { readonly site: Site }): JSX.Element => (
  <a class="brand" href="/">
    {Option.match(site.photo, {
      onNone: () => <Star />,
      onSome: ({ url }) => <img src={url} width={28} height={28} alt="" />
    })}
    <span dir="auto">{site.name}</span>
  </a>
)

/** On small screens the links are behind a button, which needs no script; browsers without popovers show them. */
const Navigation = ({
  section: current,
  site
}: {
  readonly section: Section | undefined
  readonly site: Site
}): JSX.Element => (
  <>
    <header class="bar">
      <Brand site={site} />
      <button class="btn only-small" type="button" popovertarget="nav">
        <Icon name="menu" />
        {texts.admin.menu}
      </button>
      <a class="btn primary" href="/admin/new">
        <Icon name="edit" />
        {texts.admin.write}
      </a>
    </header>
    <nav class="side" id="nav" popover="auto" aria-label={texts.admin.navigation}>
      <ul>
        {sections.map(({ href, icon, section }) => (
          <li key={href}>
            <a href={href} {...(section === current && { "aria-current": "page" })}>
              <Icon name={icon} />
              {texts.admin.sections[section]}
            </a>
          </li>
        ))}
      </ul>
      <ul>
        <li>
          <a href="/">
            <Icon name="globe" />
            {texts.admin.viewSite}
          </a>
        </li>
        <li>
          <form method="post" action="/auth/logout">
            <button type="submit">
              <Icon name="leave" />
              {texts.admin.logout}
            </button>
          </form>
        </li>
      </ul>
    </nav>
  </>
)

/** Options of an owner's response. */
export interface AdminResponseOptions {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** CSP sources to which the page's forms may lead besides the site itself, redirects included. */
  readonly formTargets?: ReadonlyArray<string>
  /** The site, if the page shows another page of it in a frame. */
  readonly framed?: Site | undefined
}

/**
 * Responds with an owner's page: not cached, and under the owner's content security policy, which allows the site's own
 * scripts. Links to other sites send no referrer; forms still send their origin.
 */
export const adminResponse = (
  document: VNode,
  { formTargets = [], framed, headers, ...options }: AdminResponseOptions = {}
): HttpServerResponse.HttpServerResponse =>
  pageResponse(document, {
    ...options,
    headers: {
      "cache-control": "no-store",
      // Otherwise the pipeline sets it, because it knows whether the site uses https.
      ...(formTargets.length > 0 && { "content-security-policy": ownerPolicy({ formTargets }) }),
      ...(framed !== undefined && {
        "content-security-policy": ownerPolicy({ hasFrame: true, site: { siteUrl: framed.url } })
      }),
      "referrer-policy": "same-origin",
      ...headers
    }
  })
