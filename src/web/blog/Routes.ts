import { Layer } from "effect"
import { archive } from "./Archive.js"
import { home } from "./Home.js"
import { kindPages } from "./KindPage.js"
import { onThisDay } from "./OnThisDay.js"
import { permalink } from "./Permalink.js"
import { previewCard } from "./PreviewCard.js"
import { robots } from "./Robots.js"
import { sitemap } from "./Sitemap.js"
import { sitePage } from "./SitePage.js"
import { tagPage } from "./TagPage.js"

/** Public pages of the blog: home page, permalinks, pages, tag pages, lists by kind, archive. */
export const routes = Layer.mergeAll(
  home,
  permalink,
  tagPage,
  kindPages,
  archive,
  onThisDay,
  sitePage,
  sitemap,
  robots,
  previewCard
)
