import { statSync } from "node:fs"
import Database from "better-sqlite3"
import { type Clock, Effect, Layer } from "effect"
import { ContentRevision } from "../../../src/services/ContentRevision.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Settings } from "../../../src/settings/Config.js"

/** How often a failed connection is opened again, and the file looked at, in milliseconds. */
const lookEvery = 1_000

/** The state of the content: changes so far, when the latest post became due, and when the next one will. Epoch milliseconds. */
interface State {
  readonly changes: number
  readonly latest: number | null
  readonly next: number | null
}

/** Reads nothing but what other connections have committed, so a lock is never waited for and none is kept. */
const open = (path: string) => {
  const database = new Database(path, { readonly: true, fileMustExist: true, timeout: 0 })
  return {
    inode: statSync(path).ino,
    close: () => database.close(),
    dataVersion: database.prepare<[], number>("PRAGMA data_version").pluck(),
    state: database.prepare<[number, number], State>(
      `SELECT (SELECT count FROM content_revision) AS changes,
        (SELECT published_at FROM posts WHERE deleted_at IS NULL AND published_at <= ?
          ORDER BY published_at DESC LIMIT 1) AS latest,
        (SELECT published_at FROM posts WHERE deleted_at IS NULL AND published_at > ?
          ORDER BY published_at LIMIT 1) AS next`
    )
  }
}

/** What was found at the last look: holds until the next commit, until `until`, and while the clock is not set back. */
interface Found {
  readonly dataVersion: number | undefined
  readonly revision: string
  readonly at: number
  readonly until: number
}

/**
 * One read-only connection in the main thread. `PRAGMA data_version` tells of every commit of every other connection,
 * the pool's included, at 2 µs (https://www.sqlite.org/pragma.html#pragma_data_version); only then is the state read.
 */
class Watch {
  private connection: ReturnType<typeof open> | undefined
  private found: Found | undefined
  private lookedAt = Number.NEGATIVE_INFINITY
  private isAskedThisTurn = false

  constructor(
    private readonly path: string,
    private readonly clock: Clock.Clock
  ) {}

  readonly current = (): string | undefined => {
    const now = this.clock.unsafeCurrentTimeMillis()
    try {
      const connection = this.connected(now)
      if (connection === undefined) return undefined
      const { found } = this
      const dataVersion = this.isAskedThisTurn && found !== undefined ? found.dataVersion : this.ask(connection)
      if (found !== undefined && found.dataVersion === dataVersion && found.at <= now && now < found.until) {
        return found.revision
      }
      const state = connection.state.get(now, now)
      if (state === undefined) return undefined
      const revision = `${state.changes}-${state.latest ?? 0}`
      this.found = { dataVersion, revision, at: now, until: state.next ?? Number.POSITIVE_INFINITY }
      return revision
    } catch {
      // Whatever it was, the answer is made again by the pool, whose failures have names.
      this.close()
      return undefined
    }
  }

  /**
   * Once per turn of the event loop is enough: a request that was sent after a response of this turn is read in a later
   * one, and another process is noticed at the latest then.
   */
  private ask(connection: ReturnType<typeof open>): number | undefined {
    this.isAskedThisTurn = true
    setImmediate(() => {
      this.isAskedThisTurn = false
    })
    return connection.dataVersion.get()
  }

  close(): void {
    this.found = undefined
    this.connection?.close()
    this.connection = undefined
  }

  /** The connection to the file that lies at the path: another file in its place is for the pool to refuse. */
  private connected(now: number): ReturnType<typeof open> | undefined {
    if (now >= this.lookedAt && now < this.lookedAt + lookEvery) return this.connection
    this.lookedAt = now
    if (this.connection !== undefined && statSync(this.path).ino !== this.connection.inode) this.close()
    else this.connection ??= open(this.path)
    return this.connection
  }
}

/** Asks the database itself. Closes before the pool, whose last connection takes the write-ahead log in. */
export const layer: Layer.Layer<ContentRevision, never, Settings | SqlPool> = Layer.scoped(
  ContentRevision,
  Effect.gen(function* () {
    yield* SqlPool
    const { databasePath } = yield* Settings
    const watch = new Watch(databasePath, yield* Effect.clock)
    yield* Effect.addFinalizer(() => Effect.sync(() => watch.close()))
    return { current: watch.current }
  })
)

/** Knows nothing: no page is cached. */
export const layerUnknown: Layer.Layer<ContentRevision> = Layer.succeed(ContentRevision, { current: () => undefined })
