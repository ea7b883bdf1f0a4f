import { Context, type Effect, type Option } from "effect"

/** What the process has used, and uses at this moment. */
export interface ProcessUse {
  /** Seconds of processor time since it started, user and system. */
  readonly cpuSeconds: number
  readonly residentBytes: number
  readonly heapUsedBytes: number
  readonly heapTotalBytes: number
  readonly externalBytes: number
  /** Seconds for which the event loop was active, and idle, since it started. */
  readonly activeSeconds: number
  readonly idleSeconds: number
}

/** How late the event loop was, in seconds beyond the resolution at which it is measured. */
export interface EventLoopDelay {
  readonly max: number
  readonly p99: number
  readonly p50: number
}

/** What lies on the disk, in bytes; nothing where it could not be looked at. */
export interface StorageUse {
  readonly databaseBytes: Option.Option<number>
  /** 0 where there is no log at the moment. */
  readonly walBytes: Option.Option<number>
  readonly freeBytes: Option.Option<number>
}

/** The process and its disk, as they are measured. */
export class Machine extends Context.Tag("starpunk/Machine")<
  Machine,
  {
    readonly nodeVersion: string
    /** When the process started, in epoch milliseconds. */
    readonly startedAt: number
    /** Reads memory only. */
    readonly process: Effect.Effect<ProcessUse>
    /** The delay since this was last asked for. For one caller: whoever asks begins a new stretch. */
    readonly takeEventLoopDelay: Effect.Effect<EventLoopDelay>
    /** Asks the file system, beside other work. Never fails. */
    readonly storage: Effect.Effect<StorageUse>
  }
>() {}
