import { SqlClient, type SqlConnection, type SqlError, type Statement } from "@effect/sql"
import { Effect, Option } from "effect"

/** A statement as text with its parameters. */
export interface Compiled {
  readonly sql: string
  readonly params: ReadonlyArray<unknown>
  /** Whether the connection keeps it prepared for its next use. Default true. */
  readonly prepared?: boolean
}

type Results = Effect.Effect<ReadonlyArray<ReadonlyArray<unknown>>, SqlError.SqlError>

/** A connection that takes several statements in one message. */
export interface BatchConnection extends SqlConnection.Connection {
  /** Runs statements in order up to the first that fails; returns the rows of each. */
  readonly executeAll: (statements: ReadonlyArray<Compiled>) => Results
  /** As `executeAll`, in a savepoint: a failure rolls all of them back. */
  readonly executeAllOrNone: (statements: ReadonlyArray<Compiled>) => Results
}

const takesBatches = (connection: SqlConnection.Connection): connection is BatchConnection =>
  "executeAll" in connection && "executeAllOrNone" in connection

const compiled = (statement: Statement.Statement<unknown>): Compiled => {
  const [sql, params] = statement.compile()
  return { sql, params }
}

const batchConnection = Effect.map(Effect.serviceOption(SqlClient.TransactionConnection), (found) =>
  Option.filter(
    Option.map(found, ([connection]) => connection),
    takesBatches
  )
)

/**
 * Runs statements in order up to the first that fails, and returns the rows of each. In a unit of work of the pool they
 * are one message to the connection's thread: each message wakes two threads, which costs more than the statement.
 */
export const inOrder = (statements: ReadonlyArray<Statement.Statement<unknown>>): Results =>
  statements.length < 2
    ? Effect.all(statements)
    : Effect.flatMap(
        batchConnection,
        Option.match({
          onNone: (): Results => Effect.all(statements),
          onSome: (connection): Results => connection.executeAll(statements.map(compiled))
        })
      )

/** Like `inOrder`, but if one fails, none has an effect. `prepared`: whether statements are kept for a later use. */
export const allOrNone = (
  sql: SqlClient.SqlClient,
  statements: ReadonlyArray<Statement.Statement<unknown>>,
  prepared = true
): Results =>
  Effect.flatMap(
    batchConnection,
    Option.match({
      onNone: (): Results => sql.withTransaction(Effect.all(statements)),
      onSome: (connection): Results =>
        connection.executeAllOrNone(statements.map((statement) => ({ ...compiled(statement), prepared })))
    })
  )
