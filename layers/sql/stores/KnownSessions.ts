import { BoundedMap } from "../../../src/domain/BoundedMap.js"
import type { Session } from "../../../src/domain/login/Session.js"
import type { DatabaseVersionShape } from "../pool/DatabaseVersion.js"

/** Maximum number of sessions that are kept: one owner has a few. */
const capacity = 256

/** How long a session is kept without being read again, whatever the version says. Milliseconds. */
const longest = 1_000

interface Known {
  readonly session: Session
  readonly version: number
  readonly readAt: number
}

/**
 * Sessions as they were read, each for the version of the database before its reading. So any commit of any process, such
 * as the end of a session, ends them all. Found by the hash of the token; whether one has expired is for the caller to judge.
 */
export class KnownSessions {
  private readonly known = new BoundedMap<string, Known>(capacity)

  constructor(private readonly version: DatabaseVersionShape) {}

  /** Returns the version, to be asked for before a session is read. */
  readonly before = (): number | undefined => this.version.current()

  /** Returns a session that cannot have changed; `now` in milliseconds of a clock that is never set. */
  find(tokenHash: Buffer, now: number): Session | undefined {
    const key = tokenHash.toString("latin1")
    const found = this.known.get(key)
    if (found === undefined) return undefined
    const age = now - found.readAt
    if (age >= 0 && age < longest && this.version.current() === found.version) return found.session
    this.known.delete(key)
    return undefined
  }

  /** Keeps a session that was read after `version`, if that is known. */
  keep(tokenHash: Buffer, session: Session, version: number | undefined, now: number): void {
    if (version !== undefined) this.known.set(tokenHash.toString("latin1"), { session, version, readAt: now })
  }
}
