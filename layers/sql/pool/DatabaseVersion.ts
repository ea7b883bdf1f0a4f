import { Context } from "effect"

/** Tells whether anything was committed to the database, so that a row that was read before may be used again. */
export interface DatabaseVersionShape {
  /**
   * A number that changes with every commit of any process, before the commit is acknowledged. `undefined` if it is not
   * known at once. Read it before the rows that are kept for it.
   */
  readonly current: () => number | undefined
}

/** The version of this process's database. By default, as for commands, it is not known. */
export class DatabaseVersion extends Context.Reference<DatabaseVersion>()("starpunk/DatabaseVersion", {
  defaultValue: (): DatabaseVersionShape => ({ current: () => undefined })
}) {}
