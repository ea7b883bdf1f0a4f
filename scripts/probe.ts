import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Console, Effect } from "effect"
import { runMainOptions, tell } from "./FailureReport.js"
import { check, defaultTimeout } from "./Healthcheck.js"

/** The health check as containers call it, without the command line: it runs every few seconds, and has to be cheap. */
export const main = (live: boolean): void =>
  NodeRuntime.runMain(
    check({ live, timeout: defaultTimeout }).pipe(
      Effect.flatMap(({ sentence }) => Console.log(sentence)),
      Effect.as(0),
      Effect.catchAllCause((cause) => tell(cause))
    ),
    runMainOptions
  )
