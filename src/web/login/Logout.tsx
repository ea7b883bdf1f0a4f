import { HttpLayerRouter, HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import { SessionManager } from "../../services/SessionManager.js"
import { anySession, withoutSession } from "../http/OwnerSession.js"
import { loginPages } from "./LoginPage.js"

/** `/auth/logout`: a POST ends the session; a GET only asks, since links and previews may not log anybody out. */
export const routes = HttpLayerRouter.use((router) =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    const { frame, settings } = yield* loginPages

    yield* router.add(
      "GET",
      "/auth/logout",
      Effect.map(anySession(sessions), (session) =>
        Option.isNone(session)
          ? frame("Log out", { notice: "You are not logged in." }, <a href="/">Go to the home page</a>)
          : frame(
              "Log out",
              {},
              <form class="form" method="post" action="/auth/logout">
                <div class="actions">
                  <button type="submit" class="button">
                    Log out
                  </button>
                  <a href="/admin/">Stay</a>
                </div>
              </form>
            )
      )
    )

    yield* router.add(
      "POST",
      "/auth/logout",
      Effect.gen(function* () {
        const session = yield* anySession(sessions)
        if (Option.isSome(session)) yield* sessions.end(session.value.id)
        return withoutSession(HttpServerResponse.redirect("/", { status: 303 }), settings)
      })
    )
  })
)
