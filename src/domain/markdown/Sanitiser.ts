import sanitizeHtml from "sanitize-html"
import { withCells } from "./Tables.js"

/** What is left of something that is framed or played from elsewhere: the way there. */
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

/** The page of a video, by the address under which it is framed. */
const watched = (url: string): string => {
  const { hostname, pathname } = new URL(url)
  const id = /^\/(?:embed|v)\/(?<id>[\w-]{6,20})\/?$/.exec(pathname)?.groups?.id
  if (/(?:^|\.)youtube(?:-nocookie)?\.com$/.test(hostname) && id !== undefined && id !== "videoseries")
    return `https://www.youtube.com/watch?v=${id}`
  const film = /^\/video\/(?<id>\d+)/.exec(pathname)?.groups?.id
  return hostname === "player.vimeo.com" && film !== undefined ? `https://vimeo.com/${film}` : url
}

/** `src` of a script that shows something: of a gist, the page that has it. */
const scripted = (src: string | undefined): string | undefined =>
  src !== undefined && /^(?:https?:)?\/\/gist\.github\.com\/[\w./-]+\.js(?:\?|$)/i.test(src)
    ? src.replace(/\.js(?=\?|$).*$/i, "")
    : undefined

/** Attributes whose addresses leave the scheme to the page (`//host/…`) with the one that every site has today. */
const withScheme = (attribs: sanitizeHtml.Attributes): sanitizeHtml.Attributes =>
  Object.fromEntries(
    Object.entries(attribs).map(([name, value]) =>
      /^(?:href|src|cite|poster)$/.test(name) && /^\s*\/\/[^/\s\\]/.test(value)
        ? [name, `https:${value.trim()}`]
        : [name, value]
    )
  )

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
  // The text of options, text areas and examples is shown as a list and as it was written, below.
  nonTextTags: ["script", "style"],
  nestingLimit: 50,
  transformTags: {
    "*": (tagName, attribs) => ({ tagName, attribs: withScheme(attribs) }),
    audio: (tagName, attribs) => ({ tagName, attribs: { ...withScheme(attribs), controls: "" } }),
    video: (tagName, attribs) => ({ tagName, attribs: { ...withScheme(attribs), controls: "" } }),
    // A picture that nobody described is left out by screen readers, which would read its address otherwise.
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
 * HTML that is safe to put into a page or a feed: nothing in it runs, is styled, is framed, or has an address other than
 * http, https, mailto, tel or a place on this site. Of what is framed the address is left, as a link. Text that its markup would hide
 * or move stays readable where it stands: of form fields, and between the cells of tables.
 */
export const safeHtml = (html: string): string => withCells(sanitizeHtml(html, options))
