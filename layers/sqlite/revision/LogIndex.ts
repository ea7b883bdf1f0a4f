import { constants, fstat, open, readSync, realpath, stat } from "node:fs"
import { promisify } from "node:util"
import { Effect } from "effect"

/** Systems whose file reads and shared memory see the same content of a file at any time. */
const coherent: ReadonlySet<string> = new Set(["linux", "darwin"])

/**
 * Bytes of a copy of the header. There are two, which differ while a process writes them
 * (https://www.sqlite.org/walformat.html).
 */
const copyLength = 48

/** The format's version, the first number, in the machine's byte order. */
const format = new Uint8Array(new Uint32Array([3_007_000]).buffer)

/** Position of the flag that is 1 once the index is usable. */
const isInit = 12

/** Whether the access time stays as it is, because changing it may need the disk. Only the file's owner may ask for it. */
const untouched: number = constants.O_NOATIME ?? 0

const opened = promisify(open)
const statOf = promisify(stat)
const fstatOf = promisify(fstat)

/** A reader of the header of a database's write-ahead log. */
export interface LogIndex {
  /**
   * A number that changes with every commit of any process, and sometimes without one. `undefined` while a process
   * writes it.
   */
  readonly version: () => number | undefined
}

/** The latest version of any index: two indexes never have the same one. */
let latest = 0

/**
 * Reads the header of the index of the write-ahead log, by which SQLite's connections themselves notice commits of
 * others: a file in shared memory, which SQLite keeps open, so that a read of it takes a microsecond and does not need the
 * disk. Its format is the same in every version of SQLite, because connections of different versions share it.
 */
class HeaderReader implements LogIndex {
  private header = Buffer.alloc(2 * copyLength)
  private before = Buffer.alloc(2 * copyLength)
  private count: number | undefined

  constructor(readonly fd: number) {}

  readonly version = (): number | undefined => {
    const { before, header } = this
    try {
      if (readSync(this.fd, header, 0, header.length, 0) !== header.length) return undefined
    } catch {
      return undefined
    }
    if (this.count !== undefined && header.equals(before)) return this.count
    if (header.compare(format, 0, format.length, 0, format.length) !== 0) return undefined
    if (header[isInit] !== 1 || header.compare(header, 0, copyLength, copyLength) !== 0) return undefined
    this.header = before
    this.before = header
    this.count = ++latest
    return this.count
  }
}

/**
 * Opens the index of a database to which this process has a connection; `previous` is used again if it is the same
 * file. It stays open until the process ends: closing any descriptor of a file releases all locks of the process on it
 * (fcntl(2)), SQLite's included. Fails where there is no index, or none that can be read this way.
 */
export const openLogIndex = (databasePath: string, previous: LogIndex | undefined): Effect.Effect<LogIndex, void> =>
  Effect.tryPromise({
    try: async () => {
      if (!coherent.has(process.platform)) throw new Error("reads of shared memory may be late")
      const path = `${await promisify(realpath)(databasePath)}-shm`
      if (previous instanceof HeaderReader) {
        const [known, now] = await Promise.all([fstatOf(previous.fd), statOf(path)])
        if (known.ino === now.ino && known.dev === now.dev) return previous
      }
      const readOnly = constants.O_RDONLY
      return new HeaderReader(await opened(path, readOnly | untouched).catch(() => opened(path, readOnly)))
    },
    catch: () => undefined
  })
