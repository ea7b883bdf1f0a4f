import { statfs } from "node:fs/promises"
import { Effect } from "effect"
import { ImportWorkspaceFailed } from "../../src/errors/ImportFile.js"

/** Bytes that stay free for the database. */
const reserve = 268_435_456

/**
 * Fails if a file system has no room for these bytes and for the database to grow. A file system that does not say is
 * given the benefit of the doubt: a write fails then.
 */
export const ensureRoom = (directory: string, bytes: number): Effect.Effect<void, ImportWorkspaceFailed> =>
  Effect.tryPromise(() => statfs(directory)).pipe(
    Effect.map(({ bavail, bsize }) => bavail * bsize),
    Effect.orElseSucceed(() => Number.POSITIVE_INFINITY),
    Effect.flatMap((free) =>
      free < bytes + reserve
        ? new ImportWorkspaceFailed({ reason: "full", detail: `${free} bytes free, ${bytes + reserve} needed` })
        : Effect.void
    )
  )
