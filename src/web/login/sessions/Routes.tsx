import { HttpLayerRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { limitsFrom } from "../../../domain/login/Session.js"
import { ParameterInvalid } from "../../../errors/failure/Http.js"
import { SessionManager } from "../../../services/SessionManager.js"
import { Settings } from "../../../settings/Config.js"
import * as Body from "../../http/Body.js"
import { ownerSession, provenOwner, withoutSession } from "../../http/OwnerSession.js"
import { adminResponse } from "../../theme/AdminPage.js"
import { site as currentSite } from "../../theme/Site.js"
import { SessionsPage } from "./SessionsPage.js"

const list = "/admin/sessions"

/** How many were just ended, as the redirect to the list says; nothing where it says nothing sensible. */
const endedParameter = Effect.map(HttpServerRequest.ParsedSearchParams, ({ ended }) =>
  typeof ended === "string" && /^\d{1,6}$/.test(ended) ? Number(ended) : undefined
)

/** The owner's sessions: seen, one ended, all others, or all. */
export const routes = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    const settings = yield* Settings
    const site = yield* currentSite
    const limits = limitsFrom(settings.session)
    const owner = ownerSession(sessions)
    const proven = provenOwner(sessions)

    const seeOther = (address: string) =>
      HttpServerResponse.redirect(address, { status: 303, headers: { "cache-control": "no-store" } })
    const toList = (ended: number) => seeOther(`${list}?ended=${ended}`)
    const loggedOut = withoutSession(seeOther("/auth/login"), settings)

    const show = Effect.gen(function* () {
      const current = yield* owner
      const ended = yield* endedParameter
      const all = yield* sessions.list
      return adminResponse(
        <SessionsPage
          site={site}
          current={current}
          sessions={all}
          limits={limits}
          {...(ended === undefined ? {} : { ended })}
        />
      )
    })

    const end = Effect.gen(function* () {
      const current = yield* owner
      const id = (yield* Body.form({ maxBytes: 4096 })).get("id")?.[0]
      if (id === undefined) return yield* new ParameterInvalid({ name: "id", expected: "the id of a session" })
      // Whoever borrows a session may end it, and no other.
      if (id !== current.id) yield* proven
      const ended = yield* sessions.end(id)
      return id === current.id ? loggedOut : toList(ended ? 1 : 0)
    })

    yield* router.add("GET", list, show)
    yield* router.add("POST", `${list}/end`, end)
    yield* router.add(
      "POST",
      `${list}/end-others`,
      Effect.flatMap(proven, ({ id }) => Effect.map(sessions.endOthers(id), toList))
    )
    yield* router.add("POST", `${list}/end-all`, Effect.zipRight(proven, Effect.as(sessions.endAll, loggedOut)))
  })
)
