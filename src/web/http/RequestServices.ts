import { Context, Effect } from "effect"
import { SecureRandom } from "../../services/SecureRandom.js"

/** Services of StarPunk that a handler may ask for while it runs. It takes all others when its route is made. */
export type RequestServices = SecureRandom

const kept: ReadonlySet<string> = new Set([SecureRandom.key])

/**
 * Runs the effect that makes the handler of all requests with the services that stay with a request: those of the platform,
 * and `RequestServices`. A request copies its services a dozen times, each time that one is added, and the hundred that no
 * handler asks for were a quarter of its memory.
 */
export const withRequestServices = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.mapInputContext(effect, ({ unsafeMap }: Context.Context<R>) =>
    Context.unsafeMake<R>(new Map([...unsafeMap].filter(([key]) => kept.has(key) || !key.startsWith("starpunk/"))))
  )
