import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import Negotiator from "negotiator"
import type { CheckResult, HealthReport } from "../../services/HealthChecker.js"
import * as Authorization from "./Authorization.js"
import * as HealthJson from "./HealthJson.js"

const plainJson = "application/json"

/** RFC 3339, UTC. */
const instant = (millis: number): string => new Date(millis).toISOString()

/** The public response, in the original's format. */
const brief = (report: HealthReport) => ({ status: report.status, timestamp: instant(report.timestamp) })

const check = ({ checkedAt, details, healthy, reason, status }: CheckResult) => ({
  healthy,
  status,
  ...(reason === undefined ? {} : { reason }),
  ...details,
  checked_at: instant(checkedAt)
})

/**
 * The detailed response, in the original's format, except that `uptime` is in seconds instead of text (`0:00:01.5`).
 */
const detailed = (report: HealthReport) => ({
  ...brief(report),
  ...(report.reason === undefined ? {} : { reason: report.reason }),
  uptime: report.uptime,
  version: report.version,
  checks: Object.fromEntries(Object.entries(report.checks).map(([name, result]) => [name, check(result)]))
})

/**
 * Makes the response of a health report: 200 for `healthy` and `degraded`, 503 for `unhealthy`. The body has the
 * original's format, or is `application/health+json` if the client prefers that; details are included if the client may
 * see them. Never cached.
 */
export const answering = Effect.map(
  Authorization.maySeeDetail,
  (maySeeDetail) => (asked: Effect.Effect<HealthReport>) =>
    Effect.gen(function* () {
      const request = yield* HttpServerRequest.HttpServerRequest
      const report = yield* asked
      const inDetail = yield* maySeeDetail(request)
      const wanted = new Negotiator({ headers: { accept: request.headers.accept } }).mediaType([
        plainJson,
        HealthJson.mediaType
      ])
      const form = wanted === HealthJson.mediaType ? HealthJson : { brief, detailed }
      return HttpServerResponse.text(JSON.stringify(inDetail ? form.detailed(report) : form.brief(report)), {
        status: report.status === "unhealthy" ? 503 : 200,
        contentType: wanted ?? plainJson,
        headers: { vary: "accept, authorization" }
      })
    })
)
