import { monthOf } from "../../domain/posts/CalendarMonth.js"
import type { ListedPost } from "../../domain/posts/ListedPost.js"
import type { Site } from "../theme/Site.js"

/** The posts of one month, as a list has them one after another. */
export interface MonthGroup {
  /** `2026-11`; different from those of the list's other groups. */
  readonly key: string
  readonly year: number
  readonly month: number
  readonly posts: ReadonlyArray<ListedPost>
}

/** Groups posts, ordered by time, by their month in the site's time zone. */
export const byMonth = (posts: ReadonlyArray<ListedPost>, { zone }: Pick<Site, "zone">): ReadonlyArray<MonthGroup> => {
  const groups: Array<MonthGroup & { readonly posts: Array<ListedPost> }> = []
  for (const post of posts) {
    const { month, year } = monthOf(post.publishedAt, zone)
    const key = `${year}-${month}`
    const last = groups.at(-1)
    if (last?.key === key) last.posts.push(post)
    else groups.push({ key, year, month, posts: [post] })
  }
  return groups
}
