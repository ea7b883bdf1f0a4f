import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Option } from "effect"
import { labelFrom } from "../../../domain/indieauth/AccessToken.js"
import { Scope } from "../../../domain/indieauth/Scope.js"
import { lifetimeFrom } from "../../../domain/indieauth/TokenLifetime.js"
import { PageNotFound } from "../../../errors/failure/Http.js"
import { AccessTokens } from "../../../services/AccessTokens.js"
import { SessionManager } from "../../../services/SessionManager.js"
import { Settings } from "../../../settings/Config.js"
import * as Body from "../../http/Body.js"
import { ownerSession, provenOwner } from "../../http/OwnerSession.js"
import { ownerIdentity } from "../../login/StartSession.js"
import { adminResponse } from "../../theme/AdminPage.js"
import { site as currentSite } from "../../theme/Site.js"
import { TokensPage, type TokensPageProps } from "./TokensPage.js"

const list = "/admin/tokens"

const toList = HttpServerResponse.redirect(list, { status: 303, headers: { "cache-control": "no-store" } })

/** The owner's tokens: seen, renamed, revoked, made by hand. */
export const routes = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    const tokens = yield* AccessTokens
    const settings = yield* Settings
    const site = yield* currentSite
    const owner = ownerSession(sessions)

    const page = Effect.fnUntraced(function* (
      more: Pick<TokensPageProps, "created" | "fault"> = {},
      options: { readonly status?: number } = {}
    ) {
      const now = yield* Clock.currentTimeMillis
      return adminResponse(<TokensPage site={site} tokens={yield* tokens.list} now={now} {...more} />, options)
    })

    const fields = Effect.map(Body.form({ maxBytes: 16_384 }), (fields) => ({
      first: (name: string) => fields.get(name)?.[0] ?? "",
      all: (name: string) => fields.get(name) ?? []
    }))

    /** A form of the owner's; whoever is not the owner is told so before it is read. */
    const form = Effect.zipRight(owner, fields)

    const create = Effect.gen(function* () {
      // A token outlives the session that makes it.
      const given = yield* Effect.zipRight(provenOwner(sessions), fields)
      const label = labelFrom(given.first("label"))
      const scopes = Scope.literals.filter((scope) => given.all("scope").includes(scope))
      const lifetime = Option.getOrUndefined(lifetimeFrom(given.first("lifetime") || "unlimited"))
      if (label === undefined) return yield* page({ fault: "Give it a name, to know it by later." }, { status: 400 })
      if (scopes.length === 0) return yield* page({ fault: "Tick at least one thing that it may do." }, { status: 400 })
      if (lifetime === undefined) return yield* page({ fault: "Choose how long it is good for." }, { status: 400 })
      const created = yield* tokens.create({ label, scopes, me: ownerIdentity(settings), ...lifetime })
      return yield* page({ created })
    })

    const id = Effect.map(HttpLayerRouter.params, ({ id = "" }) => id)

    const rename = Effect.gen(function* () {
      const label = labelFrom((yield* form).first("label"))
      if (label !== undefined && !(yield* tokens.rename(yield* id, label))) return yield* new PageNotFound()
      return toList
    })

    yield* router.add("GET", list, Effect.zipRight(owner, Effect.suspend(page)))
    yield* router.add("POST", list, create)
    yield* router.add("POST", `${list}/:id/rename`, rename)
    // What is over already was revoked all the same: who presses twice is not told of an error.
    yield* router.add(
      "POST",
      `${list}/:id/revoke`,
      Effect.zipRight(owner, Effect.as(Effect.flatMap(id, tokens.revoke), toList))
    )
    yield* router.add(
      "POST",
      `${list}/revoke-client`,
      Effect.flatMap(form, ({ first }) => Effect.as(tokens.revokeClient(first("client_id")), toList))
    )
  })
)
