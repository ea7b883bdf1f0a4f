import { readFile, stat } from "node:fs/promises"
import { Effect } from "effect"

/** A lock that a process holds on some bytes of a file. */
export interface FileLock {
  readonly pid: number
  readonly kind: "READ" | "WRITE"
  /** The first byte and the last. */
  readonly from: number
  readonly to: number
}

const parse = (line: string, inode: number): ReadonlyArray<FileLock> => {
  const [, type, , kind, pid, file, from, to] = line.split(/\s+/)
  if (type !== "POSIX" || file?.endsWith(`:${inode}`) !== true || (kind !== "READ" && kind !== "WRITE")) return []
  return [{ kind, pid: Number(pid), from: Number(from), to: to === "EOF" ? Number.POSITIVE_INFINITY : Number(to) }]
}

/**
 * The locks that other processes hold on a file, as Linux tells it; none where nobody can tell: elsewhere, across
 * containers, and of a file that is not there. https://man7.org/linux/man-pages/man5/proc_locks.5.html
 */
export const locksOfOthers = (path: string): Effect.Effect<ReadonlyArray<FileLock>> =>
  Effect.tryPromise(async () => {
    const { ino } = await stat(path)
    const lines = (await readFile("/proc/locks", "utf8")).split("\n")
    return lines.flatMap((line) => parse(line, ino)).filter(({ pid }) => pid !== process.pid)
  }).pipe(Effect.orElseSucceed(() => []))

/**
 * The bytes of the log's index that readers lock for as long as they look at one state of the database: what such a
 * reader still needs cannot be dropped from the log. https://www.sqlite.org/walformat.html#wal_locks
 */
const readMarks = { from: 123, to: 127 }

/** The processes beside ours that are reading this database right now. */
export const readersBeside = (databasePath: string): Effect.Effect<ReadonlyArray<number>> =>
  Effect.map(locksOfOthers(`${databasePath}-shm`), (locks) => {
    const reading = locks.filter(
      ({ from, kind, to }) => kind === "READ" && from <= readMarks.to && to >= readMarks.from
    )
    return [...new Set(reading.map(({ pid }) => pid))]
  })
