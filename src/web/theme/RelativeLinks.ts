/**
 * Resolves addresses in the attributes of sanitized HTML against a page, if `isMeant` holds for them. Relies on the
 * output of the sanitizer and the Markdown renderer: attributes in double quotes, no `<` or `>` inside tags.
 */
export const resolvedLinks = (html: string, page: string, isMeant: (address: string) => boolean): string => {
  if (!mayBeRelative.test(html)) return html
  const resolved = (address: string): string =>
    absolute.test(address) || !isMeant(address) || URL.canParse(address) || !URL.canParse(address, page)
      ? address
      : new URL(address, page).href
  return html.replace(/<[a-z][^<>]*>/gi, (tag) =>
    tag
      .replace(
        /\s(href|src|poster|cite)="([^"]*)"/gi,
        (_, name: string, address: string) => ` ${name}="${resolved(address)}"`
      )
      .replace(/(?<=\ssrcset=")[^"]*/i, (candidates) =>
        candidates.replace(candidate, (_, start: string, address: string) => `${start}${resolved(address)}`)
      )
  )
}

/** An address in our own `srcset`; those addresses have no commas and no spaces. */
const candidate = /(^|, )([^\s,]+)/g

/** Most addresses start so, and parsing 100,000 of them would hold the event loop for a fifth of a second. */
const absolute = /^https?:\/\//i

const mayBeRelative = /\s(?:href|src|poster|cite)="(?!https?:\/\/)/i

/**
 * Resolves relative links of a post that is shown on another page. Paths from the root stay, and so do links within the
 * post, whose ids are on that page too.
 */
export const linksOfPost = (html: string, permalink: string): string =>
  resolvedLinks(html, permalink, (address) => !/^[/#]/.test(address))
