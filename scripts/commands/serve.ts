import { Command } from "@effect/cli"
import { Effect } from "effect"

/** `starpunk serve`, for the help text; `starpunk.ts` starts the server without loading the command line. */
export const serve = Command.make("serve", {}, () => Effect.promise(() => import("../serve.js"))).pipe(
  Command.withDescription("Runs the server until SIGTERM or SIGINT")
)
