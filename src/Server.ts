import { Layer } from "effect"
import * as AddressConversion from "./background/AddressConversion.js"
import * as AuthorizationCleanup from "./background/AuthorizationCleanup.js"
import * as Backups from "./background/Backups.js"
import * as CitedPages from "./background/CitedPages.js"
import * as ConfigurationWarnings from "./background/ConfigurationWarnings.js"
import * as MediaUpkeep from "./background/MediaUpkeep.js"
import * as MetricsSampling from "./background/MetricsSampling.js"
import * as PageCacheSize from "./background/PageCacheSize.js"
import * as RenderingRenewal from "./background/RenderingRenewal.js"
import * as SessionCleanup from "./background/SessionCleanup.js"
import * as SetupInvitation from "./background/SetupInvitation.js"
import * as UpdateCheck from "./background/UpdateCheck.js"
import * as ViewStorage from "./background/ViewStorage.js"
import * as Activity from "./web/activity/Routes.js"
import * as Assets from "./web/assets/Routes.js"
import * as Blog from "./web/blog/Routes.js"
import * as Data from "./web/data/Routes.js"
import * as Drafts from "./web/drafts/Routes.js"
import * as Editor from "./web/editor/Routes.js"
import * as ErrorPages from "./web/errors/Pages.js"
import * as Feeds from "./web/feeds/Routes.js"
import * as Health from "./web/health/Routes.js"
import { serve } from "./web/http/Pipeline.js"
import * as Imports from "./web/imports/Routes.js"
import * as IndieAuth from "./web/indieauth/Routes.js"
import * as Tokens from "./web/indieauth/tokens/Routes.js"
import * as Library from "./web/library/Routes.js"
import * as ProviderSignIn from "./web/login/ProviderSignIn.js"
import * as Auth from "./web/login/Routes.js"
import { formKept } from "./web/login/SessionEnded.js"
import * as Security from "./web/login/security/Routes.js"
import * as Sessions from "./web/login/sessions/Routes.js"
import * as Media from "./web/media/Routes.js"
import * as MetricsDashboard from "./web/metrics/Dashboard.js"
import * as Metrics from "./web/metrics/Routes.js"
import * as Micropub from "./web/micropub/Routes.js"
import * as Moved from "./web/moved/Routes.js"
import * as Revisions from "./web/revisions/Routes.js"
import * as Search from "./web/search/Routes.js"
import * as SiteSettings from "./web/settings/Routes.js"
import * as Share from "./web/share/Routes.js"
import * as Views from "./web/views/Routes.js"

const routes = Layer.mergeAll(
  Blog.routes,
  Feeds.routes,
  Search.routes,
  Micropub.routes,
  Media.routes,
  Moved.routes,
  Auth.routes,
  Security.routes,
  Editor.routes,
  Drafts.routes,
  Library.routes,
  Revisions.routes,
  IndieAuth.routes,
  Tokens.routes,
  ProviderSignIn.routes,
  Health.routes,
  Metrics.routes,
  ErrorPages.routes,
  Activity.routes,
  MetricsDashboard.routes,
  Sessions.routes,
  SiteSettings.routes,
  Assets.routes,
  Share.routes,
  Data.routes,
  Imports.routes,
  Views.routes
)

const background = Layer.mergeAll(
  AddressConversion.layer,
  AuthorizationCleanup.layer,
  Backups.layer,
  CitedPages.layer,
  ConfigurationWarnings.layer,
  MediaUpkeep.layer,
  MetricsSampling.layer,
  PageCacheSize.layer,
  RenderingRenewal.layer,
  SessionCleanup.layer,
  SetupInvitation.layer,
  UpdateCheck.layer,
  ViewStorage.layer
)

/** All routes and background loops of StarPunk, as a Layer that still needs their services. */
export const layer = Layer.merge(serve(routes, formKept), background)
