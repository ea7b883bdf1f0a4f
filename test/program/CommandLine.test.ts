import { spawn } from "node:child_process"
import { once } from "node:events"
import { access, chmod, cp, mkdir, mkdtemp, open, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { FastCheck } from "effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Finished } from "./CommandHost.js"
import { Program } from "./Program.js"

const dist = fileURLToPath(new URL("../../dist/", import.meta.url))

const expectNoStackTrace = ({ stderr, stdout }: Finished) =>
  expect(stdout + stderr).not.toMatch(/\n\s+at |node_modules/)

describe("The command line", () => {
  let site: Program

  beforeEach(async () => {
    site = await Program.create()
  })

  afterEach(() => site.dispose())

  it("shows its version and its commands", async () => {
    expect(await site.run(["--version"])).toMatchObject({ code: 0, stderr: "" })
    const help = await site.run(["--help"])
    expect(help.code).toBe(0)
    for (const command of ["serve", "check-config", "config show", "explain"]) expect(help.stdout).toContain(command)
    expect(help.stdout).not.toContain("\u001b")
  })

  it("is what npx finds in the repository, as the README says", async () => {
    const child = spawn("npx", ["--yes", "starpunk", "--version"], {
      cwd: join(dist, ".."),
      stdio: ["ignore", "pipe", "pipe"]
    })
    let said = ""
    child.stdout.on("data", (chunk) => {
      said += chunk
    })
    child.stderr.on("data", (chunk) => {
      said += chunk
    })
    const [code] = await once(child, "close")
    expect(said.trim()).toBe((await site.run(["--version"])).stdout.trim())
    expect(code).toBe(0)
  })

  it.each([
    [["unknown"]],
    [["explain", "--unknown", "x"]],
    [["check-config", "more"]],
    [["serve", "--unknown"]],
    [["explain", "no.such"]]
  ])("%j is a usage error: exit code 2", async (args) => {
    const finished = await site.run(args)
    expect(finished.code).toBe(2)
    expect(finished.stderr).not.toBe("")
    expectNoStackTrace(finished)
  })

  it("explains a code, all codes, and suggests one for a misspelt code", async () => {
    const one = await site.run(["explain", "database.locked"])
    expect(one).toMatchObject({ code: 0, stderr: "" })
    expect(one.stdout).toMatch(/^database\.locked\n/)
    expect(one.stdout).toMatch(/What to do\n {2}1\. /)
    const all = JSON.parse((await site.run(["explain", "--json"])).stdout)
    expect(all.map(({ code }: { code: string }) => code)).toContain("config.invalid")
    const json = JSON.parse((await site.run(["explain", "database.locked", "--json"])).stdout)
    expect(json).toMatchObject({ code: "database.locked", status: 503, retryable: true })
    expect((await site.run(["explain", "databse.loked"])).stderr).toContain("Did you mean database.locked?")
  })

  it("completes with its own exit code when its reader closes early", async () => {
    const child = spawn(process.execPath, [join(dist, "starpunk.js"), "explain", "--json"], {
      cwd: site.directory,
      stdio: ["ignore", "pipe", "pipe"]
    })
    child.stdout.destroy()
    let stderr = ""
    child.stderr.on("data", (chunk) => {
      stderr += chunk
    })
    const [code] = await once(child, "close")
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
  })

  it("reports a result that could not be written, except to a closed reader", async () => {
    const full = await open("/dev/full", "w")
    const child = spawn(process.execPath, [join(dist, "starpunk.js"), "explain"], {
      cwd: site.directory,
      stdio: ["ignore", full.fd, "pipe"]
    })
    let stderr = ""
    child.stderr?.on("data", (chunk) => {
      stderr += chunk
    })
    const [code] = await once(child, "close")
    await full.close()
    expect({ code, stderr }).toEqual({ code: 1, stderr: "The output could not be written (ENOSPC).\n" })
  })

  const sevenFaults = {
    STARPUNK_ENV: "production",
    STARPUNK_PORT: "eighty",
    STARPUNK_LOG_LEVEL: "LOUD",
    STARPUNK_SESSION_TIMEOUT: "1h",
    STARPUNK_HEALTH_TOKEN: "canary secret",
    STARPUNK_SITE_NAM: "x",
    STARPUNK_SITE_AUTHOR_FILE: "/nowhere/at/all"
  }

  const sevenNames = [
    "STARPUNK_HEALTH_TOKEN",
    "STARPUNK_LOG_LEVEL",
    "STARPUNK_PORT",
    "STARPUNK_SESSION_TIMEOUT",
    "STARPUNK_SITE_AUTHOR",
    "STARPUNK_SITE_NAM",
    "STARPUNK_SITE_URL"
  ]

  it("check-config reports seven mistakes at once, as text and as JSON", async () => {
    const words = await site.run(["check-config"], sevenFaults)
    expect(words.code).toBe(78)
    expect(words.stderr).toContain("There are 7 problems with the configuration.")
    for (const name of sevenNames) expect(words.stderr).toContain(`\n${name}\n`)
    expect(words.stderr).not.toContain("canary")
    expectNoStackTrace(words)

    const json = await site.run(["check-config", "--json"], sevenFaults)
    expect(json).toMatchObject({ code: 78, stderr: "" })
    const { ok, problems } = JSON.parse(json.stdout)
    expect(ok).toBe(false)
    expect(problems.map(({ name }: { name: string }) => name).sort()).toEqual(sevenNames)
    expect(json.stdout).not.toContain("canary")
  })

  const someFaults = FastCheck.sample(FastCheck.subarray(Object.entries(sevenFaults), { minLength: 1 }), {
    numRuns: 4,
    seed: 92
  })

  it.each(someFaults.map((faults) => [Object.fromEntries(faults)]))(
    "serve refuses %j like check-config, and changes nothing",
    async (faults) => {
      const checked = await site.run(["check-config"], faults)
      const served = await site.run(["serve"], faults)
      expect(checked.code).toBe(78)
      expect(served).toMatchObject({ code: 78, stderr: checked.stderr })
      expect(JSON.parse(served.stdout)).toMatchObject({ level: "CRITICAL", error_code: "config.invalid" })
      expect(served.stdout).not.toContain("canary")
      await expect(access(join(site.directory, "data"))).rejects.toThrow()
      await expect(fetch(site.url)).rejects.toThrow()
    }
  )

  it("check-config warns of a slip, and reports valid settings", async () => {
    const finished = await site.run(["check-config"], { SESION_TIMEOUT: "60", SESSION_SECRET: "canary" })
    expect(finished.code).toBe(0)
    expect(finished.stdout).toContain("Did you mean SESSION_TIMEOUT?")
    expect(finished.stdout).toContain("SESSION_SECRET")
    expect(finished.stdout).not.toContain("canary")
  })

  it("config show prints values, sources, and no secret", async () => {
    const token = join(site.directory, "token")
    await writeFile(token, "canary-token-of-some-length\n", { mode: 0o600 })
    await writeFile(join(site.directory, ".env"), "STARPUNK_SITE_NAME=River notes\nSTARPUNK_LOG_LEVEL=debug\n")
    const environment = { STARPUNK_HEALTH_TOKEN_FILE: token, LOG_LEVEL: "error" }
    const json = await site.run(["config", "show", "--json"], environment)
    expect(json).toMatchObject({ code: 0, stderr: "" })
    const { settings, warnings } = JSON.parse(json.stdout)
    expect(settings).toEqual(
      expect.arrayContaining([
        { name: "STARPUNK_SITE_NAME", value: "River notes", source: ".env" },
        { name: "STARPUNK_LOG_LEVEL", value: "ERROR", source: "environment, as LOG_LEVEL" },
        { name: "STARPUNK_HEALTH_TOKEN", value: "a secret of 27 characters", source: token },
        { name: "STARPUNK_HOST", value: "127.0.0.1", source: "default" }
      ])
    )
    expect(warnings).toEqual([])
    const text = await site.run(["config", "show"], environment)
    expect(text.stdout).toMatch(/^STARPUNK_SITE_NAME +\(\.env\) +River notes$/m)
    expect(text.stdout + json.stdout).not.toContain("canary")

    await chmod(token, 0o644)
    expect((await site.run(["config", "show"], environment)).stderr).toContain(`chmod 600 ${token}`)
  })

  it("errors in .env and in named files are part of the report", async () => {
    await writeFile(join(site.directory, ".env"), "STARPUNK_HEALTH_TOKEN canary\nSTARPUNK_PORTS=1\n")
    await mkdir(join(site.directory, "folder"))
    const finished = await site.run(["config", "show", "--json"], { SITE_NAME_FILE: "folder" })
    expect(finished.code).toBe(78)
    const { error, problems } = JSON.parse(finished.stderr)
    expect(error.code).toBe("config.invalid")
    expect(problems).toMatchObject([
      { name: ".env", given: "something else in line 1" },
      { name: "STARPUNK_SITE_NAME", given: "folder", suggestion: "Use a regular file" },
      { name: "STARPUNK_PORTS", source: ".env", suggestion: "Did you mean STARPUNK_PORT?" }
    ])
    expect(finished.stderr).not.toContain("canary")
  })
})

describe("Generated documents", () => {
  it("are checked for differences, by name", async () => {
    const root = await mkdtemp(join(tmpdir(), "starpunk-docs-"))
    try {
      await cp(dist, join(root, "dist"), { recursive: true, filter: (path) => !path.endsWith(".map") })
      await cp(join(dist, "..", "docs"), join(root, "docs"), { recursive: true })
      await symlink(join(dist, "..", "node_modules"), join(root, "node_modules"))
      await writeFile(join(root, "package.json"), '{ "type": "module" }')
      // `npm run check` shows that documents without a difference pass.
      await writeFile(join(root, "docs", "errors.md"), "by hand")
      const child = spawn(process.execPath, [join(root, "dist", "docs.js"), "--check"], {
        stdio: ["ignore", "ignore", "pipe"]
      })
      let stderr = ""
      child.stderr.on("data", (chunk) => {
        stderr += chunk
      })
      const [code] = await once(child, "close")
      expect(code).toBe(1)
      expect(stderr).toContain("docs/errors.md")
      expect(stderr).not.toContain("configuration.md")
    } finally {
      await rm(root, { recursive: true, force: true })
    }
  })
})
