import { Clock, Effect, Layer, Option, Runtime, Schedule, Schema, type Scope } from "effect"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import { ContentRevision } from "../../../src/services/ContentRevision.js"
import { Commits } from "../pool/Commits.js"
import type { Command, Driver } from "../pool/Driver.js"
import { decodeRow } from "../rows/Rows.js"

/** Tells without a statement whether anything was committed. */
export interface CommitWatch {
  /** A number that changes with every commit of any process, and sometimes without one; `undefined` if it is unknown. */
  readonly version: () => number | undefined
}

/** How an engine reads the revision. */
export interface RevisionSource<Watch extends CommitWatch> {
  /** Opens the connection that reads it; interruption leaves none open. */
  readonly open: Effect.Effect<Driver, DatabaseOpenFailed>
  /**
   * Reads the number of changes so far as `changes`, the publication of the latest post that is due as `latest`, and of
   * the first that is not as `next`.
   */
  readonly select: (now: number) => Command
  /** Begins to watch when the connection is open. Gets the watch of the last connection, and the commits of this process. */
  readonly watch: (previous: Watch | undefined, commits: () => number) => Effect.Effect<Watch, unknown>
}

/** How long a request waits for the revision before its page is rendered without the cache. */
const patience = "1 second"

/** How long a revision counts as current although another process may have committed in between, in milliseconds. */
const currentMillis = 1

/**
 * How often to check that the file at the path is still the opened one, and that the disk answers. In between, the
 * revision stays as long as nothing was committed. Milliseconds.
 */
const verifyMillis = 1_000

/** How long the unused connection stays open, in milliseconds. Its thread takes 8 MB. */
const idleMillis = 60_000

const stateFrom = decodeRow(
  Schema.Struct({ changes: Schema.Int, latest: Schema.NullOr(Schema.Int), next: Schema.NullOr(Schema.Int) })
)

/** A revision, the time at which it was requested, and the commits of this process until then. */
interface Reading {
  readonly revision: string
  at: number
  commits: number
  /** When it was read from the database. */
  readonly readAt: number
  /** The version of the database from before. */
  readonly version: number | undefined
  /** It is the revision from one time to another, in epoch milliseconds, while nothing is committed. */
  readonly from: number
  readonly to: number
}

/** A request that waits for the revision. */
interface Waiting {
  readonly at: number
  readonly commits: number
  readonly use: (revision: string | undefined) => void
}

const covers = (reading: Pick<Reading, "at" | "commits">, { at, commits }: Pick<Waiting, "at" | "commits">): boolean =>
  at - reading.at < currentMillis && commits <= reading.commits

/**
 * Reads the revision on a separate connection. A connection in the main thread would block the process while the disk
 * hangs, and a connection of the pool would be missing when all readers are busy. Between two readings, the watch
 * shows whether anything was committed, so hardly a request waits for a reading.
 */
