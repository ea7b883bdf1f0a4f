import { HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"
import { Logger } from "../../services/Logger.js"
import { Settings } from "../../settings/Config.js"
import * as Body from "../http/Body.js"
import { loginForm } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { startOwnerSession } from "./StartSession.js"

const formType = "application/x-www-form-urlencoded"

/**
 * `POST /dev/login`: logs in anyone. The route exists only with `STARPUNK_DEV_MODE`, with which production refuses to
 * start.
 */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const settings = yield* Settings
    if (!settings.devMode || settings.environment === "production") return
    const log = (yield* Logger).named("starpunk.owner")
    const start = yield* startOwnerSession
    yield* routes.add(
      { ...loginForm, errors: "problem" },
      "POST",
      "/dev/login",
      Effect.gen(function* () {
        const request = yield* HttpServerRequest.HttpServerRequest
        const fields = Body.mediaTypeOf(request) === formType ? yield* Body.form() : new Map<string, Array<string>>()
        yield* log.warning("Owner logged in without a passphrase (development)")
        return yield* start(fields.get("next")?.[0], true)
      })
    )
  })
)
