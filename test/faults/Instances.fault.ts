import { setTimeout as wait } from "node:timers/promises"
import { expect, it } from "vitest"
import { whyNot } from "../fixtures/Postgres.js"
import { OwnerAtHome } from "../program/OwnerAtHome.js"
import { redeemAtAll } from "../program/Redemption.js"
import { SeveralInstances } from "../program/SeveralInstances.js"
import { isBrief, isLong } from "./FaultSite.js"
import { readable, slugOf } from "./Oracle.js"
import { PostgresPair } from "./PostgresPair.js"
import { type Outcome, recordWith, skipIfLacking } from "./Row.js"
import { Tally } from "./Tally.js"
import { Witness } from "./Witness.js"

/** Part of a count, for a run that is made in parts: `npm run faults -- Instances --long --share=0.25 --add`. */
const share = Number(process.env.STARPUNK_FAULTS_SHARE ?? "1")

const times = (brief: number, short: number, long: number) =>
  Math.ceil((isLong ? long : isBrief ? brief : short) * share)

const kills = times(4, 20, 200)
const connections = times(50, 500, 500)
const failovers = times(1, 3, 20)
const codes = times(6, 60, 60)

const healthToken = "health-token-of-the-fault-suite-0123456789"

/** Three instances on a primary with a synchronous standby, and a witness who meets all of them in turn. */
const instancesSite = async () => {
  const pair = await PostgresPair.start()
  const site = await SeveralInstances.create(pair.url, 3, {
    STARPUNK_RATE_LIMIT_ENABLED: "false",
    STARPUNK_HEALTH_TOKEN: healthToken,
    STARPUNK_HEALTH_CHECK_DETAILED: "false"
  })
  await site.start()
  const [first] = site.programs
  const created = await first?.run(["token", "create", "--scope", "create media"])
  return { pair, site, witness: new Witness(site.url, (created?.stdout ?? "").trim(), "note", healthToken, true) }
}

type InstancesSite = Awaited<ReturnType<typeof instancesSite>>

/** Every acknowledged note is stored once, readable and found, and nobody got an answer that no other site would give. */
const conclude = ({ pair, site, witness }: InstancesSite, outcome: Omit<Outcome, "kind">) =>
  recordWith(witness, { ...outcome, kind: "Instances", log: site.programs.flatMap(({ log }) => log) }, async () => {
    await readable(site, witness, 20)
    const posts = await pair.query("SELECT slug, properties FROM posts")
    const slugs = new Set(posts.map(({ slug }) => slug))
    expect(
      witness.acknowledged.filter((note) => !slugs.has(slugOf(note))),
      "acknowledged, and not stored"
    ).toEqual([])
    const texts = posts.map(({ properties }) => String(properties))
    expect(texts.length - new Set(texts).size, "stored twice").toBe(0)
    const faults = [...witness.reads.kinds, ...witness.writes.kinds].filter((kind) => kind.startsWith("500"))
    expect(faults, "faults of the program").toEqual([])
    return { acknowledged: witness.acknowledged.length, stored: slugs.size }
  })

const instancesTest = (name: string, run: (site: InstancesSite) => Promise<void>) =>
  it(name, { timeout: 3_600_000 }, async (context) => {
    await skipIfLacking(context, name, whyNot === undefined ? [] : [whyNot])
    const site = await instancesSite()
    try {
      await run(site)
    } finally {
      await site.site.dispose()
      site.pair.stop()
    }
  })

instancesTest(`kill -9 of one of three instances, ${kills} times`, async (each) => {
  const { site, witness } = each
  let recovered = 0
  for (let cycle = 0; cycle < kills; cycle++) {
    const program = site.programs[cycle % site.programs.length]
    witness.watch({ writers: 3, readers: 1 })
    await wait((cycle * 97) % 300)
    await program?.stop("SIGKILL")
    recovered = Math.max(recovered, await witness.writesAgain())
    await program?.start()
    await site.inUse(...site.programs)
    await witness.rest()
  }
  await conclude(each, {
    fault: "kill -9 of one of three instances at random moments under three writers",
    ends: "nothing: the balancer sends requests to the others",
    times: kills,
    kills,
    recovered
  })
})

instancesTest(`${connections} connections to PostgreSQL are ended under load`, async (each) => {
  const { pair, witness } = each
  let ended = 0
  witness.watch({ writers: 3, readers: 2 })
  while (ended < connections) {
    const rows = await pair.query(
      `SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity
        WHERE application_name LIKE 'starpunk %' ORDER BY random() LIMIT 5) AS chosen`
    )
    ended += rows.length
    await wait(100)
  }
  const recovered = await witness.writesAgain()
  await witness.rest()
  await conclude(each, {
    fault: "connections of three instances to PostgreSQL are ended under load",
    ends: "nothing: each is opened again",
    times: connections,
    recovered
  })
})

instancesTest(`the primary is killed and a synchronous standby promoted, ${failovers} times`, async (each) => {
  const { pair, witness } = each
  let recovered = 0
  for (let cycle = 0; cycle < failovers; cycle++) {
    witness.watch({ writers: 3, readers: 1 })
    await wait(1_000)
    await pair.failOver()
    recovered = Math.max(recovered, await witness.writesAgain())
    await witness.rest()
    if (cycle + 1 < failovers) await pair.pairUp()
  }
  await conclude(each, {
    fault: "the primary of PostgreSQL is killed under three instances, and its synchronous standby promoted",
    ends: "the promotion",
    times: failovers,
    recovered
  })
})

instancesTest(`an authorization code is redeemed at three instances at once, ${codes} times`, async (each) => {
  const { pair, site, witness } = each
  witness.watch({ writers: 1, readers: 1 })
  const owner = await OwnerAtHome.of(site)
  const given: Array<string> = []
  const answers = new Tally()
  for (let serial = 0; serial < codes; serial++) {
    const { statuses, tokens } = await redeemAtAll(site, owner, serial)
    expect(tokens, "tokens of one code").toHaveLength(1)
    given.push(...tokens)
    for (const status of statuses) answers.add({ status, code: undefined })
  }
  await witness.rest()
  // The code was refused twice, which revokes what it gave, as RFC 6749 advises.
  expect([answers.of("200"), answers.of("400"), answers.total]).toEqual([codes, 2 * codes, 3 * codes])
  expect(new Set(given).size).toBe(codes)
  const rows = await pair.query("SELECT DISTINCT access_token_id FROM authorization_codes WHERE used_at IS NOT NULL")
  expect(rows).toHaveLength(codes)
  await conclude(each, {
    fault: "an authorization code is redeemed at three instances at once",
    ends: "the answers: one token for each code, and 400 twice",
    times: codes
  })
})
