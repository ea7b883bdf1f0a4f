import { Schema } from "effect"

const Lane = Schema.Literal("reader", "writer")

/** No connection came free within the acquire timeout, or the line was full. Retryable: the pool recovers automatically. */
export class PoolExhausted extends Schema.TaggedError<PoolExhausted>("starpunk/PoolExhausted")("PoolExhausted", {
  lane: Lane,
  size: Schema.Number,
  waiting: Schema.Number,
  timeoutMillis: Schema.Number
}) {}

/** The pool is shut or shutting; nothing is lent any more. */
export class PoolClosed extends Schema.TaggedError<PoolClosed>("starpunk/PoolClosed")("PoolClosed", {
  lane: Lane
}) {}

/** Another process holds the write lock longer than we wait (SQLITE_BUSY*, SQLITE_LOCKED*). */
export class DatabaseLocked extends Schema.TaggedError<DatabaseLocked>("starpunk/DatabaseLocked")("DatabaseLocked", {
  waitedMillis: Schema.Number
}) {}

/** No room for the write (SQLITE_FULL). Reading goes on. */
export class DatabaseFull extends Schema.TaggedError<DatabaseFull>("starpunk/DatabaseFull")("DatabaseFull", {
  driverCode: Schema.String
}) {}

/** The file or its directory may not be written (SQLITE_READONLY*), or a write was tried on a reader. */
export class DatabaseReadOnly extends Schema.TaggedError<DatabaseReadOnly>("starpunk/DatabaseReadOnly")(
  "DatabaseReadOnly",
  { driverCode: Schema.String }
) {}

/** The file is damaged or is not a database (SQLITE_CORRUPT*, SQLITE_NOTADB). */
export class DatabaseCorrupt extends Schema.TaggedError<DatabaseCorrupt>("starpunk/DatabaseCorrupt")(
  "DatabaseCorrupt",
  { driverCode: Schema.String }
) {}

/** The disk or the connection failed (SQLITE_IOERR*, SQLITE_CANTOPEN*, a worker that ended). */
export class DatabaseUnavailable extends Schema.TaggedError<DatabaseUnavailable>("starpunk/DatabaseUnavailable")(
  "DatabaseUnavailable",
  { driverCode: Schema.String }
) {}

/** A row broke a rule of the schema (SQLITE_CONSTRAINT*): a taken slug, a missing parent. */
export class ConstraintViolated extends Schema.TaggedError<ConstraintViolated>("starpunk/ConstraintViolated")(
  "ConstraintViolated",
  { driverCode: Schema.String }
) {}

/** A statement was wrong: a bug of ours. `detail` is the driver's text, for the log only. */
export class QueryFailed extends Schema.TaggedError<QueryFailed>("starpunk/QueryFailed")("QueryFailed", {
  driverCode: Schema.String,
  detail: Schema.String
}) {}

/** What any use of the database may fail with, classified once, at the pool's border. */
export type DatabaseFailure =
  | PoolExhausted
  | PoolClosed
  | DatabaseLocked
  | DatabaseFull
  | DatabaseReadOnly
  | DatabaseCorrupt
  | DatabaseUnavailable
  | ConstraintViolated
  | QueryFailed
