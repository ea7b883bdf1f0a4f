import type { HttpServerResponse } from "@effect/platform"
import type { ComponentChildren, JSX, VNode } from "preact"
import { ownerPolicy } from "./ContentSecurityPolicy.js"
import { faviconPath } from "./Favicon.js"
import { Star } from "./Layout.js"
import { ownerStylesheet } from "./OwnerStylesheet.js"
import { pageResponse } from "./Page.js"
import type { Site } from "./Site.js"
import { stylesheet } from "./Stylesheet.js"

/** Sections of the owner's pages. */
export type Section = "posts" | "sessions" | "tokens" | "activity" | "metrics" | "security" | "settings"

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

const sections: ReadonlyArray<{ readonly href: string; readonly label: string; readonly section?: Section }> = [
  { href: "/admin/", label: "Posts", section: "posts" },
  { href: "/admin/new", label: "New" },
  { href: "/admin/tokens", label: "Tokens", section: "tokens" },
  { href: "/admin/sessions", label: "Sessions", section: "sessions" },
  { href: "/admin/activity", label: "Activity", section: "activity" },
  { href: "/admin/metrics-dashboard", label: "Metrics", section: "metrics" },
  { href: "/admin/security", label: "Security", section: "security" },
  { href: "/admin/settings", label: "Settings", section: "settings" }
]

/** The layout of the owner's pages, with navigation. */
export const AdminLayout = ({ children, section, ...page }: AdminLayoutProps): JSX.Element => (
  <OwnerDocument {...page} navigation={<Navigation section={section} />}>
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
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>{`${title} · ${site.name}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <link rel="stylesheet" href={stylesheet.path} />
      <link rel="stylesheet" href={ownerStylesheet.path} />
      <link rel="icon" type="image/svg+xml" href={faviconPath} />
      {scripts.map((path) => (
        <script key={path} src={path} defer />
      ))}
    </head>
    <body>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <header class="site-header">
        <a class="site-name" href="/">
          <Star />
          <span dir="auto">{site.name}</span>
        </a>
      </header>
      {navigation}
      <main id="main">{children}</main>
    </body>
  </html>
)

const Navigation = ({ section: current }: { readonly section: Section | undefined }): JSX.Element => (
  <nav class="owner-nav" aria-label="Your site">
    <ul>
      {sections.map(({ href, label, section }) => (
        <li key={href}>
          <a href={href} {...(section !== undefined && section === current ? { "aria-current": "page" } : {})}>
            {label}
          </a>
        </li>
      ))}
      <li class="last">
        <form method="post" action="/auth/logout">
          <button type="submit" class="link-button">
            Log out
          </button>
        </form>
      </li>
    </ul>
  </nav>
)

/** Options of an owner's response. */
export interface AdminResponseOptions {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** CSP sources to which the page's forms may lead besides the site itself, redirects included. */
  readonly formTargets?: ReadonlyArray<string>
}

/**
 * Responds with an owner's page: not cached, and under the owner's content security policy, which allows the site's own
 * scripts. Links to other sites send no referrer; forms still send their origin.
 */
export const adminResponse = (
  document: VNode,
  { formTargets = [], headers, ...options }: AdminResponseOptions = {}
): HttpServerResponse.HttpServerResponse =>
  pageResponse(document, {
    ...options,
    headers: {
      "cache-control": "no-store",
      // Otherwise the pipeline sets it, because it knows whether the site uses https.
      ...(formTargets.length > 0 && { "content-security-policy": ownerPolicy({ formTargets }) }),
      "referrer-policy": "same-origin",
      ...headers
    }
  })
