import { Context, type Effect } from "effect"

/** `starting` until migrations are done, `draining` from the first signal to stop. */
export type Phase = "starting" | "ready" | "draining"

/** The phase of the process. Start and stop move it; health checks and every request read it. */
export class Lifecycle extends Context.Tag("starpunk/Lifecycle")<
  Lifecycle,
  {
    readonly phase: Effect.Effect<Phase>
    /** Waits until this phase, or a later one, is reached. */
    readonly reached: (phase: Phase) => Effect.Effect<void>
    /** Moves forward only; a step back is ignored. */
    readonly advance: (phase: Phase) => Effect.Effect<void>
  }
>() {}
