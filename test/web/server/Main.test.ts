import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@effect/vitest"
import { build } from "esbuild"
import { browserScripts } from "../../../scripts/browser-scripts.mjs"
import { fontFiles } from "../../../scripts/fonts.mjs"
import { stylesheets } from "../../../scripts/stylesheets.mjs"
import { Wire } from "../../fixtures/Wire.js"

type Line = Readonly<Record<string, unknown>> & { readonly message: string }

/** `Main.run` in a process of its own. */
describe("the main process", () => {
  let directory = ""
  let script = ""
  const children: Array<ChildProcess> = []

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "starpunk-main-"))
    script = join(directory, "MainProcess.mjs")
    await build({
      entryPoints: [fileURLToPath(new URL("./MainProcess.ts", import.meta.url))],
      outfile: script,
      bundle: true,
      platform: "node",
      format: "esm",
      jsx: "automatic",
      jsxImportSource: "preact",
      external: ["better-sqlite3", "sharp"],
      plugins: [browserScripts, fontFiles, stylesheets],
      banner: {
        js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);'
      },
      logLevel: "silent"
    })
  })

  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL")
  })

  afterAll(() => rm(directory, { recursive: true, force: true }))

  /** Starts it; every line it ever writes has to be one of the log's. */
  const start = (...args: ReadonlyArray<string>) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] })
    children.push(child)
    const lines: Array<Line> = []
    let waiting: Array<() => void> = []
    let errors = ""
    child.stderr.on("data", (chunk) => {
      errors += chunk
    })
    createInterface(child.stdout).on("line", (text) => {
      lines.push(JSON.parse(text))
      const wake = waiting
      waiting = []
      for (const resume of wake) resume()
    })
    const line = async (message: string): Promise<Line> => {
      for (;;) {
        const found = lines.find((line) => line.message === message)
        if (found !== undefined) return found
        await new Promise<void>((resume) => waiting.push(resume))
      }
    }
    return {
      child,
      lines,
      line,
      port: async () => Number(new URL(String((await line("Listening")).address)).port),
      ended: async () => {
        const [code, signal] = await once(child, "close")
        return { code, signal, errors }
      }
    }
  }

  it.each(["SIGTERM", "SIGINT"] as const)("%s ends it normally: exit code 0, every line written", async (signal) => {
    const { child, ended, line, lines, port } = start("serve")
    const wire = await Wire.open(await port())
    wire.get("/health/live")
    await wire.until("\r\n\r\nalive")
    await line("http.access")
    child.kill(signal)
    expect(await ended()).toEqual({ code: 0, signal: null, errors: "" })
    expect(lines.map(({ message }) => message)).toEqual(["Listening", "http.access", "Draining", "Drained"])
    for (const { request_id } of lines) expect(request_id).toMatch(/^[0-9a-f]{32}$/)
  })

  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130]
  ] as const)("a second %s exits at once with %i, whatever is in progress", async (signal, code) => {
    const { child, ended, line, port } = start("serve")
    const wire = await Wire.open(await port())
    // A server that is stopped before it serves has nothing to drain.
    wire.get("/health/live")
    await wire.until("\r\n\r\nalive")
    wire.get("/health/stuck")
    wire.get("/health/live")
    child.kill("SIGTERM")
    await line("Draining")
    const finished = ended()
    // Again and again, since signals that come together with the first are taken for it.
    const again = setInterval(() => child.kill(signal), 10)
    expect(await finished).toEqual({ code, signal: null, errors: "" })
    clearInterval(again)
  })

  it("a port in use is one CRITICAL line with code and advice, and exit code 1", async () => {
    const taken = createServer().listen(0, "127.0.0.1")
    await once(taken, "listening")
    const address = taken.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    const { ended, lines } = start("serve", String(port))
    expect(await ended()).toEqual({ code: 1, signal: null, errors: "" })
    taken.close()
    expect(lines).toMatchObject([
      {
        level: "CRITICAL",
        error_code: "startup.listen_failed",
        details: `Cannot listen on 127.0.0.1, port ${port} (in use)`,
        suggestion: expect.stringContaining("starpunk explain startup.listen_failed")
      }
    ])
  })

  it("an invalid configuration is one CRITICAL line that names every problem, and exit code 78", async () => {
    const { ended, lines } = start("configuration")
    expect(await ended()).toEqual({ code: 78, signal: null, errors: "" })
    expect(lines).toMatchObject([{ level: "CRITICAL", error_code: "config.invalid" }])
    expect(lines[0]?.details).toContain("STARPUNK_PORT")
    expect(lines[0]?.details).toContain("STARPUNK_SITE_URL")
  })

  it("a bug is one CRITICAL line with its stack, and exit code 70", async () => {
    const { ended, lines } = start("bug")
    expect(await ended()).toEqual({ code: 70, signal: null, errors: "" })
    expect(lines).toMatchObject([{ level: "CRITICAL", error: { message: "a bug", stack: expect.any(String) } }])
  })
})
