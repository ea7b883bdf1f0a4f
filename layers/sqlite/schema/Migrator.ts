import type { Effect } from "effect"
import type { Logger } from "../../../src/services/Logger.js"
import type { SqlPool } from "../../../src/services/SqlPool.js"
import { type MigrateFailure, migrateWith } from "../../sql/schema/Migrator.js"
import { migrations } from "./migrations.js"

/** Applies all pending migrations of this program: see `migrateWith`. */
export const migrate: Effect.Effect<void, MigrateFailure, SqlPool | Logger> = migrateWith(migrations)
