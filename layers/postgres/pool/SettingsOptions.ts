import { readFile } from "node:fs/promises"
import { Duration, Effect, Option } from "effect"
import { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { SettingsValues } from "../../../src/settings/Config.js"
import type { DatabaseAddress } from "../../../src/settings/DatabaseAddress.js"
import { codeOf } from "../../files/ErrorCode.js"
import { shown } from "./Address.js"
import type { ConnectionOptions } from "./Connecting.js"

/** Reads the certificates of the authority that the settings name. */
const authorityOf = (path: string, address: DatabaseAddress) => {
  const failed = (detail: string) => new DatabaseOpenFailed({ reason: "authority", path: shown(address), detail })
  return Effect.tryPromise({
    try: () => readFile(path, "utf8"),
    catch: (error) => failed(`${path} cannot be read (${codeOf(error) || String(error)})`)
  }).pipe(
    Effect.filterOrFail(
      (text) => text.includes("-----BEGIN CERTIFICATE-----"),
      () => failed(`${path} holds no certificate`)
    )
  )
}

/** Options of a connection to the server at an address, from the settings. */
export const connectionOptions = (
  address: DatabaseAddress,
  { database: { authority, busyTimeout } }: SettingsValues
): Effect.Effect<Omit<ConnectionOptions, "role" | "create">, DatabaseOpenFailed> =>
  Effect.map(
    Effect.transposeMapOption(address.isEncrypted ? authority : Option.none(), (path) => authorityOf(path, address)),
    (authority) => ({
      address,
      authority: Option.getOrUndefined(authority),
      busyTimeoutMillis: Duration.toMillis(busyTimeout)
    })
  )
