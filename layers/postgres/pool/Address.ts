import type { NetConnectOpts } from "node:net"
import type { DatabaseAddress } from "../../../src/settings/DatabaseAddress.js"

/** Where to open a socket to the server. */
export const socketOf = ({ host, port }: DatabaseAddress): NetConnectOpts =>
  host.startsWith("/") ? { path: `${host}/.s.PGSQL.${port}` } : { host, port }

/** The address as it may be logged: without user and password. */
export const shown = ({ database, host, port }: DatabaseAddress): string =>
  host.startsWith("/") ? `${database} at ${host}, port ${port}` : `${database} at ${host}:${port}`
