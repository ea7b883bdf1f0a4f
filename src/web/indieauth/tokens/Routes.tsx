import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Layer, Option } from "effect"
import { labelFrom } from "../../../domain/indieauth/AccessToken.js"
import { Scope } from "../../../domain/indieauth/Scope.js"
import { lifetimeFrom } from "../../../domain/indieauth/TokenLifetime.js"
import { PageNotFound } from "../../../errors/Address.js"
import { AccessTokens } from "../../../services/AccessTokens.js"
import { Settings } from "../../../settings/Config.js"
import { texts } from "../../../texts/Texts.js"
import * as Body from "../../http/Body.js"
import { OwnerAuth, ProofAuth } from "../../http/OwnerAuth.js"
import { ownerForm, ownerPage, provenOwnerForm } from "../../http/RoutePolicy.js"
import { Routes } from "../../http/Routes.js"
import { ownerIdentity } from "../../login/StartSession.js"
import { adminResponse } from "../../theme/AdminPage.js"
import { site as currentSite } from "../../theme/Site.js"
import { TokensPage, type TokensPageProps } from "./TokensPage.js"

const list = "/admin/tokens"

const toList = HttpServerResponse.redirect(list, { status: 303 })

const page = Effect.gen(function* () {
  const tokens = yield* AccessTokens
  return Effect.fnUntraced(function* (
    more: Pick<TokensPageProps, "created" | "fault"> = {},
    options: { readonly status?: number } = {}
  ) {
    const now = yield* Clock.currentTimeMillis
    return adminResponse(
      <TokensPage site={yield* currentSite} tokens={yield* tokens.list} now={now} {...more} />,
      options
    )
  })
})

const form = Effect.map(Body.form(), (fields) => ({
  first: (name: string) => fields.get(name)?.[0] ?? "",
  all: (name: string) => fields.get(name) ?? []
}))

const forOwner = Routes.use((routes) =>
  Effect.gen(function* () {
    const tokens = yield* AccessTokens
    const show = yield* page

    const id = Effect.map(HttpLayerRouter.params, ({ id = "" }) => id)

    const rename = Effect.gen(function* () {
      const label = labelFrom((yield* form).first("label"))
      if (label !== undefined && !(yield* tokens.rename(yield* id, label))) return yield* new PageNotFound()
      return toList
    })

    yield* routes.add(ownerPage, "GET", list, Effect.suspend(show))
    yield* routes.add(ownerForm, "POST", `${list}/:id/rename`, rename)
    // Revoking a revoked token succeeds, so that a double click is no error.
    yield* routes.add(ownerPage, "POST", `${list}/:id/revoke`, Effect.as(Effect.flatMap(id, tokens.revoke), toList))
    yield* routes.add(
      ownerForm,
      "POST",
      `${list}/revoke-client`,
      Effect.flatMap(form, ({ first }) => Effect.as(tokens.revokeClient(first("client_id")), toList))
    )
  })
)

/** A token outlives the session that creates it, so it needs recent authentication. */
const forProvenOwner = Routes.use((routes) =>
  Effect.gen(function* () {
    const tokens = yield* AccessTokens
    const settings = yield* Settings
    const show = yield* page

    const create = Effect.gen(function* () {
      const given = yield* form
      const label = labelFrom(given.first("label"))
      const scopes = Scope.literals.filter((scope) => given.all("scope").includes(scope))
      const lifetime = Option.getOrUndefined(lifetimeFrom(given.first("lifetime") || "unlimited"))
      if (label === undefined) return yield* show({ fault: texts.apps.tokens.faults.label }, { status: 400 })
      if (scopes.length === 0) return yield* show({ fault: texts.apps.tokens.faults.scopes }, { status: 400 })
      if (lifetime === undefined) return yield* show({ fault: texts.apps.tokens.faults.lifetime }, { status: 400 })
      const created = yield* tokens.create({ label, scopes, me: ownerIdentity(settings), ...lifetime })
      return yield* show({ created })
    })

    yield* routes.add(provenOwnerForm, "POST", list, create)
  })
)

/** The owner's tokens: list, rename, revoke, create. */
export const routes = Layer.merge(
  forOwner.pipe(Layer.provide(OwnerAuth)),
  forProvenOwner.pipe(Layer.provide(ProofAuth))
)
