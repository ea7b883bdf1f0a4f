import { Option } from "effect"
import type { ComponentChildren, JSX } from "preact"
import type { Post } from "../../domain/posts/Post.js"
import { documentLanguage } from "../../texts/Language.js"
import { texts } from "../../texts/Texts.js"
import { customStylesheet } from "./CustomStylesheet.js"
import { discoveryLinks, type KnownProvider } from "./Discovery.js"
import { faviconPath } from "./Favicon.js"
import { manifestPath } from "./ManifestPath.js"
import { SiteMenu } from "./Menu.js"
import { OwnerBar } from "./OwnerBar.js"
import { iconPath } from "./Photo.js"
import type { Site } from "./Site.js"
import type { Social } from "./Social.js"
import { SocialMeta } from "./SocialMeta.js"
import { colorScheme, firstFont, lookStylesheet, pageStylesheet } from "./Stylesheet.js"

/** Properties of a page. Rendering escapes all texts; addresses that leave the page are absolute. */
export interface LayoutProps {
  readonly site: Site
  /** Title of the page, to which the site's name is added. Absent on the home page. */
  readonly title?: string
  /** For search engines and link previews; the site's own description when absent. */
  readonly description?: string
  /** The canonical absolute address of the content. A page without one is not indexed. */
  readonly canonical?: string
  /** The path of a page without a canonical address, for the menu. */
  readonly path?: string
  /** The path of the list that the page belongs to, for the menu: `/articles` of an article. */
  readonly section?: string
  /** Whether the page is only for visitors with its address: it is not indexed although it has a canonical address. */
  readonly isUnlisted?: boolean
  /** Absolute addresses of the neighbouring pages, newest first. */
  readonly newer?: string
  readonly older?: string
  /** Feeds of the listed posts, announced before those of the site: their title, and the path before `/feed.rss`. */
  readonly feeds?: ReadonlyArray<{ readonly title: string; readonly path: string }>
  /** The subject of the page, for link previews and search engines, if it is not a list. */
  readonly social?: Social
  /** Endpoints of the owner's external provider; only on the home page, where apps look. */
  readonly provider?: KnownProvider
  /** Whether the page is a list of posts only, which needs less CSS than others. */
  readonly isList?: boolean
  /** The post that the page shows, which its owner can edit. */
  readonly post?: Pick<Post, "id">
  /** `grid` for pages of pictures, which are wider than text. */
  readonly width?: "grid"
  readonly children: ComponentChildren
}

/** Head, header, main and footer around a page's content. */
export const Layout = (props: LayoutProps): JSX.Element => {
  const { children, site, width } = props
  return (
    <html {...documentLanguage(site.language)}>
      <Head {...props} />
      <body>
        <a class="skip" href="#main">
          {texts.theme.frame.skip}
        </a>
        {site.isForOwner && <OwnerBar post={props.post} drafts={site.drafts} />}
        <header class="col top">
          <a class="brand" href="/" rel="home">
            {Option.match(site.photo, {
              onNone: () => <Star />,
              onSome: ({ url }) => <img src={url} width={32} height={32} alt="" />
            })}
            <span dir="auto">{site.name}</span>
          </a>
          <SiteMenu site={site} current={currentPath(props)} section={props.section} />
        </header>
        <main id="main" {...(width !== undefined && { class: width })}>
          {children}
        </main>
        <Footer site={site} />
      </body>
    </html>
  )
}

