import { lookup, Resolver } from "node:dns/promises"

/** All IP addresses of a host name; rejects, with a DNS error, when there is none. */
export type NameLookup = (name: string) => Promise<ReadonlyArray<string>>

/** As every program of this machine does it, hosts file included. Takes one of the few threads that Node has for this. */
export const bySystem: NameLookup = async (name) => (await lookup(name, { all: true })).map(({ address }) => address)

/**
 * From the name server itself, without a thread: names that do not answer hold up no others. What it does not know, the
 * system may.
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

/** The code that Node's errors bear. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : ""
