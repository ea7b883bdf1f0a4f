import sanitizeHtml from "sanitize-html"
import { withCells } from "./Tables.js"

/** Replaces embedded content of another site with a link to it. */
const wayThere = (attribs: sanitizeHtml.Attributes, address: string | undefined): sanitizeHtml.Tag => {
  const url = (address ?? "").trim().replace(/^\/\//, "https://")
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return { tagName: "span", attribs: {} }
  const { hostname } = new URL(url)
  return {
    tagName: "a",
    attribs: { href: watched(url) },
    text: attribs.title?.trim() || hostname.replace(/^www\./, "")
  }
}

/** The page of a video, by the address of its player. */
const watched = (url: string): string => {
  const { hostname, pathname } = new URL(url)
  const id = /^\/(?:embed|v)\/(?<id>[\w-]{6,20})\/?$/.exec(pathname)?.groups?.id
  if (/(?:^|\.)youtube(?:-nocookie)?\.com$/.test(hostname) && id !== undefined && id !== "videoseries")
    return `https://www.youtube.com/watch?v=${id}`
  const film = /^\/video\/(?<id>\d+)/.exec(pathname)?.groups?.id
  return hostname === "player.vimeo.com" && film !== undefined ? `https://vimeo.com/${film}` : url
}

/** The page of a gist that a script would show; `undefined` for other scripts. */
const scripted = (src: string | undefined): string | undefined =>
  src !== undefined && /^(?:https?:)?\/\/gist\.github\.com\/[\w./-]+\.js(?:\?|$)/i.test(src)
    ? src.replace(/\.js(?=\?|$).*$/i, "")
    : undefined

/** Adds https to addresses without a scheme (`//host/…`). */
const withScheme = (attribs: sanitizeHtml.Attributes): sanitizeHtml.Attributes =>
  Object.fromEntries(
    Object.entries(attribs).map(([name, value]) =>
      /^(?:href|src|cite|poster)$/.test(name) && /^\s*\/\/[^/\s\\]/.test(value)
        ? [name, `https:${value.trim()}`]
        : [name, value]
    )
  )

const label = /(?:^|\s)label\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'`=]+))/i

/** Adds the labels of option groups, and of options without text, as text. */
const withLabels = (html: string): string =>
  /<opt(?:group|ion)\s/i.test(html)
    ? html.replace(
        /<(optgroup|option)\s([^<>]{1,2000})>(?!\s{0,99}[^<\s])/gi,
        (tag, name: string, attributes: string) => {
          const [, double, single, bare] = label.exec(attributes) ?? []
          const words = double ?? single ?? bare ?? ""
          if (words === "") return tag
          return name.toLowerCase() === "option" ? `<option>${words}` : `${tag}<option>${words}</option>`
        }
      )
    : html

const options: sanitizeHtml.IOptions = {
  allowedTags: [
    ...["p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "div", "span", "section"],
    ...["ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"],
    ...["a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small"],
    ...["strong", "sub", "sup", "time", "u", "var", "wbr", "ruby", "rt", "rp", "bdi", "bdo", "details", "summary"],
    ...["figure", "figcaption", "img", "picture", "audio", "video", "source"]
  ],
  parseStyleAttributes: false,
  allowedAttributes: {
    "*": ["lang", "dir", "title", "id"],
    a: ["href"],
    blockquote: ["cite"],
    q: ["cite"],
    img: ["src", "alt", "width", "height", "loading"],
    audio: ["src", "controls"],
    video: ["src", "controls", "poster", "width", "height"],
    source: ["src", "type"],
    details: ["open"],
    ol: ["start", "reversed"],
    td: ["colspan", "rowspan"],
    th: ["colspan", "rowspan", "scope"],
    time: ["datetime"]
  },
  allowedClasses: {
    code: ["language-*"],
    span: ["hl-*"],
    p: ["embed", "embed-video", "embed-post"],
    a: ["footnote-backref"],
    sup: ["footnote-ref"],
    section: ["footnotes"],
    li: ["task"],
    td: ["align-left", "align-center", "align-right"],
    th: ["align-left", "align-center", "align-right"]
  },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  allowedSchemesByTag: {
    img: ["http", "https"],
    audio: ["http", "https"],
    video: ["http", "https"],
    source: ["http", "https"]
  },
  allowedSchemesAppliedToAttributes: ["href", "src", "cite", "poster"],
  allowProtocolRelative: false,
  // The text of options, text areas and examples is shown, below.
  nonTextTags: ["script", "style"],
  nestingLimit: 50,
  transformTags: {
    "*": (tagName, attribs) => ({ tagName, attribs: withScheme(attribs) }),
    audio: (tagName, attribs) => ({ tagName, attribs: { ...withScheme(attribs), controls: "" } }),
    video: (tagName, attribs) => ({ tagName, attribs: { ...withScheme(attribs), controls: "" } }),
    // Screen readers skip an image with an empty `alt`; without one they read its address.
    img: (tagName, attribs) => ({
      tagName,
      attribs: { ...withScheme(attribs), ...(attribs.alt === undefined && { alt: "" }) }
    }),
    a: (tagName, attribs) => ({
      tagName,
      attribs: {
        ...withScheme(attribs),
        ...(attribs.id === undefined && attribs.name !== undefined && { id: attribs.name })
      }
    }),
    select: "ul",
    datalist: "ul",
    option: "li",
    textarea: "pre",
    xmp: "pre",
    iframe: (_, attribs) => wayThere(attribs, attribs.src ?? attribs["data-src"]),
    embed: (_, attribs) => wayThere(attribs, attribs.src),
    object: (_, attribs) => wayThere(attribs, attribs.data),
    script: (_, attribs) => {
      const page = scripted(attribs.src)
      return page === undefined ? { tagName: "script", attribs } : wayThere({ title: "Gist" }, page)
    }
  }
}

/**
 * Sanitizes HTML for a page or a feed: no scripts, styles or frames, and only http, https, mailto, tel and addresses on
 * this site. Embedded content becomes a link. Text that markup would hide or move stays readable in its place: in form
 * fields, and between the cells of tables.
 */
export const safeHtml = (html: string): string => withCells(sanitizeHtml(withLabels(html), options))