/** The path of the page, if its address is the site's. */
const currentPath = ({ canonical, path, site }: LayoutProps): string | undefined =>
  canonical?.startsWith(site.home) ? canonical.slice(site.url.length).replace(/[?#].*$/, "") : path

const Head = ({
  canonical,
  description,
  feeds = [],
  isList = false,
  isUnlisted = false,
  newer,
  older,
  provider,
  site,
  social,
  title
}: LayoutProps): JSX.Element => {
  const { look } = site
  const custom = customStylesheet(site)
  const about = description ?? site.description
  const heading = title ?? site.name
  return (
    <head>
      <meta charset="utf-8" />
      <title>{title === undefined ? site.name : `${title} · ${site.name}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content={colorScheme(look)} />
      <meta name="generator" content="StarPunk" />
      {about !== "" && <meta name="description" content={about} />}
      {(canonical === undefined || isUnlisted) && <meta name="robots" content="noindex" />}
      {canonical !== undefined && (
        <>
          <link rel="canonical" href={canonical} />
          <SocialMeta site={site} canonical={canonical} title={heading} description={about} social={social} />
        </>
      )}
      {newer !== undefined && <link rel="prev" href={newer} />}
      {older !== undefined && <link rel="next" href={older} />}
      <link rel="preload" as="font" type="font/woff2" href={firstFont(look)} crossorigin="anonymous" />
      <link rel="stylesheet" href={lookStylesheet(look).path} />
      {(!isList || site.isForOwner) && <link rel="stylesheet" href={pageStylesheet.path} />}
      {Option.isSome(custom) && <link rel="stylesheet" href={custom.value.path} />}
      <link rel="icon" type="image/svg+xml" href={faviconPath} />
      <link rel="manifest" href={manifestPath} />
      {Option.isSome(site.photo) && <link rel="apple-touch-icon" href={iconPath} />}
      {feeds.map((each) => (
        <FeedLinks key={each.path} {...each} site={site} />
      ))}
      <FeedLinks path="" title={site.name} site={site} />
      <link rel="alternate" type="text/x-opml" title={`${site.name} (OPML)`} href={`${site.url}/opml.xml`} />
      {discoveryLinks(site, provider).map((link) => (
        <link key={link.rel} {...link} />
      ))}
      {Option.isSome(site.me) && <link rel="me" href={site.me.value} />}
      {site.links.map(({ url }) => (
        <link key={url} rel="me" href={url} />
      ))}
    </head>
  )
}

/** Formats of feeds: media type, extension and name. */
const feedFormats = [
  ["application/rss+xml", "rss", "RSS"],
  ["application/atom+xml", "atom", "Atom"],
  ["application/feed+json", "json", "JSON"]
] as const

const FeedLinks = ({ path, site, title }: { readonly path: string; readonly site: Site; readonly title: string }) => (
  <>
    {feedFormats.map(([type, extension, name]) => (
      <link
        key={extension}
        rel="alternate"
        type={type}
        title={`${title} (${name})`}
        href={`${site.url}${path}/feed.${extension}`}
      />
    ))}
  </>
)

const Footer = ({ site }: { readonly site: Site }): JSX.Element => (
  <footer class="col foot">
    {site.footerHtml !== "" && (
      <div class="foot-text" dir="auto" dangerouslySetInnerHTML={{ __html: site.footerHtml }} />
    )}
    <p class="h-card">
      <Profile site={site} />
      <a class="p-name u-url u-uid" rel="me" href={site.home} dir="auto">
        {site.author}
      </a>
      {Option.isSome(site.me) && (
        <>
          {" "}
          <a class="u-url" rel="me" href={site.me.value}>
            {shortAddress(site.me.value)}
          </a>
        </>
      )}
      {site.links.map(({ label, url }) => (
        <span key={url}>
          {" "}
          <a class="u-url" rel="me" href={url} dir="auto">
            {label === "" ? shortAddress(url) : label}
          </a>
        </span>
      ))}
    </p>
    <ul>
      <li>
        <a href="/feed">{texts.theme.frame.subscribe}</a>
      </li>
    </ul>
  </footer>
)

/** An address as it is shown: without scheme and final slash. */
const shortAddress = (url: string): string => url.replace(/^https?:\/\/|\/$/g, "")

/** Hidden parts of an h-card: the photo, the bio, and the e-mail address. */
export const Profile = ({ site: { bio, email, photo } }: { readonly site: Site }): JSX.Element => (
  <>
    {Option.isSome(photo) && <data class="u-photo" value={photo.value.url} />}
    {bio !== "" && <data class="p-note" value={bio} />}
    {Option.isSome(email) && <data class="u-email" value={`mailto:${email.value}`} />}
  </>
)

/** The site's logo. Decorative, because the name is beside it. */
export const Star = (): JSX.Element => (
  <svg class="star" viewBox="0 0 32 32" width="24" height="24" aria-hidden="true" focusable="false">
    <path d="M16 1l3.2 10.4L29.4 8.2 22.6 16l6.8 7.8-10.2-3.2L16 31l-3.2-10.4L2.6 23.8 9.4 16 2.6 8.2l10.2 3.2z" />
  </svg>
)
