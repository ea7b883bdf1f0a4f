import { Effect, Layer } from "effect"
import type { JSX } from "preact"
import { OwnerAuth } from "../http/OwnerAuth.js"
import { ownerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { AdminLayout, adminResponse } from "../theme/AdminPage.js"
import { type Site, site } from "../theme/Site.js"
import { bookmarklets } from "./Bookmarklets.js"
import { shareTexts } from "./Texts.js"

const SharePage = ({ site }: { readonly site: Site }): JSX.Element => (
  <AdminLayout site={site} title={shareTexts.title} section="settings">
    <h1>{shareTexts.title}</h1>
    <p class="lead">{shareTexts.lead}</p>
    <h2>{shareTexts.bookmarklets}</h2>
    <p>{shareTexts.drag}</p>
    <p class="actions">
      {bookmarklets(site.url).map(({ href, label }) => (
        <a key={label} class="btn" href={href}>
          {label}
        </a>
      ))}
    </p>
    <h2>{shareTexts.phone}</h2>
    <p>{shareTexts.install}</p>
    <h2>{shareTexts.apps}</h2>
    <p>
      {shareTexts.micropub} <code>{site.home}</code>
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
