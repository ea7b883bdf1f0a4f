import type { GoalName } from "./Goals.js"

const cached =
  "In a profile of the main thread, a quarter is the system call that sends, a sixth garbage collection (the young generation has 4 MB here, the bare server's may grow to 16 MB), and most of the rest Node's own work for a request. No function of the site takes more than a hundredth."

const longFeed =
  "A feed contains whole texts, half a megabyte here. Fifty whole posts are read from the database's thread, and a few of them fit. A quarter of the main thread's time is garbage collection of these texts."

const longSearch =
  "The excerpts are cut from the whole texts of the results on the main thread, two thirds of the time. The search itself takes the last third, on the database's thread."

/** Why a figure misses its target, for `docs/performance.md`. It is shown only while the figure is missed. */
export const reasons: Readonly<Partial<Record<GoalName, string>>> = {
  cachedString: cached,
  cachedBuffer: cached,
  cachedFastify: cached,
  notModified: cached,
  creates:
    "The main thread is the limit, not the disk: about 8 ms of CPU per note, spread over some hundred fibers and six messages to the writer's thread.",
  uncached:
    "In a profile of the main thread, garbage collection takes a fifth, Effect's fibers another fifth, sending a tenth, and waking the database's thread a tenth. No function of the site takes more than a fortieth. Pages that somebody has asked for before come from the page cache.",
  longRss: longFeed,
  longAtom: longFeed,
  longJson: longFeed,
  longSearch,
  longApi: longSearch,
  longLive:
    "The whole texts of feeds and search results are decoded and written on the main thread (see the reasons of feeds and search), and a probe waits for the longest step: one feed, or the excerpt of one result.",
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
