import { HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { AccessTokens } from "../../services/AccessTokens.js"
import { Settings } from "../../settings/Config.js"
import { authenticate, requireScopes } from "../micropub/Authorization.js"
import { notKept } from "./NotKept.js"
import { noSecretInAddress } from "./Parameters.js"
import { profile } from "./Profile.js"

/** The owner's profile as it is now, for tokens with the scope `profile` (IndieAuth §9). */
export const userinfo = Effect.gen(function* () {
  const tokens = yield* AccessTokens
  const settings = yield* Settings
  return Effect.gen(function* () {
    yield* requireScopes(yield* authenticate(tokens, yield* noSecretInAddress), [["profile"]])
    return yield* HttpServerResponse.json(profile(settings), notKept)
  })
})
