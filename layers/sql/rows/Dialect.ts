import type { SqlClient } from "@effect/sql"

/** Returns whether the database is on a server, which several programs can share, and not in a file. */
export const isOnServer = (sql: SqlClient.SqlClient): boolean =>
  sql.onDialectOrElse({ pg: () => true, orElse: () => false })
