import type { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import type { RequestId } from "../../domain/RequestId.js"
import type { Failure } from "../../errors/Failure.js"
import type { Claim } from "../../services/InFlight.js"
import type { ActivityNote } from "./ActivityNote.js"
import type { RateLimits } from "./RateLimits.js"
import type { RequestContext } from "./RequestContext.js"
import type { RequestSpan } from "./RequestSpan.js"
import type { RoutePolicy } from "./RoutePolicy.js"
import type { Route, RouteTable } from "./Routes.js"

/** A request at its arrival. */
export interface Arrival {
  readonly request: HttpServerRequest.HttpServerRequest
  readonly id: RequestId
  /** Nanoseconds of the clock. */
  readonly startedAt: bigint
  /** Only if traces are exported. */
  readonly span: RequestSpan | undefined
  /** Memory that the request holds. */
  readonly claim: Claim
  /** The revision of the content that the page cache read for it, if it did. */
  readonly revision: string | undefined
}

/** A request in the pipeline, with its results so far. */
export class Exchange {
  readonly request: HttpServerRequest.HttpServerRequest
  readonly id: RequestId
  readonly startedAt: bigint
  readonly span: RequestSpan | undefined
  readonly claim: Claim
  /** The matched route; absent if there is none. */
  readonly route: Route | undefined
  /** The route whose policy applies: another one at the same address if the method is wrong. */
  readonly governing: Route | undefined
  readonly policy: RoutePolicy
  readonly context: RequestContext["Type"]
  response?: HttpServerResponse.HttpServerResponse
  failure?: Failure
  errorCode?: string
  /** Whether the response is a public page for the logged-in owner. */
  isForOwner = false
  /** Whether the activity log includes it. */
  isListed = false
  /** What handlers added for the activity log. */
  note: ActivityNote = {}
  /** The id of the post whose page the response is, if views are counted. */
  viewed: number | undefined = undefined
  private isWriteCounted = false

  constructor(table: RouteTable, limits: RateLimits, arrival: Arrival) {
    const { method, url } = arrival.request
    this.request = arrival.request
    this.id = arrival.id
    this.startedAt = arrival.startedAt
    this.span = arrival.span
    this.claim = arrival.claim
    this.route = table.routeOf(method, url)
    this.governing = this.route ?? table.governing(method, url)
    this.policy = this.governing?.policy ?? table.policyAround(url)
    this.context = {
      policy: this.policy,
      revision: arrival.revision,
      note: (note) =>
        Effect.sync(() => {
          this.note = { ...this.note, ...note }
        }),
      show: (post) =>
        Effect.sync(() => {
          this.viewed = post
        }),
      countWrite: (tokenId) =>
        Effect.suspend(() => {
          if (this.isWriteCounted) return Effect.void
          this.isWriteCounted = true
          return limits.countWrite(tokenId)
        })
    }
  }
}
