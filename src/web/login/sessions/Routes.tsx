import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Layer } from "effect"
import { limitsFrom } from "../../../domain/login/Session.js"
import { ParameterInvalid } from "../../../errors/Address.js"
import { SessionManager } from "../../../services/SessionManager.js"
import { Settings } from "../../../settings/Config.js"
import * as Body from "../../http/Body.js"
import { OwnerAuth, OwnerSession, ProofAuth, ProvenOwnerSession, requireProof } from "../../http/OwnerAuth.js"
import { ownerForm, ownerPage, provenOwnerPage } from "../../http/RoutePolicy.js"
import { Routes } from "../../http/Routes.js"
import { withoutSession } from "../../http/SessionCookie.js"
import { adminResponse } from "../../theme/AdminPage.js"
import { site as currentSite } from "../../theme/Site.js"
import { SessionsPage } from "./SessionsPage.js"

const list = "/admin/sessions"

/** Number of sessions that were just ended, from the redirect's address; `undefined` if it is not valid. */
const endedParameter = Effect.map(HttpServerRequest.ParsedSearchParams, ({ ended }) =>
  typeof ended === "string" && /^\d{1,6}$/.test(ended) ? Number(ended) : undefined
)

const seeOther = (address: string) => HttpServerResponse.redirect(address, { status: 303 })

const toList = (ended: number) => seeOther(`${list}?ended=${ended}`)

const loggedOut = Effect.map(Settings, (settings) => withoutSession(seeOther("/auth/login"), settings))

const forOwner = Routes.use((routes) =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    const limits = limitsFrom((yield* Settings).session)
    const afterOwn = yield* loggedOut

    const show = Effect.gen(function* () {
      const current = yield* OwnerSession
      const ended = yield* endedParameter
      const all = yield* sessions.list
      return adminResponse(
        <SessionsPage
          site={yield* currentSite}
          current={current}
          sessions={all}
          limits={limits}
          {...(ended === undefined ? {} : { ended })}
        />
      )
    })

    const end = Effect.gen(function* () {
      const current = yield* OwnerSession
      const id = (yield* Body.form()).get("id")?.[0]
      if (id === undefined) return yield* new ParameterInvalid({ name: "id", expected: "the id of a session" })
      // A borrowed session may be ended, but may not end others.
      if (id !== current.id) yield* requireProof(current)
      const ended = yield* sessions.end(id)
      return id === current.id ? afterOwn : toList(ended ? 1 : 0)
    })

    yield* routes.add(ownerPage, "GET", list, show)
    yield* routes.add(ownerForm, "POST", `${list}/end`, end)
  })
)

const forProvenOwner = Routes.use((routes) =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    yield* routes.add(
      provenOwnerPage,
      "POST",
      `${list}/end-others`,
      Effect.flatMap(ProvenOwnerSession, ({ id }) => Effect.map(sessions.endOthers(id), toList))
    )
    yield* routes.add(provenOwnerPage, "POST", `${list}/end-all`, Effect.as(sessions.endAll, yield* loggedOut))
  })
)

/** The owner's sessions: list, end one, all others, or all. */
export const routes = Layer.merge(
  forOwner.pipe(Layer.provide(OwnerAuth)),
  forProvenOwner.pipe(Layer.provide(ProofAuth))
)
