/**
 * Resolves addresses in the attributes of sanitised HTML against a page, where `isMeant` says so of the address.
 * Relies on what the sanitiser and the Markdown renderer write: attributes in double quotes, no `<` or `>` inside tags.
 */
export const resolvedLinks = (html: string, page: string, isMeant: (address: string) => boolean): string =>
  html.replace(/<[a-z][^<>]*>/gi, (tag) =>
    tag.replace(/\s(href|src|poster|cite)="([^"]*)"/gi, (attribute, name: string, address: string) =>
      URL.canParse(address) || !isMeant(address) || !URL.canParse(address, page)
        ? attribute
        : ` ${name}="${new URL(address, page).href}"`
    )
  )

/**
 * For a page of the site that shows a post elsewhere than at the post's own address: paths from the root stay, and links
 * within the post, whose ids are on the page too.
 */
export const linksOfPost = (html: string, permalink: string): string =>
  resolvedLinks(html, permalink, (address) => !/^[/#]/.test(address))
