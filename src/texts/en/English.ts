import { blog } from "./Blog.js"
import { data } from "./Data.js"
import { editor } from "./Editor.js"
import { feeds } from "./Feeds.js"
import { settings } from "./Settings.js"
import { share } from "./Share.js"
import { theme } from "./Theme.js"

/** The English texts: the shape of every language. */
export const english = { blog, data, editor, feeds, settings, share, theme }
