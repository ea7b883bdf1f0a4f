import type { GoalName } from "./Goals.js"

const cached =
  "In a profile of the main thread, the system call that sends takes about half, and the access line with the metrics less than a tenth. Most of the rest is Node's own work for a request and for sixteen headers; the bare server sends two. With the same headers it takes 1.3 times as long."

const longFeed =
  "A feed contains whole texts: half a megabyte here, seven times as much as with posts of 1 kB. In a profile of the main thread, garbage collection takes a quarter, joining the XML a tenth, and encoding to UTF-8 a twentieth."

const slowMachine =
  "The target is in milliseconds and comes from a faster machine: a bare start of Node took 20 to 40 ms of CPU there. See the figure of the start for the time that it takes here."

const withinNoise =
  "The range of the seven windows includes the target: the difference is not larger than the noise of this run."

const longSearch =
  "The database's threads take two fifths: the index weighs texts that are a hundred times as long. The main thread takes as much, and the rest is garbage collection on V8's threads. Excerpts are made from the first 6,000 characters where these have all words that were searched for."

/** Why a figure misses its target, for `docs/performance.md`. It is shown only while the figure is missed. */
export const reasons: Readonly<Partial<Record<GoalName, string>>> = {
  cachedString: cached,
  cachedBuffer: cached,
  cachedFastify: cached,
  notModified: cached,
  creates:
    "The main thread is the limit, not the disk: V8 collects about a megabyte for each note, which is a third of the CPU time, and most of the rest is Effect's interpreter and six messages to the database's threads.",
  uncached:
    "In a profile of the main thread, Effect's fibers take three tenths, garbage collection a fifth, sending a tenth, and waking the database's thread a tenth. No function of the site takes more than a fortieth. Pages that somebody has asked for before come from the page cache.",
  longRss: longFeed,
  longAtom: longFeed,
  longJson: longFeed,
  longSearch,
  longApi: longSearch,
  longLive:
    "The whole texts of feeds are decoded and written on the main thread, and a probe waits for the longest step: one feed.",
  overloadGood:
    "Two thousand clients asked for more than five times the capacity, and the refusals, cheap as each is, took a third of the CPU.",
  overloadTail:
    "Node accepts one connection per turn of the event loop, so the last of two thousand clients that connect within four seconds are accepted late.",
  session:
    "SQLite runs on worker threads ([decision 2](decisions/0002-one-writer-and-readers-on-worker-threads.md)), so that a hanging disk does not stop the process. One message to a thread and back costs more than the read. The read of one row through the same pool is in the figure as well.",
  start:
    "Loading Effect and the libraries, with V8's code cache, is most of it. A start-up snapshot is impossible: `node:http` cannot be in one (see below).",
  searchRare: slowMachine,
  postgresRare: slowMachine,
  searchCommon: slowMachine,
  largeHome: withinNoise,
  largePermalink: withinNoise,
  largeFeed: withinNoise,
  memoryGrowth:
    "Nothing is kept but the page cache, which is full by then (16 MB). Of the rest, twenty megabytes are V8's heap and compiled code, twelve are free parts of C's heap, and six are pages of Node's binary that only requests need. While requests come, V8 lets its heap grow to four times what is in use, because texts of pages outlive the young generation of 4 MB. `--heap-growing-percent=60` was tried: 100 MB less at the most, and a quarter more CPU for these requests, so it is not set.",
  memoryIdle:
    "Node's own binary is 40 MB of it, shared with other Node processes; Effect, schemas and prepared texts in V8's heap and two database threads are most of the rest."
}
