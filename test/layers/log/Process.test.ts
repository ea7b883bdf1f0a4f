import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, existsSync, openSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { build } from "esbuild"

/** The logger on the real standard output of a child process. */
describe("the logger's process", () => {
  let directory = ""
  let script = ""

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "starpunk-logger-"))
    script = join(directory, "LoggerProcess.mjs")
    await build({
      entryPoints: [fileURLToPath(new URL("./LoggerProcess.ts", import.meta.url))],
      outfile: script,
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "silent"
    })
  })

  afterAll(() => rm(directory, { recursive: true, force: true }))

  const start = (args: ReadonlyArray<string>, options: SpawnOptions = {}): ChildProcess =>
    spawn(process.execPath, [script, ...args], { stdio: "pipe", ...options })

  const collect = (stream: ChildProcess["stdout"]): Promise<string> =>
    new Promise((resolve) => {
      let text = ""
      stream?.setEncoding("utf8").on("data", (chunk) => {
        text += chunk
      })
      stream?.on("close", () => resolve(text))
    })

  const parsed = (output: string): ReadonlyArray<Record<string, unknown>> => {
    expect(output.endsWith("\n")).toBe(true)
    return output
      .slice(0, -1)
      .split("\n")
      .map((line) => JSON.parse(line))
  }

  /** Runs the process to its end; returns its exit code, its lines and its standard error. */
  const run = async (args: ReadonlyArray<string>, options?: SpawnOptions) => {
    const child = start(args, options)
    const output = collect(child.stdout)
    const [code] = await once(child, "close")
    return { code, lines: parsed(await output) }
  }

  it("writes buffered lines when the layer closes", async () => {
    const { code, lines } = await run(["lines", "100"])
    expect(code).toBe(0)
    expect(lines.map(({ line }) => line)).toEqual(Array.from({ length: 100 }, (_, line) => line))
  })

  it("writes buffered lines when the process exits at once", async () => {
    const { code, lines } = await run(["exit", "100"])
    expect(code).toBe(3)
    expect(lines).toHaveLength(100)
  })

  it.each([
    ["throw", "uncaughtException"],
    ["reject", "unhandledRejection"]
  ])("an uncaught error (%s) is the last line, with its stack, and the exit code is 70", async (mode, origin) => {
    const { code, lines } = await run([mode, "10"])
    expect(code).toBe(70)
    expect(lines).toHaveLength(11)
    expect(lines.at(-1)).toMatchObject({
      level: "CRITICAL",
      logger: "starpunk.process",
      origin,
      error: { type: "TypeError", message: "nobody caught this", stack: expect.stringContaining("LoggerProcess.mjs") }
    })
  })

  it("times are UTC in any time zone", async () => {
    const before = Date.now()
    const { lines } = await run(["lines", "1"], { env: { ...process.env, TZ: "Asia/Kathmandu" } })
    const timestamp = String(lines[0]?.timestamp)
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(before)
    expect(Date.parse(timestamp)).toBeLessThanOrEqual(Date.now())
  })

  it("a closed pipe does not stop the process: lines are counted as lost", async () => {
    const child = start(["sink", "2000"])
    const told = collect(child.stderr)
    child.stdout?.destroy()
    child.stdin?.write("go")
    const [code] = await once(child, "close")
    expect(code).toBe(0)
    expect(JSON.parse(await told)).toEqual({ written: 0, dropped: 2001, buffered: 0 })
  })

  it.runIf(existsSync("/dev/full"))("a full device does not stop the process: lines are counted as lost", async () => {
    const full = openSync("/dev/full", "w")
    try {
      const child = start(["sink", "2000"], { stdio: ["pipe", full, "pipe"] })
      const told = collect(child.stderr)
      child.stdin?.write("go")
      const [code] = await once(child, "close")
      expect(code).toBe(0)
      expect(JSON.parse(await told)).toEqual({ written: 0, dropped: 2001, buffered: 0 })
    } finally {
      closeSync(full)
    }
  })

  it("a pipe without a reader delays nothing, costs 1 MiB at most, and later gets the number of lost lines", async () => {
    const count = 40_000
    const child = start(["unread", String(count)])
    // The process gets here only if it did not wait for the reader.
    const [told] = await once(child.stderr?.setEncoding("utf8") ?? child, "data")
    const { buffered, dropped } = JSON.parse(told)
    expect(buffered).toBeLessThanOrEqual(1024 * 1024)
    expect(dropped).toBeGreaterThan(count / 2)

    const output = collect(child.stdout)
    child.stdin?.write("go")
    const [code] = await once(child, "close")
    expect(code).toBe(0)
    const lines = parsed(await output)
    const lost = lines.filter(({ level }) => level === "WARNING")
    expect(lines.filter(({ message }) => message === "Line")).toHaveLength(count - dropped)
    expect(lost).toMatchObject([{ logger: "starpunk.logger", message: "Log lines lost", lost: dropped }])
    expect(lines.map(({ message }) => message)).toContain("Afterwards")
  })
})
