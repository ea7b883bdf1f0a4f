import { Context, Effect } from "effect"
import type { RateLimited } from "../../errors/Availability.js"
import type { ActivityNote } from "./ActivityNote.js"
import type { RoutePolicy } from "./RoutePolicy.js"

/** Services of the pipeline for the handler of one request. */
export class RequestContext extends Context.Tag("starpunk/RequestContext")<
  RequestContext,
  {
    readonly policy: RoutePolicy
    /** The revision of the content that was read for this request; absent unless its page is shared by visitors. */
    readonly revision: string | undefined
    /** Adds to the request's entry in the activity log. */
    readonly note: (note: ActivityNote) => Effect.Effect<void>
    /** Says that the response is the page of the post with this id, so that its view is counted. */
    readonly show: (post: number) => Effect.Effect<void>
    /** Counts a write with a token against its rate limit, once per request. */
    readonly countWrite: (tokenId: string) => Effect.Effect<void, RateLimited>
  }
>() {}

/** Adds to this request's entry in the activity log. */
export const noteActivity = (note: ActivityNote): Effect.Effect<void, never, RequestContext> =>
  Effect.flatMap(RequestContext, (context) => context.note(note))
