import { Layer } from "effect"
import * as Backups from "./background/Backups.js"
import * as ConfigurationWarnings from "./background/ConfigurationWarnings.js"
import * as SessionCleanup from "./background/SessionCleanup.js"
import * as Blog from "./web/blog/Routes.js"
import * as ErrorPages from "./web/errors/Pages.js"
import * as Feeds from "./web/feeds/Routes.js"
import * as Health from "./web/health/Routes.js"
import { serve } from "./web/http/Pipeline.js"
import * as Micropub from "./web/micropub/Routes.js"
import * as Search from "./web/search/Routes.js"
import * as Assets from "./web/theme/Assets.js"

const routes = Layer.mergeAll(
  Blog.routes,
  Feeds.routes,
  Search.routes,
  Micropub.routes,
  Health.routes,
  ErrorPages.routes,
  Assets.routes
)

const background = Layer.mergeAll(Backups.layer, ConfigurationWarnings.layer, SessionCleanup.layer)

/** All of StarPunk that answers or runs by itself: every route and every background loop, what they need still open. */
export const layer = Layer.merge(serve(routes), background)
