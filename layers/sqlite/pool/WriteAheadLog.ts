import { Context, type Duration, Effect, Schema } from "effect"
import { type DatabaseFailure, QueryFailed } from "../../../src/errors/Database.js"
import type { Fields } from "../../../src/services/Logger.js"

/** Result of a checkpoint. */
export interface Checkpoint {
  /** Whether a reader or a writer prevented it from completing. */
  readonly busy: boolean
  /** Pages in the log. */
  readonly pages: number
  /** Pages of the log that are in the database file now. */
  readonly copied: number
}

/**
 * Mode of a checkpoint; NOOP makes none and returns the length of the log (SQLite before 3.51 treats it as PASSIVE).
 */
export type CheckpointMode = "PASSIVE" | "RESTART" | "NOOP"

/** SQLite's write-ahead log beside the database file, and its checkpoints. */
export class WriteAheadLog extends Context.Tag("starpunk/layers/WriteAheadLog")<
  WriteAheadLog,
  {
    /**
     * Checkpoints the log on the writer's connection. PASSIVE copies pages that no reader uses and waits for nobody;
     * RESTART waits for readers (at most `patience`), so that the next write restarts the log.
     * https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
     */
    readonly checkpoint: (
      mode: CheckpointMode,
      patience: Duration.DurationInput
    ) => Effect.Effect<Checkpoint, DatabaseFailure>
    /** Updates the query planner's statistics. https://www.sqlite.org/lang_analyze.html#pragopt */
    readonly optimize: Effect.Effect<void, DatabaseFailure>
    /** The oldest reader, as log fields; none if there is no reader. */
    readonly oldestReader: Effect.Effect<Fields | undefined>
    /** Ids of other processes that are reading now, as far as the system reports them. */
    readonly readersBeside: Effect.Effect<ReadonlyArray<number>>
  }
>() {}

const Row = Schema.Tuple(Schema.Int, Schema.Int, Schema.Int)

/** Decodes the result of `wal_checkpoint`: busy, pages in the log, pages copied; -1 if there is no log. */
export const decodeCheckpoint = (row: ReadonlyArray<unknown>): Effect.Effect<Checkpoint, QueryFailed> =>
  Schema.decodeUnknown(Row)(row).pipe(
    Effect.map(([busy, pages, copied]) => ({
      busy: busy !== 0,
      pages: Math.max(0, pages),
      copied: Math.max(0, copied)
    })),
    Effect.mapError(({ message }) => new QueryFailed({ driverCode: "CHECKPOINT", detail: message }))
  )
