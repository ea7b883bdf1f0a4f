import { chmod, copyFile, cp, lstat, mkdir, readdir, rename, rm, stat, symlink, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import Database from "better-sqlite3"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { Program } from "./Program.js"

interface Finding {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly fix?: string
}

describe("The doctor", () => {
  /** A site with an indexed post. Each test gets a copy. */
  let template: Program
  let site: Program

  beforeAll(async () => {
    template = await Program.create()
    expect(await template.run(["sessions", "cleanup"])).toMatchObject({ code: 0 })
    damage(post, template)
    expect(await template.run(["reindex"])).toMatchObject({ code: 0 })
  })

  afterAll(() => template.dispose())

  beforeEach(async () => {
    site = await Program.create()
    await cp(join(template.directory, "data"), join(site.directory, "data"), { recursive: true })
  })

  afterEach(() => site.dispose())

  const examine = async (extra: Readonly<Record<string, string>> = {}) => {
    const { code, stdout } = await site.run(["doctor", "--json"], extra)
    const { findings, ok } = JSON.parse(stdout) as { findings: ReadonlyArray<Finding>; ok: boolean }
    expect(code).toBe(ok ? 0 : 1)
    return findings
  }

  const severities = (findings: ReadonlyArray<Finding>) =>
    Object.fromEntries(findings.map(({ code, severity }) => [code, severity]))

  const damage = (sql: string, { databasePath }: Program = site) => {
    const database = new Database(databasePath)
    database.unsafeMode()
    database.exec(sql)
    database.close()
  }

  const post = `INSERT INTO posts (slug, type, properties, status, visibility, published_at, created_at, updated_at)
    VALUES ('p' || hex(randomblob(8)), 'entry', '{}', 'published', 'public', 1, 1, 1)`

  it("finds no problem on a healthy site, and changes nothing", async () => {
    const backups = join(site.directory, "backups")
    await site.start({ STARPUNK_BACKUP_DIRECTORY: backups })
    await site.logWhen((lines) => lines.some(({ message }) => message === "Backup made"))
    const findings = await examine({ STARPUNK_BACKUP_DIRECTORY: backups })
    // Node 20 still runs StarPunk, but gets no security fixes any more.
    const expected = Number(process.versions.node.split(".")[0]) < 22 ? ["runtime.node"] : []
    expect(findings.filter(({ severity }) => severity !== "ok").map(({ code }) => code)).toEqual(expected)
    expect(severities(findings)).toMatchObject({
      "runtime.node": expected.length > 0 ? "warn" : "ok",
      "runtime.sqlite": "ok",
      "runtime.fts5": "ok",
      "machine.clock": "ok",
      "data.directory": "ok",
      "data.permissions": "ok",
      "data.space": "ok",
      "database.open": "ok",
      "database.journal_mode": "ok",
      "database.integrity": "ok",
      "database.schema": "ok",
      "search.index": "ok",
      "database.sharing": "ok",
      "server.answer": "ok",
      "backup.age": "ok"
    })
    const text = await site.run(["doctor"], { STARPUNK_BACKUP_DIRECTORY: backups })
    expect(text).toMatchObject({ code: 0, stderr: "" })
    expect(text.stdout).toContain(expected.length > 0 ? "install Node 24" : "All checks passed.")
  })

  it("names what is missing on a machine without a site, and creates nothing", async () => {
    await rm(join(site.directory, "data"), { recursive: true })
    const found = severities(await examine())
    expect(found).toMatchObject({ "data.directory": "warn", "database.open": "warn" })
    expect(await readdir(site.directory)).toEqual([])
  })

  /** Each breaks something that the finding's command, run unchanged, fixes. */
  const broken: ReadonlyArray<readonly [string, string, () => Promise<void> | void]> = [
    [
      "posts that wait for the index",
      "search.index",
      () =>
        damage(
          `${post}; INSERT OR IGNORE INTO search_documents SELECT id, '', '', '' FROM posts; INSERT INTO search_pending SELECT id FROM posts`
        )
    ],
    ["posts that search knows nothing of", "search.index", () => damage(post)],
    [
      "an index that lacks a post",
      "search.index",
      () => damage(`${post}; INSERT OR IGNORE INTO search_documents SELECT id, '', '', '' FROM posts`)
    ],
    ["an index that is gone", "search.index", () => damage("DROP TABLE search_fts_1")],
    [
      "an index that is damaged",
      "search.integrity",
      () => damage("UPDATE search_fts_1_data SET block = X'7FFFFFFF0F8811F0E177'")
    ],
    [
      "a directory that everybody may look into",
      "data.permissions",
      async () => {
        await chmod(site.directory, 0o755)
        await chmod(join(site.directory, "data"), 0o755)
      }
    ],
    ["a data directory that is gone", "data.directory", () => rm(join(site.directory, "data"), { recursive: true })],
    [
      "a write-ahead log that has grown",
      "database.log",
      async () => {
        // A process that was killed with the log open leaves it behind.
        const script = `const d = new (require("better-sqlite3"))("${site.databasePath}"); d.pragma("journal_mode = WAL");
          d.pragma("wal_autocheckpoint = 0"); d.pragma("synchronous = OFF"); d.exec("CREATE TABLE IF NOT EXISTS big (x)");
          for (let i = 0; i < 70; i++) d.exec("INSERT INTO big VALUES (randomblob(1048576))"); process.kill(process.pid, "SIGKILL")`
        await site.shell(`cd '${process.cwd()}' && node -e '${script}'`)
      }
    ],
    [
      "a database without a write-ahead log",
      "database.journal_mode",
      () => {
        const database = new Database(site.databasePath)
        database.pragma("journal_mode = DELETE")
        database.close()
      }
    ],
    [
      "a restore that was cut off after its decision",
      "restore.unfinished",
      async () => {
        const id = "0123456789abcdef"
        await copyFile(site.databasePath, `${site.databasePath}.restore-${id}`)
        await writeFile(join(site.directory, "data", "restore.json"), JSON.stringify({ id, remove: [] }))
      }
    ]
  ]

  /** Each breaks something that only a backup can restore. */
  const lost: ReadonlyArray<readonly [string, string, () => Promise<void> | void]> = [
    [
      "rows that others name and that are gone",
      "database.references",
      () => damage("PRAGMA foreign_keys = OFF; INSERT INTO post_tags VALUES (99, 'a', 'a', 0, 1)")
    ],
    [
      "the file of an upload that is gone",
      "media.files",
      () => rm(join(site.directory, "data", "media", "1f", "1f2e.jpg"))
    ],
    [
      "a database of a newer program",
      "database.schema",
      () => damage("INSERT INTO migrations VALUES (99, 'later', 'x', 1, '9.9.0')")
    ],
    [
      "a migration in another wording",
      "database.schema",
      () => damage("UPDATE migrations SET checksum = 'another' WHERE id = 1")
    ]
  ]

  it.each(lost)("finds %s, and its command restores the newest backup", async (_, code, breakIt) => {
    const settings = { STARPUNK_BACKUP_DIRECTORY: join(site.directory, "backups") }
    damage("INSERT INTO media (id, name, byte_length, uploaded_at) VALUES ('1f2e', '1f2e.jpg', 1, 1)")
    await mkdir(join(site.directory, "data", "media", "1f"), { recursive: true })
    await writeFile(join(site.directory, "data", "media", "1f", "1f2e.jpg"), "x")
    await mkdir(settings.STARPUNK_BACKUP_DIRECTORY)
    const archive = join(settings.STARPUNK_BACKUP_DIRECTORY, "starpunk-20260101T000000Z.tar")
    expect((await site.run(["backup", archive])).code).toBe(0)
    await breakIt()
    const finding = (await examine(settings)).find((found) => found.code === code)
    expect(finding).toMatchObject({ severity: "fail", fix: `starpunk restore ${archive}` })
    expect(await site.follow(finding?.fix ?? "false", settings)).toMatchObject({ code: 0 })
    expect(severities(await examine(settings))[code]).toBe("ok")
  })

  it.each(broken)("finds %s, and its command fixes it", async (_, code, breakIt) => {
    await breakIt()
    const finding = (await examine()).find((found) => found.code === code)
    expect(finding?.severity).toMatch(/warn|fail/)
    const mended = await site.follow(finding?.fix ?? "false")
    expect(mended).toMatchObject({ code: 0 })
    expect(severities(await examine())[code]).toBe("ok")
  })

  it("finds damage, and its command restores the newest backup", async () => {
    damage(Array.from({ length: 300 }, () => post).join(";"))
    await site.run(["reindex"])
    const backups = join(site.directory, "backups")
    const settings = { STARPUNK_BACKUP_DIRECTORY: backups }
    const missing = (await examine(settings)).find(({ code }) => code === "backup.age")
    expect(missing).toMatchObject({ severity: "fail", fix: `install -d -m 700 ${backups}` })
    await site.shell(missing?.fix ?? "false")
    const none = (await examine(settings)).find(({ code }) => code === "backup.age")
    expect(none?.severity).toBe("warn")
    expect((await site.follow(none?.fix ?? "false")).code).toBe(0)
    expect(severities(await examine(settings))["backup.age"]).toBe("ok")

    damage(
      `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'posts_changed') WHERE name = 'posts_kept'`
    )
    const found = (await examine(settings)).find(({ severity }) => severity === "fail")
    expect(found?.code).toMatch(/database\.(integrity|open)/)
    expect(found?.fix).toContain(backups)
    expect(await site.follow(found?.fix ?? "false", settings)).toMatchObject({ code: 0 })
    expect(severities(await examine(settings))).toMatchObject({ "database.open": "ok", "database.integrity": "ok" })
  })

  it("finds a file that is no database, two programs that share one, and another program at the port", async () => {
    const stranger = createServer((_, response) => response.end("hello")).listen(site.port, "127.0.0.1")
    expect(severities(await examine())["server.answer"]).toBe("fail")
    stranger.close()
    const [one, two] = [new Database(site.databasePath), new Database(site.databasePath)]
    const other = site.begin(["serve"])
    await expect
      .poll(async () => severities(await examine())["database.sharing"], { timeout: 20_000, interval: 200 })
      .toBe("warn")
    other.kill("SIGKILL")
    one.close()
    two.close()
    await rm(join(site.directory, "data"), { recursive: true })
    await mkdir(join(site.directory, "data"))
    await writeFile(site.databasePath, "no database at all ".repeat(1_000))
    const found = (await examine()).find(({ code }) => code === "database.open")
    expect(found).toMatchObject({ severity: "fail", fix: "starpunk restore FILE --force" })
  })

  it("O6: finds the log of a database that is a link, as the metrics do, and every command keeps the link", async () => {
    const real = join(site.directory, "elsewhere.db")
    await rename(site.databasePath, real)
    await symlink(real, site.databasePath)
    await site.start({ STARPUNK_HEALTH_TOKEN: "a-token-that-nobody-guesses" })
    await site.run(["token", "create"])
    expect((await stat(`${real}-wal`)).size).toBeGreaterThan(0)
    const told = (await examine()).find(({ code }) => code === "database.log")
    expect(told).toMatchObject({ message: expect.stringMatching(/^The write-ahead log has [1-9]/) })
    const metrics = await fetch(`${site.url}/metrics`, {
      headers: { Authorization: "Bearer a-token-that-nobody-guesses" }
    })
    expect(await metrics.text()).toMatch(/^starpunk_database_wal_size_bytes [1-9]/m)
    await site.stop()
    for (const command of [
      ["backup", "b.tar"],
      ["restore", "b.tar"],
      ["db", "optimize", "--vacuum"]
    ]) {
      expect((await site.run(command)).code).toBe(0)
    }
    expect((await lstat(site.databasePath)).isSymbolicLink()).toBe(true)
    expect(severities(await examine())["database.open"]).toBe("ok")
  })

  it.skipIf(process.getuid?.() !== 0)(
    "O10: distinguishes unreadable and unwritable from missing, and so does health (takes root)",
    async () => {
      const data = join(site.directory, "data")
      const shelf = join(data, "media", "1f")
      const asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", process.execPath] as const
      damage("INSERT INTO media (id, name, byte_length, uploaded_at) VALUES ('1f2e', '1f2e.jpg', 1, 1)")
      await mkdir(shelf, { recursive: true })
      await writeFile(join(shelf, "1f2e.jpg"), "x")
      await site.shell(
        `chown -R 65534:65534 '${site.directory}'; chown 0:0 '${shelf}' '${shelf}/1f2e.jpg'; chmod 700 '${shelf}'`
      )

      const entry = fileURLToPath(new URL("../../dist/starpunk.js", import.meta.url))
      const looked = await site.shell(`${asNobody.join(" ")} '${entry}' doctor --json`)
      const found: ReadonlyArray<Finding> = JSON.parse(looked.stdout).findings
      const files = found.filter(({ code }) => code === "media.files")
      expect(files).toMatchObject([{ severity: "fail", message: expect.stringContaining("1f2e.jpg (EACCES)") }])
      expect(files[0]?.fix).not.toContain("restore")
      expect(severities(found)["media.permissions"]).toBe("fail")
      // Root may read and write everything, and sees the owners of files.
      expect(severities(await examine())).toMatchObject({ "media.files": "ok", "media.permissions": "fail" })

      const health = async () =>
        ((await (await fetch(`${site.url}/health/ready`)).json()) as { checks: Record<string, unknown> }).checks.media
      await site.start({ STARPUNK_HEALTH_CHECK_DETAILED: "true" }, asNobody)
      await expect
        .poll(health, { timeout: 20_000 })
        .toMatchObject({ status: "degraded", reason: "folders_not_writable" })
      await site.stop()
      await site.shell(`chown 0:0 '${data}/media'`)
      await site.start({ STARPUNK_HEALTH_CHECK_DETAILED: "true" }, asNobody)
      await expect.poll(health).toMatchObject({ status: "unhealthy", reason: "media.unavailable" })
      expect((await fetch(`${site.url}/health/ready`)).status).toBe(200)
      await site.stop()

      expect(await site.follow(files[0]?.fix ?? "false")).toMatchObject({ code: 0 })
      const mended = await site.shell(`${asNobody.join(" ")} '${entry}' doctor --json`)
      expect(severities(JSON.parse(mended.stdout).findings)).toMatchObject({
        "media.files": "ok",
        "media.permissions": "ok"
      })
    },
    120_000
  )

  it("db check reports the same of the database alone, and db optimize reports its result", async () => {
    const well = await site.run(["db", "check", "--json"])
    expect(well).toMatchObject({ code: 0, stderr: "" })
    expect(JSON.parse(well.stdout).ok).toBe(true)
    damage("PRAGMA foreign_keys = OFF; INSERT INTO post_tags VALUES (99, 'a', 'a', 0, 1)")
    const broken = await site.run(["db", "check"])
    expect(broken.code).toBe(1)
    expect(broken.stdout).toContain("post_tags refers to missing rows of posts [database.references]")
    damage("INSERT INTO media (id, name, byte_length, uploaded_at) VALUES ('1f2e', '1f2e.jpg', 1, 1)")
    expect((await site.run(["db", "check"])).stdout).toContain("Media files are missing: 1f2e.jpg [media.files]")
    await mkdir(join(site.directory, "data", "media", "1f"), { recursive: true })
    await writeFile(join(site.directory, "data", "media", "1f", "1f2e.jpg"), "x")
    expect((await site.run(["db", "check"])).stdout).toContain("No media file is missing (1 checked)")
    const optimized = await site.run(["db", "optimize", "--vacuum", "--json"])
    expect(optimized).toMatchObject({ code: 0, stderr: "" })
    expect(JSON.parse(optimized.stdout)).toMatchObject({ log_emptied: true, after: { log: 0 } })
    expect((await site.run(["db", "check", "more"])).code).toBe(2)
    await rm(site.databasePath)
    for (const args of [
      ["db", "check"],
      ["db", "optimize"]
    ]) {
      expect((await site.run(args)).stderr).toContain("[maintenance.database_missing]")
    }
  })
})

describe("healthcheck", () => {
  let site: Program

  beforeEach(async () => {
    site = await Program.create()
  })

  afterEach(() => site.dispose())

  it("succeeds while the server is healthy and fails otherwise, whatever other settings say", async () => {
    const off = await site.run(["healthcheck"], { STARPUNK_LOG_LEVEL: "LOUD" })
    expect(off).toMatchObject({ code: 1, stdout: "" })
    expect(off.stderr).toContain("ECONNREFUSED")
    await site.start()
    expect(await site.run(["healthcheck"], { STARPUNK_HOST: "0.0.0.0" })).toMatchObject({
      code: 0,
      stderr: "",
      stdout: `The site is healthy (${site.url}/health/ready).\n`
    })
    expect((await site.run(["healthcheck", "--live"])).stdout).toContain("/health/live")
    const json = await site.run(["healthcheck", "--json", "--url", `${site.url}/health/startup`])
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: true, status: 200, health: "healthy" })
    expect((await site.run(["healthcheck", "--url", `${site.url}/`])).code).toBe(1)
    expect((await site.run(["healthcheck"], { STARPUNK_PORT: "eighty" })).code).toBe(78)
    for (const args of [["--url", "ftp://x"], ["--timeout", "0"], ["more"], ["--unknown"]]) {
      expect((await site.run(["healthcheck", ...args])).code).toBe(2)
    }
  })

  it("gives up on a server that does not answer", async () => {
    const silent = createServer(() => {}).listen(site.port, "127.0.0.1")
    const finished = await site.run(["healthcheck", "--timeout", "0.3"])
    silent.closeAllConnections()
    silent.close()
    expect(finished.code).toBe(1)
    expect(finished.stderr).toContain("did not answer in time")
  })
})
