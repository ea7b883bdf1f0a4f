import { Duration, Effect, Option } from "effect"
import { ask, urlOf } from "../layers/health/HealthProbe.js"
import * as NodeSettings from "../layers/process/Settings.js"
import { ServerNotWell } from "../src/errors/failure/Maintenance.js"
import type { ConfigurationInvalid } from "../src/errors/failure/Startup.js"

/** What to ask, and for how long. */
export interface Question {
  /** The whole address; that of the settings when absent. */
  readonly url?: string | undefined
  /** Whether to ask for liveness only; has no say over a whole address. */
  readonly live: boolean
  readonly timeout: Duration.Duration
}

/** How long is waited where nothing is said: less than container runtimes wait. */
export const defaultTimeout = Duration.seconds(5)

/** Whether this is an address that can be asked over plain HTTP. */
export const isHttp = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === "http:"

/** What a server that is well has said. */
export interface Well {
  readonly url: string
  readonly status: number
  readonly health: string
  readonly sentence: string
}

/** Asks the server whether it is well; anything but a plain yes is a failure. */
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
