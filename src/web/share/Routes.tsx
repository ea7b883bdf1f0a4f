import { Effect, Layer } from "effect"
import type { JSX } from "preact"
import { texts } from "../../texts/Texts.js"
import { OwnerAuth } from "../http/OwnerAuth.js"
import { ownerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { AdminLayout, adminResponse } from "../theme/AdminPage.js"
import { type Site, site } from "../theme/Site.js"
import { bookmarklets } from "./Bookmarklets.js"

const SharePage = ({ site }: { readonly site: Site }): JSX.Element => (
  <AdminLayout site={site} title={texts.share.title} section="settings">
    <h1>{texts.share.title}</h1>
    <p class="lead">{texts.share.lead}</p>
    <h2>{texts.share.bookmarklets}</h2>
    <p>{texts.share.drag}</p>
    <p class="actions">
      {bookmarklets(site.url).map(({ href, label }) => (
        <a key={label} class="btn" href={href}>
          {label}
        </a>
      ))}
    </p>
    <h2>{texts.share.phone}</h2>
    <p>{texts.share.install}</p>
    <h2>{texts.share.apps}</h2>
    <p>
      {texts.share.micropub} <code>{site.home}</code>
    </p>
  </AdminLayout>
)

/** The owner's page about posting from other places. */
export const routes = Routes.one(
  ownerPage,
  "GET",
  "/admin/share",
  Effect.map(site, (about) => adminResponse(<SharePage site={about} />))
).pipe(Layer.provide(OwnerAuth))
