import { Effect, Schedule } from "effect"
import { codeOf } from "../../files/ErrorCode.js"
import { DriverFailure } from "../../sql/pool/DriverFailure.js"
import { type ConnectionOptions, open } from "./Connecting.js"
import { commitAborted, commitUnknown } from "./Engine.js"

/** How long to ask what became of a COMMIT. */
const patience = "5 seconds"

/** A transaction that was being committed when its connection broke. */
export interface CommitInDoubt {
  readonly transactionId: string
  /** History of the server that gave the id, which is another one after a standby was promoted. */
  readonly timeline: string | undefined
  readonly failure: DriverFailure
}

/** `unknown` may still become known; `undecidable` never will. */
type Status = "committed" | "aborted" | "unknown" | "undecidable"

/** Asks a server, on a connection of its own, what became of the transaction. */
const ask = (options: ConnectionOptions, { timeline, transactionId }: CommitInDoubt) =>
  Effect.acquireUseRelease(
    open({ ...options, create: false }),
    ({ client, timeline: now }): Effect.Effect<Status> =>
      Effect.tryPromise({
        try: async (): Promise<Status> => {
          const { rows } = await client.query<{ readonly status: string | null }>(
            "SELECT pg_xact_status($1::text::xid8) AS status",
            [transactionId]
          )
          const status = rows[0]?.status
          if (status === "aborted") return "aborted"
          // A promoted standby that had not heard of the transaction may have given its id to another one.
          if (status !== "committed") return "unknown"
          return now === timeline ? "committed" : "undecidable"
        },
        catch: codeOf
      }).pipe(
        // An id that this server has not given yet: a promoted standby that had not heard of the transaction.
        Effect.catchAll((code) => Effect.succeed<Status>(code === "22023" ? "aborted" : "unknown"))
      ),
    ({ client, socket }) => Effect.promise(() => client.end().catch(() => void socket.destroy()))
  )

/**
 * Finds out what became of a COMMIT whose answer was lost: succeeds if it was stored. A transaction that is still in
 * progress has a server process that does not know yet that its client is gone, or that waits for a standby.
 */
export const resolveCommit = (options: ConnectionOptions, doubt: CommitInDoubt): Effect.Effect<void, DriverFailure> => {
  const fail = (code: string) => Effect.fail(new DriverFailure({ code, message: doubt.failure.message }))
  const answer = Effect.filterOrFail(ask(options, doubt), (status) => status !== "unknown")
  return Effect.retry(answer, Schedule.spaced("100 millis").pipe(Schedule.upTo(patience))).pipe(
    Effect.matchEffect({
      onFailure: () => fail(commitUnknown),
      onSuccess: (status) => {
        if (status === "committed") return Effect.void
        return fail(status === "aborted" ? commitAborted : commitUnknown)
      }
    })
  )
}
