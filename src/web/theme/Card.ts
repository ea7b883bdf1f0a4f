import { Option } from "effect"
import type { Post } from "../../domain/posts/Post.js"
import { beginningOf } from "../../domain/posts/Shown.js"
import { cardSize, drawable, type PreviewCard } from "../../domain/site/PreviewCard.js"
import { captionOf, type EntryView } from "./EntryView.js"
import { fingerprint } from "./NamedAsset.js"
import type { Site } from "./Site.js"
import type { PreviewImage } from "./Social.js"
import { cardColours } from "./Stylesheet.js"

/** The preview card of a post, and its address, which changes with the card. */
export interface PostCard {
  readonly path: `/${string}`
  readonly card: PreviewCard
}

/** Characters of a text without a title that a card shows. */
const shown = 140

/** The card of a post: its title, or the beginning of its text. None for a text in letters that cards cannot show. */
export const cardOf = (post: Post, entry: EntryView, { look, name }: Site): Option.Option<PostCard> => {
  const heading = drawable(captionOf(entry) ?? beginningOf(post, shown))
  const site = drawable(name)
  if (heading === undefined || site === undefined) return Option.none()
  const card = { heading, site, colours: cardColours(look) }
  return Option.some({ path: `/cards/${post.slug}.${fingerprint(JSON.stringify(card))}.png`, card })
}

/** The card as the picture of a link preview. */
export const cardImage = ({ card, path }: PostCard, { home }: Site): PreviewImage => ({
  url: new URL(path, home).href,
  alt: card.heading,
  size: cardSize
})
