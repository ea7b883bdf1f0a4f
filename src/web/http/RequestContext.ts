import { Context, Effect } from "effect"
import type { RateLimited } from "../../errors/failure/Http.js"
import type { ActivityNote } from "./ActivityNote.js"
import type { RoutePolicy } from "./RoutePolicy.js"

/** What the pipeline provides to the handler of one request. */
export class RequestContext extends Context.Tag("starpunk/RequestContext")<
  RequestContext,
  {
    readonly policy: RoutePolicy
    /** Adds to what the activity log keeps of the request. */
    readonly note: (note: ActivityNote) => Effect.Effect<void>
    /** Counts a write with a token against its rate limit, once per request. */
    readonly countWrite: (tokenId: string) => Effect.Effect<void, RateLimited>
  }
>() {}

/** Adds to what the activity log keeps of this request. */
export const noteActivity = (note: ActivityNote): Effect.Effect<void, never, RequestContext> =>
  Effect.flatMap(RequestContext, (context) => context.note(note))
