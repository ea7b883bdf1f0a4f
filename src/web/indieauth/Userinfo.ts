import { HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { Settings } from "../../settings/Config.js"
import { AppRequest, requireScopes } from "../http/AppAuth.js"
import { site } from "../theme/Site.js"
import { notKept } from "./NotKept.js"
import { noSecretInAddress } from "./Parameters.js"
import { profileOf } from "./Profile.js"

/** The owner's current profile, for tokens with the scope `profile` (IndieAuth §9). */
export const userinfo = Effect.gen(function* () {
  const settings = yield* Settings
  return Effect.gen(function* () {
    yield* noSecretInAddress
    const token = yield* (yield* AppRequest).authenticate()
    yield* requireScopes(token, [["profile"]])
    return yield* HttpServerResponse.json(profileOf(settings, yield* site, token.scopes), notKept)
  })
})
