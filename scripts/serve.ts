import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Effect } from "effect"
import * as NodeSettings from "../layers/node/Settings.js"
import { runMainOptions, tell } from "./FailureReport.js"

const program = Effect.never.pipe(
  Effect.provide(NodeSettings.layer),
  Effect.catchAllCause((cause) => tell(cause))
)

NodeRuntime.runMain(program, runMainOptions)
