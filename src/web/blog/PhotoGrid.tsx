import type { JSX } from "preact"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import { type EntryView, entryView } from "../theme/EntryView.js"
import type { Site } from "../theme/Site.js"
import { byMonth } from "./MonthGroups.js"
import { monthNames } from "./MonthNames.js"
import { lineOf } from "./PostLines.js"

/** Number of pictures on one page of the grid. */
export const photosOnPage = 60

/** Pictures that the first screen may show, and that are not loaded lazily. */
const atOnce = 4

/** The first picture of each post, by month. Each leads to its post. */
export const PhotoGrid = ({
  posts,
  site
}: {
  readonly posts: ReadonlyArray<ListedPost>
  readonly site: Site
}): JSX.Element => {
  const names = monthNames(site.language)
  const early = new Set(posts.slice(0, atOnce).map(({ id }) => id))
  return (
    <>
      {byMonth(posts, site).map(({ key, posts, ...month }) => (
        <section class="month" key={key} aria-labelledby={`m${key}`}>
          <h2 id={`m${key}`}>{names.month(month)}</h2>
          <ul class="photos">
            {posts.map((post) => (
              <Photo key={post.id} post={post} site={site} isAtOnce={early.has(post.id)} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

/** How many cells a picture takes: a wide one two beside each other, a tall one two below each other. */
const formOf = ({ photos: [photo] }: EntryView): string => {
  if (photo?.size === undefined) return ""
  const ratio = photo.size.width / photo.size.height
  return ratio >= 1.6 ? " wider" : ratio <= 0.8 ? " taller" : ""
}

const Photo = ({
  isAtOnce,
  post,
  site
}: {
  readonly post: ListedPost
  readonly site: Site
  readonly isAtOnce: boolean
}): JSX.Element | null => {
  const entry = entryView(post, site)
  const [photo] = entry.photos
  if (photo === undefined) return null
  const { renderings, size, url } = photo
  const name = photo.alt || lineOf(post, site)
  return (
    <li class={`h-entry${formOf(entry)}`}>
      <a class="u-url" href={entry.path}>
        <img
          class="u-photo"
          src={renderings.at(1)?.url ?? url}
          alt={name}
          {...size}
          {...(size !== undefined &&
            renderings.length > 0 && {
              srcset: [...renderings, { url, width: size.width }].map((one) => `${one.url} ${one.width}w`).join(", "),
              sizes: "(min-width: 64rem) 20rem, 50vw"
            })}
          {...(isAtOnce ? {} : { loading: "lazy" as const })}
          decoding="async"
        />
      </a>
    </li>
  )
}
