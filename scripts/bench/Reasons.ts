import type { GoalName } from "./Goals.js"

/** Why a figure misses its target, for `docs/performance.md`. It is shown only while the figure is missed. */
export const reasons: Readonly<Partial<Record<GoalName, string>>> = {
  session:
    "SQLite runs on worker threads ([decision 2](decisions/0002-one-writer-and-readers-on-worker-threads.md)), so that a hanging disk does not stop the process. One message to a thread and back costs more than the read. The read of one row through the same pool is in the figure as well.",
  start:
    "Loading Effect and the libraries, with V8's code cache, is most of it. A start-up snapshot is impossible: `node:http` cannot be in one (see below).",
  memoryIdle:
    "Node's own binary is 52 MB of it, shared with other Node processes; Effect, schemas and prepared texts in V8's heap and two database threads are most of the rest."
}
