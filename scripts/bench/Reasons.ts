import type { GoalName } from "./Goals.js"

/** Why a figure misses its target, for `docs/performance.md`. It is shown only while the figure is missed. */
export const reasons: Readonly<Partial<Record<GoalName, string>>> = {
  cachedString:
    "Of what the site does beside sending bytes, the bookkeeping of a connection (order of pipelined requests, seats, drain) and the access line cost most.",
  creates:
    "The main thread is the limit, not the disk: about 8 ms of CPU per note, spread over some hundred fibers and six messages to the writer's thread.",
  uncached:
    "Reading, decoding, rendering and encoding run in fibers on the main thread; no single part of them takes more than a tenth. Pages that somebody has asked for before come from the page cache.",
  overloadGood:
    "Two thousand clients asked for thirteen times the capacity, and the refusals, cheap as each is, took two fifths of the CPU.",
  overloadTail:
    "Node accepts one connection per turn of the event loop, so the last of two thousand clients that connect within four seconds are accepted late.",
  session:
    "SQLite runs on worker threads ([decision 2](decisions/0002-one-writer-and-readers-on-worker-threads.md)), so that a hanging disk does not stop the process. One message to a thread and back costs more than the read. The read of one row through the same pool is in the figure as well.",
  start:
    "Loading Effect and the libraries, with V8's code cache, is most of it. A start-up snapshot is impossible: `node:http` cannot be in one (see below).",
  memoryIdle:
    "Node's own binary is 52 MB of it, shared with other Node processes; Effect, schemas and prepared texts in V8's heap and two database threads are most of the rest."
}
