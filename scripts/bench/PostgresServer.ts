import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { chownSync, existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"

/** Directory of the programs of PostgreSQL on Debian, the newest; undefined if there is none. */
const programs = [18, 17, 16, 15, 14]
  .map((version) => `/usr/lib/postgresql/${version}/bin`)
  .find((directory) => existsSync(join(directory, "initdb")))

/** Whether a PostgreSQL server can be started here. */
export const isThere: boolean = programs !== undefined

/** A PostgreSQL server with default durability in a temporary directory, reached by its socket. */
export interface PostgresServer {
  /** Creates an empty database, and returns the value of `STARPUNK_DATABASE_URL` for it. */
  readonly database: () => string
  /** Directory of the socket. */
  readonly host: string
  readonly stop: () => Promise<void>
}

const isRoot = process.getuid?.() === 0

const idOf = (flag: string) => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout)

/** The server refuses root. */
const user = isRoot ? { uid: idOf("-u"), gid: idOf("-g") } : {}

/** Starts a server; the bench that started it stops it. */
export const startPostgres = async (): Promise<PostgresServer> => {
  const host = mkdtempSync(join(tmpdir(), "starpunk-bench-pg-"))
  if (user.uid !== undefined) chownSync(host, user.uid, user.gid)
  const run = (name: string, ...args: ReadonlyArray<string>) =>
    spawnSync(join(programs ?? "", name), args, { cwd: "/", encoding: "utf8", ...user })
  const made = run(
    "initdb",
    "-D",
    join(host, "data"),
    "-U",
    "starpunk",
    "--auth=trust",
    "-E",
    "UTF8",
    "--locale=C.UTF-8"
  )
  if (made.status !== 0) throw new Error(made.stderr)
  const options = ["-D", join(host, "data"), "-k", host, "-c", "listen_addresses="]
  const child = spawn(join(programs ?? "", "postgres"), options, { cwd: "/", stdio: "ignore", ...user })
  const kill = () => child.kill("SIGKILL")
  process.once("exit", kill)
  const ask = (statement: string) => run("psql", "-h", host, "-U", "starpunk", "-d", "postgres", "-c", statement)
  while (ask("SELECT 1").status !== 0) {
    if (child.exitCode !== null) throw new Error("PostgreSQL did not start")
    await wait(50)
  }
  let serial = 0
  return {
    host,
    database: () => {
      const name = `bench_${serial++}`
      const { status, stderr } = ask(`CREATE DATABASE ${name}`)
      if (status !== 0) throw new Error(stderr)
      return `postgres://starpunk@localhost/${name}?host=${encodeURIComponent(host)}`
    },
    stop: async () => {
      process.off("exit", kill)
      const ended = once(child, "close")
      child.kill("SIGQUIT")
      await ended
      rmSync(host, { recursive: true, force: true })
    }
  }
}
