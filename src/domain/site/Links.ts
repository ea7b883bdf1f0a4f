import { Schema } from "effect"
import { line } from "./Texts.js"

/** Longest address in a menu or a list of links, in characters. */
const longestAddress = 2_000

const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && /^https?:\/\/[^/?#\\]/i.test(text) && !/[\s\\]/.test(text)

/** An address of another site: http or https. */
const WebAddress = Schema.String.pipe(
  Schema.maxLength(longestAddress),
  Schema.filter(isWebAddress, { message: () => "a web address, such as https://example.com" })
)

/** A path of this site: one slash, then no second one, which would be another host. */
const isOwnPath = (text: string): boolean =>
  /^\/(?![/\\])[^\s\\]*$/.test(text) && URL.canParse(text, "https://a.invalid")

/**
 * Where an item of the menu leads: a path of this site, an http(s) address, or an e-mail address as `mailto:`. Other
 * schemes are refused, because a browser would run `javascript:` and open `data:` as a page of this site.
 */
const MenuAddress = Schema.String.pipe(
  Schema.maxLength(longestAddress),
  Schema.filter((text) => isOwnPath(text) || isWebAddress(text) || /^mailto:[^\s@?]+@[^\s@?]+$/i.test(text), {
    message: () => "a path such as /about, or a web address such as https://example.com"
  })
)

/** A profile of the owner on another site. */
export const ProfileLink = Schema.Struct({ label: line(100), url: WebAddress })

/** An item of the site's menu. */
export const MenuItem = Schema.Struct({ label: line(100).pipe(Schema.minLength(1)), href: MenuAddress })
