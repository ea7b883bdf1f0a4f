import { Context, type Duration, Effect, Schema } from "effect"
import { type DatabaseFailure, QueryFailed } from "../../../src/errors/failure/Database.js"
import type { Fields } from "../../../src/services/Logger.js"

/** What a checkpoint came to. */
export interface Checkpoint {
  /** Whether a reader or a writer kept it from being finished. */
  readonly busy: boolean
  /** Pages in the log. */
  readonly pages: number
  /** Pages of the log that are in the database file by now. */
  readonly copied: number
}

/** How a checkpoint is made; NOOP makes none and answers how long the log is (a SQLite before 3.51 takes it for PASSIVE). */
export type CheckpointMode = "PASSIVE" | "RESTART" | "NOOP"

/** SQLite's log of committed pages beside the database file: folded into the file, and kept from growing. */
export class WriteAheadLog extends Context.Tag("starpunk/layers/WriteAheadLog")<
  WriteAheadLog,
  {
    /**
     * Copies pages into the file on the writer's connection. PASSIVE copies what no reader is still using and waits for
     * nobody; RESTART waits for readers (with this patience) so that the next write begins the log anew.
     * https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
     */
    readonly checkpoint: (
      mode: CheckpointMode,
      patience: Duration.DurationInput
    ) => Effect.Effect<Checkpoint, DatabaseFailure>
    /** Brings the query planner's statistics up to date. https://www.sqlite.org/lang_analyze.html#pragopt */
    readonly optimize: Effect.Effect<void, DatabaseFailure>
    /** Whoever has been reading longest, as fields for the log; none while nobody reads. */
    readonly oldestReader: Effect.Effect<Fields | undefined>
    /** The processes beside ours that are reading right now, by their ids, as far as the system tells. */
    readonly readersBeside: Effect.Effect<ReadonlyArray<number>>
  }
>() {}

const Row = Schema.Tuple(Schema.Int, Schema.Int, Schema.Int)

/** Decodes what `wal_checkpoint` answers: busy, pages in the log, pages copied; -1 where there is no log. */
export const decodeCheckpoint = (row: ReadonlyArray<unknown>): Effect.Effect<Checkpoint, QueryFailed> =>
  Schema.decodeUnknown(Row)(row).pipe(
    Effect.map(([busy, pages, copied]) => ({
      busy: busy !== 0,
      pages: Math.max(0, pages),
      copied: Math.max(0, copied)
    })),
    Effect.mapError(({ message }) => new QueryFailed({ driverCode: "CHECKPOINT", detail: message }))
  )
