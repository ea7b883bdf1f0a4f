import { Context, type Effect } from "effect"

/** `starting` until migrations are done, `draining` from the first signal to stop. */
export type Phase = "starting" | "ready" | "draining"

/** Which phase of its life the process is in: read by health and by every request, moved by start and stop. */
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
