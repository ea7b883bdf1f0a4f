import { Context, type Effect, type Option } from "effect"

/** Resource use of the process. */
export interface ProcessUse {
  /** Seconds of processor time since the process started, user and system. */
  readonly cpuSeconds: number
  readonly residentBytes: number
  readonly heapUsedBytes: number
  readonly heapTotalBytes: number
  readonly externalBytes: number
  /** Seconds for which the event loop was active and idle since the process started. */
  readonly activeSeconds: number
  readonly idleSeconds: number
}

/** Event loop delay in seconds, less the resolution of the histogram. */
export interface EventLoopDelay {
  readonly max: number
  readonly p99: number
  readonly p50: number
}

/** Disk use in bytes; none where it could not be read. */
export interface StorageUse {
  readonly databaseBytes: Option.Option<number>
  /** 0 if there is no log. */
  readonly walBytes: Option.Option<number>
  readonly freeBytes: Option.Option<number>
}

/** Metrics of the process and its disk. */
export class Machine extends Context.Tag("starpunk/Machine")<
  Machine,
  {
    readonly nodeVersion: string
    /** Start of the process in epoch milliseconds. */
    readonly startedAt: number
    /** Reads memory only. */
    readonly process: Effect.Effect<ProcessUse>
    /** The delay since the last call. For one caller only, because each call starts a new interval. */
    readonly takeEventLoopDelay: Effect.Effect<EventLoopDelay>
    /** Reads from the file system, beside other work. Never fails. */
    readonly storage: Effect.Effect<StorageUse>
  }
>() {}
