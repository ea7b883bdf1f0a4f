/** Escapes a text for HTML attributes and content. */
export const escapedHtml = (text: string): string =>
  text
    .replace(/&(?!#?\w+;)/g, "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")

/** An address as the destination of a Markdown link. */
export const destination = (address: string): string =>
  /^[^\s<>()]+$/.test(address) ? address : `<${address.replace(/[<>\n]/g, encodeURIComponent)}>`

const label = (text: string): string => text.replace(/[[\]\\]/g, "\\$&").replace(/\s+/g, " ")

/** A link in Markdown. */
export const markdownLink = (text: string, address: string): string => `[${label(text)}](${destination(address)})`

/** A link in HTML. */
export const htmlLink = (text: string, address: string): string =>
  `<a href="${escapedHtml(address)}">${escapedHtml(text)}</a>`

/** An image with its description. */
export interface Figure {
  readonly src: string
  readonly alt?: string | undefined
  readonly caption?: string | undefined
  readonly link?: string | undefined
  readonly width?: string | undefined
  readonly height?: string | undefined
}

/** An image in HTML, in a `figure` if it has a caption. */
export const htmlFigure = ({ alt, caption, height, link, src, width }: Figure): string => {
  const size = [
    ["width", width],
    ["height", height]
  ].flatMap(([name, value]) => (value !== undefined && /^\d+$/.test(value) ? [` ${name}="${value}"`] : []))
  const image = `<img src="${escapedHtml(src)}" alt="${escapedHtml(alt ?? "")}"${size.join("")}>`
  const linked = link === undefined ? image : `<a href="${escapedHtml(link)}">${image}</a>`
  return caption === undefined ? linked : `<figure>${linked}<figcaption>${caption}</figcaption></figure>`
}

/** Code as a fenced block whose fence is longer than any in the code. */
export const fenced = (code: string, language = ""): string => {
  const longest = (code.match(/`{3,}/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2)
  const fence = "`".repeat(longest + 1)
  return `${fence}${language}\n${code.replace(/^(?:[ \t]*\n)+/, "").trimEnd()}\n${fence}`
}

/** Code in HTML. */
export const htmlCode = (code: string, language = ""): string =>
  `<pre><code${language === "" ? "" : ` class="language-${escapedHtml(language)}"`}>${code
    .replace(/^(?:[ \t]*\n)+/, "")
    .trimEnd()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")}</code></pre>`

/** Hides a source in an HTML comment that its content cannot close. */
export const hidden = (source: string): string => `<!-- ${source.replaceAll("--", "- -").replaceAll(">", "&gt;")} -->`

/** Services for whose content the id determines the address of a page. */
const services: Readonly<Record<string, { readonly name: string; readonly page: (id: string) => string }>> = {
  youtube: { name: "Video on YouTube", page: (id) => `https://www.youtube.com/watch?v=${encodeURIComponent(id)}` },
  vimeo: { name: "Video on Vimeo", page: (id) => `https://vimeo.com/${encodeURIComponent(id)}` },
  bilibili: { name: "Video on Bilibili", page: (id) => `https://www.bilibili.com/video/${encodeURIComponent(id)}` },
  streamable: { name: "Video on Streamable", page: (id) => `https://streamable.com/${encodeURIComponent(id)}` },
  instagram: { name: "Post on Instagram", page: (id) => `https://www.instagram.com/p/${encodeURIComponent(id)}/` },
  twitter: { name: "Post on Twitter", page: (id) => `https://twitter.com/i/status/${encodeURIComponent(id)}` },
  gist: { name: "Gist", page: (id) => `https://gist.github.com/${id.split("/").map(encodeURIComponent).join("/")}` },
  codepen: { name: "CodePen", page: (id) => `https://codepen.io/${id.split("/").map(encodeURIComponent).join("/")}` },
  asciinema: { name: "Recording on asciinema", page: (id) => `https://asciinema.org/a/${encodeURIComponent(id)}` },
  slideshare: {
    name: "Slides",
    page: (id) => `https://www.slideshare.net/slideshow/embed_code/${encodeURIComponent(id)}`
  },
  scribd: { name: "Document on Scribd", page: (id) => `https://www.scribd.com/doc/${encodeURIComponent(id)}` },
  speakerdeck: { name: "Slides", page: (id) => `https://speakerdeck.com/player/${encodeURIComponent(id)}` }
}

const aliases: Readonly<Record<string, string>> = {
  tweet: "twitter",
  x: "twitter",
  yt: "youtube",
  "youtube-lite": "youtube",
  youtubelite: "youtube",
  youtubeembed: "youtube",
  ytvideo: "youtube"
}

/** The page of embedded content of a service, and its link text; `undefined` for unknown services. */
export const embedded = (
  service: string,
  id: string | undefined
): { readonly name: string; readonly url: string } | undefined => {
  const key = aliases[service] ?? service
  const known = Object.hasOwn(services, key) ? services[key] : undefined
  if (known === undefined || id === undefined || id === "") return undefined
  if (/^https?:\/\//i.test(id)) return URL.canParse(id) ? { name: known.name, url: id } : undefined
  return /^[\w@./-]{1,100}$/.test(id) ? { name: known.name, url: known.page(id) } : undefined
}
