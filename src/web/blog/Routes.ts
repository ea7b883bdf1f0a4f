import { Layer } from "effect"
import { home } from "./Home.js"
import { permalink } from "./Permalink.js"
import { robots } from "./Robots.js"
import { tagPage } from "./TagPage.js"

/** Public pages of the blog: home page, permalinks, tag pages. */
export const routes = Layer.mergeAll(home, permalink, tagPage, robots)
