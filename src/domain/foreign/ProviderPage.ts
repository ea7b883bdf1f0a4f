import { Parser } from "htmlparser2"
import { absolute, firstLinks, type Link, type ProviderLinks, relsOf } from "../indieauth/ProviderLinks.js"
import { shallow } from "../ShallowPage.js"

/** Maximum number of characters of a profile page that are read. */
const longestPage = 1_048_576

/**
 * Finds the endpoints in the `link` elements of an HTML page, not in its `a` elements: visitors can leave those in comments.
 * Reads at most 1,048,576 characters, and stops where elements are nested more than 100 deep (see `shallow`). `url` is the
 * base of relative addresses unless the page names another one.
 */
export const providerPage = (html: string, url: string): ProviderLinks => {
  let base: string | undefined
  const found: Array<{ readonly rel: string; readonly href: string }> = []
  const parser = new Parser({
    onopentag: (name, { href, rel }) => {
      if (href === undefined) return
      if (name === "base") base ??= absolute(href, url)[0]
      if (name === "link" && rel !== undefined) found.push({ rel, href })
    }
  })
  parser.end(shallow(html, longestPage))
  return firstLinks(
    found.flatMap(({ href, rel }) => absolute(href, base ?? url).map((at): Link => ({ rels: relsOf(rel), href: at })))
  )
}
