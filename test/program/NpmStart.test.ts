import { spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { Program } from "./Program.js"

const root = fileURLToPath(new URL("../..", import.meta.url))

describe("R1: `npm start`", () => {
  let site: Program

  beforeEach(async () => {
    site = await Program.create()
  })
  afterEach(() => site.dispose())

  it("stops the server on SIGTERM", { timeout: 60_000 }, async () => {
    const npm = spawn("npm", ["start"], {
      cwd: root,
      env: site.settingsOfServer,
      stdio: "ignore"
    })
    const ended = once(npm, "close")
    const isAnswered = () =>
      fetch(`${site.url}/health/live`).then(
        ({ ok }) => ok,
        () => false
      )
    while (!(await isAnswered())) {
      expect(npm.exitCode, "exit code of npm before the server answers").toBe(null)
      await wait(50)
    }
    npm.kill("SIGTERM")
    await ended
    // The server drains after npm has ended, and then no process listens any more.
    while (await isAnswered()) await wait(50)
    expect(await isAnswered()).toBe(false)
  })
})
