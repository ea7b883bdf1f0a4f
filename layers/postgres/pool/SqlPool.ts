import { Reactivity } from "@effect/experimental"
import { Context, Duration, Effect, Layer } from "effect"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { Logger } from "../../../src/services/Logger.js"
import { SqlPool } from "../../../src/services/SqlPool.js"
import { Commits } from "../../sql/pool/Commits.js"
import * as Pool from "../../sql/pool/SqlPool.js"
import type { ConnectionOptions } from "./Connecting.js"
import * as Driver from "./Driver.js"
import { postgres } from "./Engine.js"

/** Options of a pool. All but the address have a default. */
export interface PoolOptions extends Pool.PoolLimits, Pick<ConnectionOptions, "address" | "authority"> {}

/** A pool over connections to a PostgreSQL server. */
export const layer = (options: PoolOptions): Layer.Layer<SqlPool | Commits, DatabaseOpenFailed, Logger> =>
  Layer.scopedContext(
    Effect.gen(function* () {
      const { address, authority } = options
      const busyTimeoutMillis = Duration.toMillis(options.busyTimeout ?? "2 seconds")
      const openFor: Pool.OpenFor = (role, create) =>
        Driver.open({ address, authority, role, create, busyTimeoutMillis })
      const { commits, pool } = yield* Pool.make(postgres(busyTimeoutMillis), openFor, options)
      return Context.make(SqlPool, pool).pipe(Context.add(Commits, { count: commits }))
    })
  ).pipe(Layer.provide(Reactivity.layer))
