import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { appendFileSync, chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs"
import { connect, createServer, type Server, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client } from "pg"
import { programs, unprivilegedUser } from "../fixtures/Postgres.js"

const settings = `
listen_addresses = ''
fsync = off
shared_buffers = 16MB
max_connections = 100
wal_level = replica
max_wal_senders = 8
hot_standby = on
logging_collector = off
`

/** A PostgreSQL server in a folder of its own. */
interface Node {
  readonly directory: string
  readonly process: ChildProcess
}

const program = (name: string) => join(programs ?? "", name)

const run = (name: string, ...args: ReadonlyArray<string>) => {
  const { status, stderr } = spawnSync(program(name), args, { cwd: "/", encoding: "utf8", ...unprivilegedUser })
  if (status !== 0) throw new Error(`${name}: ${stderr}`)
}

const makeDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), "starpunk-pair-"))
  chmodSync(directory, 0o700)
  const { gid, uid } = unprivilegedUser
  if (uid !== undefined && gid !== undefined) chownSync(directory, uid, gid)
  return directory
}

const start = (directory: string): Node => {
  const args = ["-D", join(directory, "data"), "-k", directory]
  // A group of its own, so that all of its processes can be killed at once.
  const child = spawn(program("postgres"), args, { cwd: "/", stdio: "ignore", detached: true, ...unprivilegedUser })
  return { directory, process: child }
}

/** Runs a statement, and tries again until the server answers. */
const ask = async (directory: string, statement: string, database = "postgres"): Promise<ReadonlyArray<Answer>> => {
  for (let attempt = 0; ; attempt++) {
    const client = new Client({ host: directory, port: 5432, user: "starpunk", database })
    client.on("error", () => {})
    try {
      await client.connect()
      return (await client.query<Answer>(statement)).rows
    } catch (error) {
      if (attempt > 300) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    } finally {
      await client.end().catch(() => {})
    }
  }
}

type Answer = Readonly<Record<string, unknown>>

const synchronous = (names: string) => `ALTER SYSTEM SET synchronous_standby_names = '${names}'`

/**
 * A primary and a synchronous standby, behind an address that leads to the primary. Commits are acknowledged only when both
 * have them. `failOver` kills the primary and promotes the standby; `pairUp` makes another standby.
 */
export class PostgresPair {
  private standby: Node | undefined
  private readonly sockets = new Set<Socket>()
  private serial = 0

  private constructor(
    private primary: Node,
    private readonly relay: Server,
    private readonly port: number
  ) {
    relay.on("connection", (from) => this.forward(from))
  }

  static async start(): Promise<PostgresPair> {
    const directory = makeDirectory()
    run(
      "initdb",
      "-D",
      join(directory, "data"),
      "-U",
      "starpunk",
      "--auth=trust",
      "--encoding=UTF8",
      "--locale=C.UTF-8"
    )
    appendFileSync(join(directory, "data", "postgresql.conf"), settings)
    const primary = start(directory)
    await ask(directory, "CREATE DATABASE blog")
    const relay = createServer().listen(0, "127.0.0.1")
    await once(relay, "listening")
    const address = relay.address()
    if (address === null || typeof address === "string") throw new Error("no port")
    const pair = new PostgresPair(primary, relay, address.port)
    await pair.pairUp()
    return pair
  }

  get url(): string {
    return `postgres://starpunk@127.0.0.1:${this.port}/blog?sslmode=disable`
  }

  /** Rows of a statement at the primary. */
  query(statement: string): Promise<ReadonlyArray<Answer>> {
    return ask(this.primary.directory, statement, "blog")
  }

  /** Makes a standby, and lets commits wait for it. */
  async pairUp(): Promise<void> {
    const directory = makeDirectory()
    const name = `standby_${this.serial++}`
    const from = ["-h", this.primary.directory, "-U", "starpunk", "-d", `application_name=${name}`]
    run("pg_basebackup", "-D", join(directory, "data"), "-R", "-X", "stream", "--checkpoint=fast", "--no-sync", ...from)
    this.standby = start(directory)
    await this.until(`SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'`)
    await ask(this.primary.directory, synchronous("*"))
    await ask(this.primary.directory, "SELECT pg_reload_conf()")
    await this.until(`SELECT 1 FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')`)
  }

  /** Kills the primary with all of its processes, and promotes the standby. Resolves when that takes writes. */
  async failOver(): Promise<void> {
    const { standby } = this
    if (standby === undefined) throw new Error("there is no standby")
    this.kill(this.primary)
    for (const socket of this.sockets) socket.destroy()
    this.primary = standby
    this.standby = undefined
    await ask(standby.directory, "SELECT pg_promote()")
    await ask(standby.directory, synchronous(""))
    await ask(standby.directory, "SELECT pg_reload_conf()")
    await this.until("SELECT 1 WHERE NOT pg_is_in_recovery()")
  }

  stop(): void {
    this.kill(this.primary)
    if (this.standby !== undefined) this.kill(this.standby)
    for (const socket of this.sockets) socket.destroy()
    this.relay.close()
  }

  private kill({ directory, process: { pid } }: Node): void {
    if (pid !== undefined) process.kill(-pid, "SIGKILL")
    // Its processes end one after the other.
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }

  private async until(statement: string): Promise<void> {
    while ((await ask(this.primary.directory, statement)).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  private forward(from: Socket): void {
    const to = connect(join(this.primary.directory, ".s.PGSQL.5432"))
    for (const [socket, other] of [
      [from, to],
      [to, from]
    ] as const) {
      this.sockets.add(socket)
      socket.on("error", () => other.destroy())
      socket.on("close", () => {
        this.sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  }
}
