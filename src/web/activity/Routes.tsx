import { HttpServerRequest } from "@effect/platform"
import { Effect, Layer, Schema } from "effect"
import { ParameterInvalid } from "../../errors/Address.js"
import { Activity, type ActivityPage as EventPage } from "../../services/Activity.js"
import { OwnerAuth } from "../http/OwnerAuth.js"
import { ownerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site as currentSite } from "../theme/Site.js"
import { ActivityPage } from "./ActivityPage.js"

const list = "/admin/activity"

/** Number of events on one page. */
const pageSize = 50

const decodeNumber = Schema.decodeUnknown(Schema.NumberFromString.pipe(Schema.int(), Schema.between(0, 2 ** 52)))

const place = (name: string, value: unknown) =>
  Effect.mapError(
    decodeNumber(value),
    () => new ParameterInvalid({ name, expected: "a cursor from the links to newer and older pages" })
  )

/** Parses the query: `before` or `after` an event, and `show=refused` for refused requests only. */
const listQuery = Effect.gen(function* () {
  const { after, before, show } = yield* HttpServerRequest.ParsedSearchParams
  if (show !== undefined && show !== "refused")
    return yield* new ParameterInvalid({ name: "show", expected: "`refused`" })
  return {
    refusedOnly: show === "refused",
    ...(before === undefined ? {} : { before: yield* place("before", before) }),
    ...(after === undefined || before !== undefined ? {} : { after: yield* place("after", after) })
  }
})

/** Addresses of the neighbouring pages; absent if there is none. */
const neighbours = ({ events, hasNewer, hasOlder }: EventPage, refusedOnly: boolean) => {
  const address = (side: "after" | "before", id: number) =>
    `${list}?${new URLSearchParams({ ...(refusedOnly ? { show: "refused" } : {}), [side]: String(id) })}`
  const first = events[0]
  const last = events.at(-1)
  return {
    ...(hasNewer && first !== undefined ? { newer: address("after", first.id) } : {}),
    ...(hasOlder && last !== undefined ? { older: address("before", last.id) } : {})
  }
}

/** `GET /admin/activity`: the most recent requests of clients, for the owner. */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const activity = yield* Activity

    yield* routes.add(
      ownerPage,
      "GET",
      list,
      Effect.gen(function* () {
        const range = yield* listQuery
        const page = yield* activity.list({ ...range, limit: pageSize })
        const lost = yield* activity.lost
        const { refusedOnly } = range
        return adminResponse(
          <ActivityPage
            site={yield* currentSite}
            events={page.events}
            refusedOnly={refusedOnly}
            lost={lost}
            {...neighbours(page, refusedOnly)}
          />
        )
      })
    )
  })
).pipe(Layer.provide(OwnerAuth))
