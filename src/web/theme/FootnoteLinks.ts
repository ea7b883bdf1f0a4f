import { texts } from "../../texts/Texts.js"

const backLink = / class="footnote-backref"(?: title="[^"]*")?/g

/** Names the links from footnotes to their places in the text in the language of the page. Renderings have no language. */
export const withBackLinks = (html: string): string =>
  html.includes("footnote-backref")
    ? html.replace(backLink, ` class="footnote-backref" title="${texts.theme.entry.backToText}"`)
    : html
