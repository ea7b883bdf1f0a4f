import type { Effect } from "effect"
import type { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { Driver } from "../../sql/pool/Driver.js"
import type { ConnectionOptions } from "./Connection.js"

/** Opens a connection to a file; interruption leaves none open. */
export type Open = (options: ConnectionOptions) => Effect.Effect<Driver, DatabaseOpenFailed>
