import { chmod, readdir, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import * as Samples from "../fixtures/Samples.js"
import { Program } from "./Program.js"

/** The rights of everything below a directory, as `ls` would show them: `600 data/starpunk.db`. */
const rights = async (directory: string): Promise<ReadonlyArray<string>> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      const { mode } = await stat(path)
      return `${(mode & 0o777).toString(8).padStart(3, "0")} ${entry.isDirectory() ? "directory" : "file"} ${path.slice(directory.length + 1)}`
    })
  )
}

const wider = (found: ReadonlyArray<string>) => found.filter((line) => !/^(?:700 directory|600 file) /.test(line))

describe("S14: rights of files", () => {
  let site: Program

  beforeEach(async () => {
    site = await Program.create()
  })

  afterEach(() => site.dispose())

  /** A command prefix that sets the umask. */
  const umask = (mask: string) => ["bash", "-c", `umask ${mask}; exec "$@"`, "bash", process.execPath] as const

  it("are for the user only on every file of server and commands, whatever the umask", async () => {
    const backups = join(site.directory, "backups")
    await site.start({ STARPUNK_BACKUP_DIRECTORY: backups }, umask("000"))
    const token = (await site.shell(`umask 000; starpunk token create --scope "create media"`)).stdout.trim()
    const form = new FormData()
    form.append("file", new Blob([new Uint8Array(await Samples.photo(40, 30, 1))]), "bird.jpg")
    const headers = { Authorization: `Bearer ${token}` }
    const uploaded = await fetch(`${site.url}/micropub/media`, { method: "POST", headers, body: form })
    expect(uploaded.status).toBe(201)
    await site.logWhen((lines) => lines.some(({ message }) => message === "Backup made"))
    const made = await site.shell(`umask 000; starpunk export out && starpunk backup b.tar`)
    expect(made).toMatchObject({ code: 0 })
    const running = await rights(site.directory)
    for (const name of ["starpunk.db-wal", "starpunk.db-shm", "starpunk-", "data/media/", "out/", "b.tar"]) {
      expect([name, running.some((line) => line.includes(name))]).toEqual([name, true])
    }
    expect(wider(running)).toEqual([])
    await site.stop()
    const restored = await site.shell(`umask 000; rm -r data; starpunk restore b.tar`)
    expect(restored).toMatchObject({ code: 0 })
    // A umask that takes rights from the user would keep the server from its own files.
    await site.start({}, umask("777"))
    expect(wider(await rights(site.directory))).toEqual([])
    expect(site.log.filter(({ message }) => message.includes("can read"))).toEqual([])
  })

  it("wider rights are not reported below a directory that other users cannot enter", async () => {
    await site.run(["sessions", "cleanup"])
    await chmod(join(site.directory, "data"), 0o755)
    await chmod(site.databasePath, 0o644)
    await chmod(site.directory, 0o700)
    await site.start()
    expect(site.log.filter(({ message }) => message.includes("can read"))).toEqual([])
    await site.stop()
    const doctor = await site.run(["doctor", "--json"])
    const { findings } = JSON.parse(doctor.stdout) as { findings: ReadonlyArray<{ code: string; severity: string }> }
    expect(findings.find(({ code }) => code === "data.permissions")?.severity).toBe("ok")
  })

  it("wider rights of existing files are reported at start and by the doctor, with a command, and left unchanged", async () => {
    await site.run(["sessions", "cleanup"])
    const data = join(site.directory, "data")
    await chmod(site.directory, 0o755)
    await chmod(data, 0o755)
    await chmod(site.databasePath, 0o644)
    await site.start()
    const [warning] = site.log.filter(({ message }) => message.includes("can read"))
    expect(warning).toMatchObject({ level: "WARNING", paths: [data], suggestion: `chmod o-rwx ${data}` })
    expect((await stat(data)).mode & 0o777).toBe(0o755)
    await site.stop()
    const doctor = await site.run(["doctor", "--json"])
    const { findings } = JSON.parse(doctor.stdout) as { findings: ReadonlyArray<{ code: string; fix?: string }> }
    expect(findings.find(({ code }) => code === "data.permissions")).toMatchObject({
      severity: "warn",
      fix: `chmod o-rwx ${data}`
    })
    await site.shell(String(warning?.suggestion))
    const before = site.log.length
    await site.start()
    expect(site.log.slice(before).filter(({ message }) => message.includes("can read"))).toEqual([])
  })

  it("of a database and of backups elsewhere, and of a .env with a secret in it, are checked as well", async () => {
    await chmod(site.directory, 0o755)
    const database = join(site.directory, "elsewhere.db")
    const backup = join(site.directory, "starpunk-20260101T000000Z.tar")
    const environment = { STARPUNK_DATABASE_PATH: database, STARPUNK_BACKUP_DIRECTORY: site.directory }
    await site.run(["sessions", "cleanup"], environment)
    for (const path of [database, backup, join(site.directory, "not-ours.txt")]) {
      await writeFile(path, "", { flag: "a" })
      await chmod(path, 0o644)
    }
    await writeFile(join(site.directory, ".env"), "STARPUNK_HEALTH_TOKEN=a-token-that-nobody-guesses\n", {
      mode: 0o644
    })
    await chmod(join(site.directory, ".env"), 0o644)
    const { stdout } = await site.run(["doctor", "--json"], environment)
    const { findings } = JSON.parse(stdout) as { findings: ReadonlyArray<{ code: string; fix?: string }> }
    expect(findings.find(({ code }) => code === "data.permissions")?.fix).toBe(`chmod o-rwx ${database} ${backup}`)
    const checked = await site.run(["check-config"], environment)
    expect(checked.stdout + checked.stderr).toContain("chmod 600 .env")
  })
})
