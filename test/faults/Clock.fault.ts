import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { expect } from "vitest"
import type { Program } from "../program/Program.js"
import { faultSite } from "./FaultSite.js"
import { faketimeLibrary, faultTest } from "./Means.js"
import { conclude } from "./Row.js"

const hour = 3_600

/** A browser that logs in without proof, as development allows, and keeps its cookie. */
const logIn = async ({ url }: Program) => {
  const answer = await fetch(`${url}/dev/login`, { method: "POST", redirect: "manual" })
  expect(answer.status).toBe(303)
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? ""
  return {
    /** Tells whether an owner's page is still shown. */
    isAlive: async () => {
      const page = await fetch(`${url}/admin/`, { redirect: "manual", headers: { cookie, accept: "text/html" } })
      await page.arrayBuffer()
      return page.status === 200
    }
  }
}

faultTest("steps of the clock", ["faketime"], async () => {
  const site = await faultSite({ STARPUNK_SESSION_TIMEOUT: String(2 * hour), STARPUNK_DEV_MODE: "true" })
  const { program, witness } = site
  const steps = join(program.directory, "clock")
  /** Shifts the server's wall clock by this many seconds, and resolves once its responses show it. */
  const step = async (seconds: number) => {
    await writeFile(steps, `${seconds < 0 ? "" : "+"}${seconds}s\n`)
    for (;;) {
      const { timestamp } = JSON.parse(await (await fetch(`${program.url}/health/live`)).text())
      if (Math.abs(Date.parse(timestamp) - (Date.now() + seconds * 1_000)) < 60_000) return
      await wait(20)
    }
  }
  const faked = {
    LD_PRELOAD: faketimeLibrary ?? "",
    FAKETIME_TIMESTAMP_FILE: steps,
    FAKETIME_NO_CACHE: "1",
    // Only the wall clock moves, as in a real step.
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    DONT_FAKE_MONOTONIC: "1"
  }
  const scheduled = new Date(Date.now() + 90 * 60_000).toISOString()
  const isShown = async (word: string) => {
    const [home, feed, search] = await Promise.all([
      witness.read("/"),
      witness.read("/feed.rss"),
      witness.read(`/api/search?q=${word}`)
    ])
    const shown = [home, feed].map(({ body }) => body.includes(word))
    expect(shown[0]).toBe(shown[1])
    expect(JSON.parse(search.body).results.length > 0).toBe(shown[0])
    return shown[0]
  }
  try {
    await writeFile(steps, "+0s\n")
    await program.start(faked)
    await witness.writesAgain()
    const first = await logIn(program)
    const unused = await logIn(program)
    expect(await witness.write({ published: scheduled })).toMatchObject({ status: 201 })
    const { word } = witness.acknowledged.at(-1) ?? { word: "" }
    expect(await isShown(word), "a note of an hour and a half from now").toBe(false)
    witness.watch()

    await step(hour)
    expect(await first.isAlive(), "a session used an hour ago").toBe(true)
    expect(await isShown(word), "half an hour too early").toBe(false)
    await step(0)
    expect(await first.isAlive(), "after an hour forward and back").toBe(true)

    await step(4 * hour)
    expect(await isShown(word), "past its time").toBe(true)
    expect(await unused.isAlive(), "idle for four hours").toBe(false)
    const late = await logIn(program)

    await step(-24 * hour)
    expect(await unused.isAlive(), "an expired session, a day back").toBe(false)
    expect(await late.isAlive(), "a session that lives, a day back").toBe(true)
    expect(await isShown(word), "a day too early").toBe(false)
    await witness.writesAgain()

    await witness.rest()
    // State that a restart forgets must not revive a session.
    expect(await program.stop()).toBe(0)
    await program.start(faked)
    expect(await unused.isAlive(), "an expired session, a day back, after a start").toBe(false)
    expect(await late.isAlive(), "a session that lives, a day back, after a start").toBe(true)
    expect(await isShown(word), "a day too early, after a start").toBe(false)

    await step(0)
    const recovered = await witness.writesAgain()
    expect(await unused.isAlive(), "an expired session, with the clock put right").toBe(false)
    expect(await late.isAlive(), "a session that lives, with the clock put right").toBe(true)
    expect(await isShown(word), "before its time").toBe(false)
    expect(witness.writes.kinds).toEqual(["201"])
    // A day before the first note, no note has its tag.
    expect(["200", "404 http.not_found"]).toEqual(expect.arrayContaining([...witness.reads.kinds]))
    expect(witness.live.kinds).toEqual(["200"])
    expect(witness.ready.kinds).toEqual(["200 healthy"])
    const access = program.log.filter(({ message }) => message === "http.access")
    expect(access.length).toBeGreaterThan(20)
    expect(new Set(access.map(({ request_id: id }) => id)).size, "request ids").toBe(access.length)
    for (const { timestamp } of program.log) {
      expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    }
    for (const { duration_ms: took } of access) expect(took, "a request's time").toBeLessThan(60_000)
    // Notes written four hours ahead are public then, and scheduled ones as well.
    await step(5 * hour)
    const fault = "the clock moves an hour forward and back, four hours forward, and a day back"
    const ends = "nothing: expired sessions stay expired, valid ones stay valid, scheduled notes wait for their time"
    await conclude(site, { kind: "Time", fault, times: 5, recovered, ends })
  } finally {
    await program.dispose()
  }
})
