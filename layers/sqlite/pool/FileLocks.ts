import { readFile, stat } from "node:fs/promises"
import { Effect } from "effect"

/** A lock of a process on bytes of a file. */
export interface FileLock {
  readonly pid: number
  readonly kind: "READ" | "WRITE"
  /** First and last byte. */
  readonly from: number
  readonly to: number
}

const parse = (line: string, inode: number): ReadonlyArray<FileLock> => {
  const [, type, , kind, pid, file, from, to] = line.split(/\s+/)
  if (type !== "POSIX" || file?.endsWith(`:${inode}`) !== true || (kind !== "READ" && kind !== "WRITE")) return []
  return [{ kind, pid: Number(pid), from: Number(from), to: to === "EOF" ? Number.POSITIVE_INFINITY : Number(to) }]
}

/**
 * Locks of other processes on a file, on Linux; empty where they are unknown: on other systems, across containers, and
 * for a missing file. https://man7.org/linux/man-pages/man5/proc_locks.5.html
 */
export const locksOfOthers = (path: string): Effect.Effect<ReadonlyArray<FileLock>> =>
  Effect.tryPromise(async () => {
    const { ino } = await stat(path)
    const lines = (await readFile("/proc/locks", "utf8")).split("\n")
    return lines.flatMap((line) => parse(line, ino)).filter(({ pid }) => pid !== process.pid)
  }).pipe(Effect.orElseSucceed(() => []))

/**
 * Bytes of the log's index that a reader locks during a read transaction, which prevents the log from being reset.
 * https://www.sqlite.org/walformat.html#wal_locks
 */
const readMarks = { from: 123, to: 127 }

/** Ids of other processes that are reading this database now. */
export const readersBeside = (databasePath: string): Effect.Effect<ReadonlyArray<number>> =>
  Effect.map(locksOfOthers(`${databasePath}-shm`), (locks) => {
    const reading = locks.filter(
      ({ from, kind, to }) => kind === "READ" && from <= readMarks.to && to >= readMarks.from
    )
    return [...new Set(reading.map(({ pid }) => pid))]
  })
