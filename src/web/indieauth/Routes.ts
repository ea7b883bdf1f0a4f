import { HttpLayerRouter } from "@effect/platform"
import { Effect } from "effect"
import { paths } from "../../domain/indieauth/Endpoints.js"
import { Settings } from "../../settings/Config.js"
import { allowAnyOrigin, preflight } from "../http/Cors.js"
import { authorize, identify } from "./Authorize.js"
import { consent } from "./Consent.js"
import { introspection } from "./Introspection.js"
import { metadata } from "./Metadata.js"
import { revocation } from "./Revocation.js"
import { token, whose } from "./Token.js"
import { userinfo } from "./Userinfo.js"

/** Answered with CORS headers, for apps that live in a browser; none of these knows anybody by a cookie. */
const forAnyOrigin = [paths.metadata, paths.token, paths.introspection, paths.revocation, paths.userinfo] as const

/** The site as its own IndieAuth server (IndieAuth of 11 July 2024). */
export const routes = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const settings = yield* Settings
    yield* router.add("GET", paths.metadata, Effect.as(allowAnyOrigin, metadata(settings)))
    yield* router.add("GET", paths.authorization, yield* authorize)
    yield* router.add("POST", paths.authorization, yield* identify)
    yield* router.add("POST", paths.consent, yield* consent)
    yield* router.add("POST", paths.token, Effect.zipRight(allowAnyOrigin, yield* token))
    yield* router.add("GET", paths.token, Effect.zipRight(allowAnyOrigin, yield* whose))
    yield* router.add("POST", paths.introspection, Effect.zipRight(allowAnyOrigin, yield* introspection))
    yield* router.add("POST", paths.revocation, Effect.zipRight(allowAnyOrigin, yield* revocation))
    yield* router.add("GET", paths.userinfo, Effect.zipRight(allowAnyOrigin, yield* userinfo))
    for (const path of forAnyOrigin) yield* router.add("OPTIONS", path, preflight)
  })
)
