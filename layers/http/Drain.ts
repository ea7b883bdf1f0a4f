import { Duration, Effect, Option } from "effect"
import type { Lifecycle } from "../../src/services/Lifecycle.js"
import type { NamedLogger } from "../../src/services/Logger.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import { type Connections, takeInArrived } from "./Connections.js"
import type { RunningRequests } from "./RunningRequests.js"

/** What the fibers of requests that were cut off get to clean up after themselves. */
const unwindTime = "1 second"

/** What a client that has just connected gets to send its request; a busy machine may take a while between the two. */
const firstByteTime = "1 second"

/**
 * Ends a server without failing anybody: readiness says no at once and every answer `Connection: close`, while old and
 * new requests are answered for the delay that load balancers need to notice; then no connection is taken any more, and
 * what is under way, or still comes on the connections there are, is answered until the deadline. What is left then is
 * cut off, half-sent requests included.
 */
export const drain = (
  connections: Connections,
  requests: RunningRequests,
  lifecycle: Lifecycle["Type"],
  log: NamedLogger,
  { deadline, delay }: SettingsValues["drain"]
): Effect.Effect<void> =>
  Effect.gen(function* () {
    yield* lifecycle.advance("draining")
    connections.announceClosing()
    yield* log.info("Draining", {
      delay_ms: Duration.toMillis(delay),
      deadline_ms: Duration.toMillis(deadline),
      connections: connections.size,
      requests: connections.inFlight
    })
    yield* Effect.sleep(delay)
    yield* takeInArrived
    connections.stopAccepting()
    const unused = Effect.delay(
      Effect.sync(() => connections.closeUnused()),
      firstByteTime
    )
    const gone = Effect.raceFirst(connections.closed, Effect.zipRight(unused, Effect.never))
    const over = Effect.zipRight(gone, requests.none)
    const [took, inTime] = yield* Effect.timed(Effect.timeoutOption(Effect.interruptible(over), deadline))
    if (Option.isSome(inTime)) return yield* log.info("Drained", { duration_ms: Math.round(Duration.toMillis(took)) })
    yield* log.warning("Requests were cut off at the drain deadline", {
      connections: connections.size,
      requests: connections.inFlight
    })
    connections.closeAll()
    yield* Effect.timeoutOption(Effect.interruptible(over), unwindTime)
  })
