import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { operatorOnly } from "./OperatorOnly.js"
import { TaggedFailure } from "./TaggedFailure.js"

const Reason = Schema.Literal("target_invalid", "target_taken", "same_engine", "in_use", "differs")

const words: Record<
  typeof Reason.Type,
  (detail: string) => readonly [details: string, ...advice: ReadonlyArray<string>]
> = {
  target_invalid: (detail) => [
    `The target of the move is not valid: it ${detail}`,
    "Name an address such as `postgres://user:password@host/database`, or the path of a new SQLite file"
  ],
  target_taken: (detail) => [
    `The target holds a site already: its table ${detail} is not empty`,
    "Create an empty database, and move the site there: a move never replaces data"
  ],
  same_engine: () => [
    "The site is in a SQLite file, and so is the target",
    "To move a file, run `starpunk backup FILE` here and `starpunk restore FILE` there",
    "If the site is in PostgreSQL, run the command with the server's STARPUNK_DATABASE_URL"
  ],
  in_use: (detail) => [
    `Another program uses the database (${detail}), and could change it after it was copied`,
    "Stop the server first, and start it with the new setting after the move"
  ],
  differs: (detail) => [
    `The copy of the table ${detail} differs from the original`,
    "Run `starpunk doctor` to check the database, and report a bug in StarPunk if it is in order"
  ]
}

/** A site was not moved into another database. Nothing was changed. */
export class DatabaseMoveRefused extends TaggedFailure<DatabaseMoveRefused>()(
  "DatabaseMoveRefused",
  { reason: Reason, detail: Schema.String },
  { reason: "target_taken", detail: "posts" }
) {
  get info(): ErrorInfo {
    const [details, ...troubleshooting] = words[this.reason](this.detail)
    return {
      ...operatorOnly,
      code: "maintenance.move_refused",
      message: "The site was not moved",
      operator: { details: `${details}. Nothing was changed`, troubleshooting }
    }
  }
}
