import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Console, Effect } from "effect"
import { reportFailure, runMainOptions } from "./FailureReport.js"
import { check, defaultTimeout } from "./Healthcheck.js"

/** Runs the health check of containers without loading the command line, since it runs every few seconds. */
export const main = (live: boolean): void =>
  NodeRuntime.runMain(
    check({ live, timeout: defaultTimeout }).pipe(
      Effect.flatMap(({ sentence }) => Console.log(sentence)),
      Effect.as(0),
      Effect.catchAllCause((cause) => reportFailure(cause))
    ),
    runMainOptions
  )
