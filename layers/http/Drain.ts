import { Duration, Effect, Option } from "effect"
import type { Lifecycle } from "../../src/services/Lifecycle.js"
import type { NamedLogger } from "../../src/services/Logger.js"
import type { SettingsValues } from "../../src/settings/Config.js"
import { type Connections, takeInArrived } from "./Connections.js"
import type { RunningRequests } from "./RunningRequests.js"

/** Time for the fibers of cut-off requests to clean up. */
const unwindTime = "1 second"

/** Time for a client that has just connected to send its request; a busy machine may need a while. */
const firstByteTime = "1 second"

/**
 * Ends a server without failing requests. Readiness fails at once and responses have `Connection: close`, while
 * requests are answered for the delay that load balancers need. Then no new connection is accepted, and pending
 * requests and those on open connections are answered until the deadline. The rest is cut off, incomplete requests
 * included.
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
    yield* log.warning("Requests cut off at the drain deadline", {
      connections: connections.size,
      requests: connections.inFlight
    })
    connections.closeAll()
    yield* Effect.timeoutOption(Effect.interruptible(over), unwindTime)
  })
