import { setTimeout as wait } from "node:timers/promises"
import { Effect, Exit, Redacted, Scope } from "effect"
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici"
import { expect, it } from "vitest"
import { writeDatabaseAddress } from "../../src/settings/DatabaseAddress.js"
import * as Postgres from "../fixtures/Postgres.js"
import * as Proxy from "../program/HaProxy.js"
import { SeveralInstances } from "../program/SeveralInstances.js"
import { isLong } from "./FaultSite.js"
import { readable, slugOf } from "./Oracle.js"
import { recordWith, skipIfLacking } from "./Row.js"
import { Witness } from "./Witness.js"

const name = "a rolling restart of three instances behind HAProxy under a steady load"

/**
 * Requests a second. The long form has the rate that the guide promises. Three instances, PostgreSQL, HAProxy and the clients
 * share the machine, so other programs beside the usual run could make it refuse requests at that rate.
 */
const perSecond = isLong ? 200 : 40
/** One of this many requests creates a note. */
const writeEvery = 100
/** Mostly pages that come from the cache, which each note empties. */
const pathOf = (serial: number): string => {
  if (serial % 50 === 1) return "/api/search?q=faults"
  return ["/", "/feed.rss", "/", "/tag/faults"][serial % 4] ?? "/"
}

const healthToken = "health-token-of-the-fault-suite-0123456789"

/** Sends requests at a fixed rate, whether or not earlier ones are answered, until `end` is called. */
const openLoad = (witness: Witness) => {
  const began = performance.now()
  const calls: Array<Promise<unknown>> = []
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) / 1_000) * perSecond)
    while (calls.length < due) {
      const serial = calls.length
      calls.push(serial % writeEvery === 0 ? witness.write() : witness.read(pathOf(serial)))
    }
  }, 2)
  return {
    end: async () => {
      clearInterval(timer)
      const seconds = (performance.now() - began) / 1_000
      await Promise.all(calls)
      return { requests: calls.length, seconds }
    }
  }
}

it(name, { timeout: 600_000 }, async (context) => {
  const lacks = [Postgres.whyNot, Proxy.whyNot].filter((reason) => reason !== undefined)
  await skipIfLacking(context, name, lacks)
  const scope = await Effect.runPromise(Scope.make())
  const address = await Effect.runPromise(Scope.extend(Postgres.address("empty"), scope))
  const balancer = await Proxy.HaProxy.create()
  const before = getGlobalDispatcher()
  setGlobalDispatcher(new Agent({ connections: 32, connect: { ca: balancer.authority } }))
  const site = await SeveralInstances.create(
    writeDatabaseAddress(address, Redacted.value),
    3,
    {
      STARPUNK_RATE_LIMIT_ENABLED: "false",
      STARPUNK_HEALTH_TOKEN: healthToken,
      STARPUNK_HEALTH_CHECK_DETAILED: "false",
      STARPUNK_TRUSTED_PROXIES: "127.0.0.1",
      // As in the guide.
      STARPUNK_DRAIN_DELAY: "5"
    },
    balancer
  )
  try {
    await site.start()
    const token = await site.programs[0]?.run(["token", "create", "--scope", "create media"])
    const witness = new Witness(site.url, (token?.stdout ?? "").trim(), "note", healthToken, true)
    await witness.write()
    // Compiled code of every path, as in a server that has run for a while.
    for (let serial = 0; serial < 300; serial++) await witness.read(pathOf(serial))
    const load = openLoad(witness)
    await wait(1_000)
    for (const program of site.programs) {
      expect(await program.stop()).toBe(0)
      await program.start()
      await site.inUse(program)
    }
    await wait(1_000)
    const { requests, seconds } = await load.end()
    expect(requests / seconds, "requests a second").toBeGreaterThan(perSecond * 0.95)
    expect([witness.reads.kinds, witness.writes.kinds], "answers").toEqual([["200"], ["201"]])
    await recordWith(
      witness,
      {
        kind: "Instances",
        fault: name,
        ends: `nothing: each of ${requests} requests was answered, ${perSecond} a second`,
        log: site.programs.flatMap(({ log }) => log)
      },
      async () => {
        await readable(site, witness, 20)
        const rows = await Effect.runPromise(Postgres.fromOutside(address, "SELECT slug FROM posts"))
        const slugs = new Set(rows.map(({ slug }) => slug))
        expect(witness.acknowledged.filter((note) => !slugs.has(slugOf(note)))).toEqual([])
        expect(slugs.size).toBe(witness.acknowledged.length)
        return { acknowledged: witness.acknowledged.length, stored: slugs.size }
      }
    )
  } finally {
    setGlobalDispatcher(before)
    await site.dispose()
    await Effect.runPromise(Scope.close(scope, Exit.void))
  }
})
