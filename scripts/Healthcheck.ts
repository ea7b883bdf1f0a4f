import { Duration, Effect, Option } from "effect"
import { ask, urlOf } from "../layers/health/HealthProbe.js"
import * as NodeSettings from "../layers/process/Settings.js"
import { ServerNotWell } from "../src/errors/Maintenance.js"
import type { ConfigurationInvalid } from "../src/errors/Startup.js"

/** Parameters of a health check. */
export interface Question {
  /** Full URL; if absent, the address from the settings. */
  readonly url?: string | undefined
  /** Asks `/health/live` instead of `/health/ready`; ignored if `url` is given. */
  readonly live: boolean
  readonly timeout: Duration.Duration
}

/** Default timeout: shorter than that of container runtimes. */
export const defaultTimeout = Duration.seconds(5)

/** Tells whether the text is an `http:` URL. */
export const isHttp = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === "http:"

/** Result of a successful health check. */
export interface Well {
  readonly url: string
  readonly status: number
  readonly health: string
  readonly sentence: string
}

/** Requests the server's health; fails unless it answers 200 with a health report. */
export const check = ({ live, timeout, url }: Question): Effect.Effect<Well, ServerNotWell | ConfigurationInvalid> =>
  Effect.gen(function* () {
    const asked = url ?? urlOf(yield* NodeSettings.address, live ? "/health/live" : "/health/ready")
    const answered = yield* ask(asked, timeout)
    const { status } = answered
    const health = Option.getOrElse(answered.health, () => "not a health report")
    if (status !== 200 || Option.isNone(answered.health)) {
      return yield* new ServerNotWell({ url: asked, reason: "answer", detail: `${status}, ${health.slice(0, 80)}` })
    }
    return { url: asked, status, health, sentence: `The site is ${health} (${asked}).` }
  })
