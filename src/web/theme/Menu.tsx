import type { JSX } from "preact"
import { kindPaths } from "../../domain/posts/KindList.js"
import { texts } from "../../texts/Texts.js"
import type { Site } from "./Site.js"

/** Number of kinds in the default menu. */
const mostKinds = 4

/** The owner's menu, or else the most common kinds that have posts, and the archive. */
const menuOf = ({ kinds, menu }: Pick<Site, "kinds" | "menu">): Site["menu"] => {
  if (menu.length > 0) return menu
  if (kinds.length === 0) return []
  return [
    ...kinds.slice(0, mostKinds).map((kind) => ({ label: texts.theme.kindLists[kind], href: kindPaths[kind] })),
    { label: texts.theme.frame.archive, href: "/archive" }
  ]
}

/** The site's menu, with search at its end. `current` is the path of the page, `section` that of the list it belongs to. */
export const SiteMenu = ({
  current,
  section,
  site
}: {
  readonly current: string | undefined
  readonly section: string | undefined
  readonly site: Site
}): JSX.Element | null => {
  const items = [...menuOf(site), ...(site.searchEnabled ? [{ label: texts.theme.frame.search, href: "/search" }] : [])]
  return items.length === 0 ? null : (
    <nav aria-label={texts.theme.frame.menu}>
      <ul class="menu">
        {items.map(({ href, label }) => (
          <li key={`${label} ${href}`}>
            <a href={href} {...currentOf(href, current, section)} dir="auto">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** What a screen reader hears of the item of the page, or of the page's section. */
const currentOf = (href: string, current: string | undefined, section: string | undefined) => {
  if (href === current) return { "aria-current": "page" as const }
  return href === section ? { "aria-current": "true" as const } : {}
}
