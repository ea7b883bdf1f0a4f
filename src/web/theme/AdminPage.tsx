import type { HttpServerResponse } from "@effect/platform"
import type { ComponentChildren, JSX, VNode } from "preact"
import { ownerPolicy } from "./ContentSecurityPolicy.js"
import { faviconPath } from "./Favicon.js"
import { Star } from "./Layout.js"
import { ownerStylesheet } from "./OwnerStylesheet.js"
import { pageResponse } from "./Page.js"
import type { Site } from "./Site.js"
import { stylesheet } from "./Stylesheet.js"

/** The parts of the owner's side of the site. */
export type Section = "posts" | "sessions" | "tokens" | "activity" | "metrics" | "security"

/** A page that only the owner sees. */
export interface AdminLayoutProps {
  readonly site: Site
  readonly title: string
  /** Marked in the navigation as where the owner is. */
  readonly section?: Section
  readonly children: ComponentChildren
  /** Addresses of the scripts that the page loads: paths of `scriptAsset`. */
  readonly scripts?: ReadonlyArray<string>
}

const sections: ReadonlyArray<{ readonly href: string; readonly label: string; readonly section?: Section }> = [
  { href: "/admin/", label: "Posts", section: "posts" },
  { href: "/admin/new", label: "New" },
  { href: "/admin/tokens", label: "Tokens", section: "tokens" },
  { href: "/admin/sessions", label: "Sessions", section: "sessions" },
  { href: "/admin/activity", label: "Activity", section: "activity" },
  { href: "/admin/metrics-dashboard", label: "Metrics", section: "metrics" },
  { href: "/admin/security", label: "Security", section: "security" }
]

/** The document around the owner's pages, with the way to all the others. */
export const AdminLayout = ({ children, section, ...page }: AdminLayoutProps): JSX.Element => (
  <OwnerDocument {...page} navigation={<Navigation section={section} />}>
    {children}
  </OwnerDocument>
)

/** A document with the theme's head, for the owner alone: never indexed, without feeds and endpoints in its head. */
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

/** How an owner's page is answered. */
export interface AdminResponseOptions {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Where the page's forms may lead besides the site itself, redirects included, as CSP source expressions. */
  readonly formTargets?: ReadonlyArray<string>
}

/**
 * An owner's page as a response: kept by no cache, and under the owner's content security policy, which lets it load the
 * site's own scripts. Whoever follows a link from it takes no address of it along; forms still say their origin.
 */
export const adminResponse = (
  document: VNode,
  { formTargets = [], headers, ...options }: AdminResponseOptions = {}
): HttpServerResponse.HttpServerResponse =>
  pageResponse(document, {
    ...options,
    headers: {
      "cache-control": "no-store",
      // Otherwise the pipeline says it, which knows whether the site is on https.
      ...(formTargets.length > 0 && { "content-security-policy": ownerPolicy({ formTargets }) }),
      "referrer-policy": "same-origin",
      ...headers
    }
  })
