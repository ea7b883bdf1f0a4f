import { lookup, Resolver } from "node:dns/promises"
import { codeOf } from "../files/ErrorCode.js"

/** Resolves a host name to all of its IP addresses; rejects with a DNS error if there is none. */
export type NameLookup = (name: string) => Promise<ReadonlyArray<string>>

/** Resolves as every program of this machine does, hosts file included. Uses one of Node's few threads for this. */
export const bySystem: NameLookup = async (name) => (await lookup(name, { all: true })).map(({ address }) => address)

/**
 * Asks the name server directly, without a thread, so names that do not resolve block no others. Names that it does not
 * know are resolved by the system.
 */
export const byNameServer: NameLookup = async (name) => {
  const resolver = new Resolver({ timeout: 2000, tries: 2 })
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
  const found = [v4, v6].flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []))
  if (found.length > 0) return found
  const reasons = [v4, v6].flatMap((answer) => (answer.status === "rejected" ? [codeOf(answer.reason)] : []))
  if (reasons.includes("ENOTFOUND") || reasons.includes("ECONNREFUSED")) return bySystem(name)
  throw v4.status === "rejected" ? v4.reason : new Error("no address")
}
