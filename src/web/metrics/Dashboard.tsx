import { HttpServerRequest } from "@effect/platform"
import { Effect, Layer, Option } from "effect"
import { ParameterInvalid } from "../../errors/Address.js"
import type { Range } from "../../metrics/History.js"
import type { Instrument } from "../../metrics/Instrument.js"
import { MetricsHistory } from "../../metrics/MetricsHistory.js"
import * as Reading from "../../metrics/Reading.js"
import * as Refresh from "../../metrics/Refresh.js"
import * as Metrics from "../../metrics/Site.js"
import { HealthChecker } from "../../services/HealthChecker.js"
import { SearchEngine } from "../../services/SearchEngine.js"
import { OwnerAuth } from "../http/OwnerAuth.js"
import { ownerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site as currentSite } from "../theme/Site.js"
import { newerRelease } from "../updates/NewerRelease.js"
import { MetricsPage } from "./MetricsPage.js"

const rangeQuery: Effect.Effect<Range, ParameterInvalid, HttpServerRequest.ParsedSearchParams> = Effect.gen(
  function* () {
    const { show } = yield* HttpServerRequest.ParsedSearchParams
    if (show !== undefined && show !== "day") return yield* new ParameterInvalid({ name: "show", expected: "`day`" })
    return show ?? "hour"
  }
)

/** The value of the first series, or of the one with this label. */
const valueOf = ({ series }: Pick<Instrument<string>, "series">, label?: string): number | undefined => {
  const one = series.find(({ labels }) => label === undefined || Object.values(labels).includes(label))
  return typeof one?.value === "number" ? one.value : undefined
}

/** `GET /admin/metrics-dashboard`: the metrics with their history, for the owner. */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const health = yield* HealthChecker
    const history = yield* MetricsHistory
    const search = yield* SearchEngine
    const refresh = yield* Refresh.fromMemory
    const newer = yield* newerRelease

    yield* routes.add(
      ownerPage,
      "GET",
      "/admin/metrics-dashboard",
      Effect.gen(function* () {
        const range = yield* rangeQuery
        yield* refresh
        const report = yield* health.ready
        const { databaseBytes, mediaBytes } = Reading.take()
        const backedUp = valueOf(Metrics.backupLastSuccess)
        return adminResponse(
          <MetricsPage
            site={yield* currentSite}
            range={range}
            points={history.points(range)}
            health={report}
            facts={{
              version: report.version,
              newer: Option.getOrUndefined(yield* newer),
              search: yield* search.status,
              sessions: valueOf(Metrics.sessions),
              databaseBytes,
              mediaBytes,
              backedUpAt: backedUp === undefined ? undefined : backedUp * 1000,
              linesWritten: valueOf(Metrics.logLines, "written") ?? 0
            }}
          />
        )
      })
    )
  })
).pipe(Layer.provide(OwnerAuth))
