import { Effect, Layer } from "effect"
import { paths } from "../../domain/indieauth/Endpoints.js"
import { Settings } from "../../settings/Config.js"
import { OwnTokenAuth } from "../http/AppAuth.js"
import { preflight } from "../http/Cors.js"
import { OwnerAuth } from "../http/OwnerAuth.js"
import { appEndpoint, oauthEndpoint, preflightRequest, publicPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { authorize, identify } from "./Authorize.js"
import { consent } from "./Consent.js"
import { introspection } from "./Introspection.js"
import { metadata } from "./Metadata.js"
import { revocation } from "./Revocation.js"
import { token, whose } from "./Token.js"
import { userinfo } from "./Userinfo.js"

/** Policy of the server's metadata, also for apps in browsers. */
const document = { ...publicPage, origin: "any", cache: "public, max-age=3600" } as const

/** Maximum size of an app's form. */
const maxBody = 65_536

/**
 * The owner authorizes at this address with a session, and apps redeem codes here without one (IndieAuth §5.3.1). The
 * POST uses no cookies, so pages of other sites may send it.
 */
const authorization = {
  ...oauthEndpoint,
  limits: ["requests", "authorizations"],
  origin: "any_without_cors"
} as const

const tokenLimits = ["requests", "token_requests"] as const

const tokenEndpoint = { ...oauthEndpoint, limits: tokenLimits, maxBody } as const

const ownTokenEndpoint = { ...appEndpoint, limits: tokenLimits, maxBody } as const

const forOwner = Routes.use((routes) =>
  Effect.gen(function* () {
    yield* routes.add({ ...authorization, caller: "owner" }, "GET", paths.authorization, yield* authorize)
    yield* routes.add(
      { ...authorization, caller: "owner", origin: "site", maxBody: 16_384 },
      "POST",
      paths.consent,
      yield* consent
    )
  })
)

const forTokens = Routes.use((routes) =>
  Effect.gen(function* () {
    yield* routes.add(ownTokenEndpoint, "GET", paths.token, whose)
    yield* routes.add(ownTokenEndpoint, "POST", paths.introspection, yield* introspection)
    yield* routes.add(ownTokenEndpoint, "GET", paths.userinfo, yield* userinfo)
  })
)

const forAnyone = Routes.use((routes) =>
  Effect.gen(function* () {
    yield* routes.add(document, "GET", paths.metadata, metadata(yield* Settings))
    yield* routes.add({ ...authorization, maxBody }, "POST", paths.authorization, yield* identify)
    yield* routes.add(tokenEndpoint, "POST", paths.token, yield* token)
    yield* routes.add(tokenEndpoint, "POST", paths.revocation, yield* revocation)
    yield* routes.add(preflightRequest, "OPTIONS", paths.metadata, preflight)
    for (const path of [paths.token, paths.introspection, paths.revocation, paths.userinfo])
      yield* routes.add({ ...preflightRequest, limits: tokenLimits }, "OPTIONS", path, preflight)
  })
)

/** Routes of the IndieAuth server (IndieAuth of 11 July 2024). */
export const routes = Layer.mergeAll(
  forOwner.pipe(Layer.provide(OwnerAuth)),
  forTokens.pipe(Layer.provide(OwnTokenAuth)),
  forAnyone
)
