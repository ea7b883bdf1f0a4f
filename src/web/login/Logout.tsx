import { HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import { SessionManager } from "../../services/SessionManager.js"
import { texts } from "../../texts/Texts.js"
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
          ? frame(texts.login.logout, { notice: texts.login.notLoggedIn }, <a href="/">{texts.login.home}</a>)
          : frame(
              texts.login.logout,
              {},
              <form class="form" method="post" action="/auth/logout">
                <div class="actions">
                  <button type="submit" class="button">
                    {texts.login.logout}
                  </button>
                  <a href="/admin/">{texts.login.stay}</a>
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
