import { HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import { SessionManager } from "../../services/SessionManager.js"
import { loginForm, loginPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { anySession, withoutSession } from "../http/SessionCookie.js"
import { loginPages } from "./LoginPage.js"

/** Logouts are not in the activity log. */
const logout = { ...loginForm, maxBody: 0, activity: false } as const

/** `/auth/logout`: POST ends the session; GET only asks, because links and previews must not log anyone out. */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const sessions = yield* SessionManager
    const { frame, settings } = yield* loginPages

    yield* routes.add(
      loginPage,
      "GET",
      "/auth/logout",
      Effect.flatMap(anySession(sessions), (session) =>
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

    yield* routes.add(
      logout,
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
