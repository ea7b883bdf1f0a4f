import { Command } from "@effect/cli"
import { Effect } from "effect"

/** `starpunk serve`, for the help text; `starpunk.ts` starts the server without loading the command line. */
export const serve = Command.make("serve", {}, () => Effect.promise(() => import("../serve.js"))).pipe(
  Command.withDescription("Serves the blog until it is told to stop (SIGTERM, SIGINT)")
)
