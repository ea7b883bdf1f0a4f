import type { Readable } from "node:stream"
import { Effect, type Scope } from "effect"
import { ZipFile } from "yazl"

/** A zip file that is being written. */
export interface Zip {
  /** The bytes of the file. It fails with what was given to `fail`. */
  readonly output: Readable
  /**
   * Writes one file and waits until its last byte was taken from the stream, so that no more than one is in memory.
   * Interruption closes the stream.
   */
  readonly add: (
    path: string,
    content: Readable,
    options: { readonly compress: boolean }
  ) => Effect.Effect<void, unknown>
  /** Writes the directory of the zip file, which ends the output. */
  readonly end: Effect.Effect<void>
  /** Ends the output without a directory: the file is recognizably incomplete. */
  readonly fail: (error: unknown) => Effect.Effect<void>
}

/** Permissions of each file: for the owner only, because an export contains private posts. */
const mode = 0o100600

/** Makes a zip file whose files have this time of modification. The scope closes it. */
export const zip = (mtime: Date): Effect.Effect<Zip, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const file = new ZipFile()
      // The types promise less than a PassThrough, which it is.
      const output = file.outputStream as Readable
      const fail = (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error)))
      file.once("error", fail)
      return {
        output,
        add: (path, content, { compress }) =>
          Effect.async<void, unknown>((resume) => {
            const failed = (error: unknown) => resume(Effect.fail(error))
            output.once("error", failed)
            content.once("error", failed)
            content.once("end", () => {
              output.off("error", failed)
              resume(Effect.void)
            })
            file.addReadStream(content, path, { compress, mtime, mode })
            return Effect.sync(() => content.destroy())
          }),
        end: Effect.sync(() => file.end()),
        fail: (error) => Effect.sync(() => fail(error))
      } satisfies Zip
    }),
    ({ output }) => Effect.sync(() => output.destroy())
  )