const make = <Watch extends CommitWatch>({
  open,
  select,
  watch
}: RevisionSource<Watch>): Effect.Effect<ContentRevision["Type"], never, Commits | Scope.Scope> =>
  Effect.gen(function* () {
    const commits = yield* Commits
    const scope = yield* Effect.scope
    const runFork = Runtime.runFork(yield* Effect.runtime<never>())
    const clock = yield* Effect.clock
    const monotonic = () => Number(clock.unsafeCurrentTimeNanos()) / 1e6

    let driver: Driver | undefined
    let index: Watch | undefined
    let reading: Reading | undefined
    let verifiedAt = Number.NEGATIVE_INFINITY
    let askedAt = Number.NEGATIVE_INFINITY
    let waiting: Array<Waiting> = []
    let isReading = false

    const wanted = yield* Effect.makeLatch()
    const broken = yield* Effect.makeLatch()
    /** Completes when there were no requests for a while. */
    const idle = Effect.repeat(Effect.delay(wanted.close, idleMillis), {
      until: () => monotonic() - askedAt >= idleMillis
    })
    const connect = Effect.acquireRelease(open, ({ close }) => Effect.disconnect(close)).pipe(
      Effect.tap((opened) =>
        Effect.gen(function* () {
          index = Option.getOrUndefined(yield* Effect.option(watch(index, commits.count)))
          driver = opened
          yield* broken.close
          yield* Effect.race(broken.await, idle)
        })
      ),
      Effect.ensuring(
        Effect.sync(() => {
          driver = undefined
          reading = undefined
        })
      ),
      Effect.scoped,
      Effect.ignore
    )
    // Without a connection pages are rendered, so one that was lost is opened again a second later.
    const connecting = Effect.zipRight(wanted.await, connect)
    yield* Effect.forkScoped(Effect.repeat(connecting, Schedule.spaced("1 second")))

    const read = Effect.gen(function* () {
      const asked = { at: monotonic(), commits: commits.count(), version: index?.version() }
      // Only callers that already wait for a hanging statement wait for it; others get `undefined`.
      if (driver === undefined || driver.pending() > 0) return undefined
      if (asked.at - verifiedAt > verifyMillis) {
        yield* driver.run({ do: "verify" })
        verifiedAt = asked.at
      }
      const rows = yield* driver.run(select(yield* Clock.currentTimeMillis))
      const { changes, latest, next } = yield* stateFrom(Array.isArray(rows) ? rows : [])
      return {
        ...asked,
        readAt: asked.at,
        revision: `${changes}-${latest ?? 0}`,
        from: latest ?? Number.NEGATIVE_INFINITY,
        to: next ?? Number.POSITIVE_INFINITY
      }
    }).pipe(
      Effect.timeout(patience),
      Effect.catchAllCause(() => Effect.succeed(undefined)),
      // Many visitors wait for it, so it goes before their renderings.
      Effect.withSchedulingPriority(-1)
    )

    const settle = (found: Reading | undefined): void => {
      reading = found
      if (driver?.broken() !== undefined) broken.unsafeOpen()
      const served = found === undefined ? waiting : waiting.filter((asked) => covers(found, asked))
      waiting = found === undefined ? [] : waiting.filter((asked) => !covers(found, asked))
      isReading = waiting.length > 0
      if (isReading) setImmediate(begin)
      for (const { use } of served) use(found?.revision)
    }

    const begin = (): void => {
      runFork(read, { scope }).addObserver((exit) => settle(exit._tag === "Success" ? exit.value : undefined))
    }

    /** Counts a reading as one of now, if nothing can have changed since. */
    const extend = (reading: Reading, at: number): boolean => {
      const { from, readAt, to, version } = reading
      if (version === undefined || at - readAt >= verifyMillis || driver === undefined) return false
      const counted = commits.count()
      if (index?.version() !== version) return false
      const now = clock.unsafeCurrentTimeMillis()
      if (now < from || now >= to) return false
      reading.at = at
      reading.commits = counted
      return true
    }

    const current = (): string | undefined => {
      if (reading === undefined) return undefined
      const at = monotonic()
      return covers(reading, { at, commits: commits.count() }) || extend(reading, at) ? reading.revision : undefined
    }

    return ContentRevision.of({
      current,
      read: (use) => {
        const known = current()
        if (known !== undefined) return use(known)
        const asked = { at: monotonic(), commits: commits.count(), use }
        askedAt = asked.at
        wanted.unsafeOpen()
        waiting.push(asked)
        if (isReading) return
        isReading = true
        // After all requests that this turn of the event loop still reads.
        setImmediate(begin)
      }
    })
  })

/** The revision of the content, as an engine reads it. */
export const layerWith = <Watch extends CommitWatch>(
  source: RevisionSource<Watch>
): Layer.Layer<ContentRevision, never, Commits> => Layer.scoped(ContentRevision, make(source))
