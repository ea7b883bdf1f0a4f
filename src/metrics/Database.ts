import { Counter, Gauge, Histogram } from "./Instrument.js"

/** From a tenth of a millisecond, for a lookup, to seconds, for a lock. */
const connectionSeconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 2.5, 10]

const pool = "db.client.connection.pool.name"

/**
 * https://opentelemetry.io/docs/specs/semconv/database/database-metrics/#connection-pools; readers and the writer are a
 * pool each.
 */
export const connections = new Gauge({
  name: "db.client.connection.count",
  help: "Open database connections, by pool and by state (idle or used)",
  unit: "{connection}",
  labels: [pool, "db.client.connection.state"]
})

/** Maximum number of connections. */
export const maxConnections = new Gauge({
  name: "db.client.connection.max",
  help: "Maximum number of database connections of a pool",
  unit: "{connection}",
  labels: [pool]
})

/** Number of idle connections that are kept: all that were opened. */
export const maxIdleConnections = new Gauge({
  name: "db.client.connection.idle.max",
  help: "Maximum number of idle database connections of a pool",
  unit: "{connection}",
  labels: [pool]
})

/** Callers waiting for a connection. */
export const pendingRequests = new Gauge({
  name: "db.client.connection.pending_requests",
  help: "Callers waiting for a database connection",
  unit: "{request}",
  labels: [pool]
})

/** Callers that got no connection. */
export const connectionTimeouts = new Counter({
  name: "db.client.connection.timeouts",
  help: "Callers that got no database connection in time, or found the queue full",
  unit: "{timeout}",
  labels: [pool]
})

/** Broken connections. */
export const invalidated = new Counter({
  name: "starpunk.db.connections.invalidated",
  help: "Database connections that were replaced because they were broken",
  unit: "{connection}",
  labels: [pool]
})

/** Time to open a connection. */
export const createTime = new Histogram(
  {
    name: "db.client.connection.create_time",
    help: "Time to open a database connection",
    unit: "s",
    labels: [pool]
  },
  connectionSeconds
)

/** Time that callers waited for the connection that they got. */
export const waitTime = new Histogram(
  {
    name: "db.client.connection.wait_time",
    help: "Time that callers waited for a database connection",
    unit: "s",
    labels: [pool]
  },
  connectionSeconds
)

/** Time for which connections were leased. */
export const useTime = new Histogram(
  {
    name: "db.client.connection.use_time",
    help: "Time that callers used a database connection",
    unit: "s",
    labels: [pool]
  },
  connectionSeconds
)

/** Sizes of shared transactions. */
export const transactionWrites = new Histogram(
  {
    name: "starpunk.db.transaction.writes",
    help: "Writes that were committed together in one transaction",
    unit: "{write}",
    labels: []
  },
  [1, 2, 4, 8, 16, 32, 64]
)

/** The label of a connection kind. */
export const poolLabel = <Name extends string>(name: Name) => ({ [pool]: name }) as { readonly [pool]: Name }

/** Bytes of the database file. */
export const databaseSize = new Gauge({
  name: "starpunk.database.size",
  help: "Size of the database file",
  unit: "By",
  labels: []
})

/** Bytes of its write-ahead log. */
export const walSize = new Gauge({
  name: "starpunk.database.wal.size",
  help: "Size of the write-ahead log",
  unit: "By",
  labels: []
})
