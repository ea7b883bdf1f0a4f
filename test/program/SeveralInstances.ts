import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Balancer } from "./Balancer.js"
import { type LogLine, Program } from "./Program.js"
import { RoundRobin } from "./RoundRobin.js"

/** Servers of one site on one database of PostgreSQL, with one folder for media, behind a balancer without stickiness. */
export class SeveralInstances {
  private constructor(
    readonly balancer: Balancer,
    readonly programs: ReadonlyArray<Program>,
    private readonly media: string
  ) {}

  /** Lays out instances that are not started yet, behind a balancer of our own or another one. */
  static async create(
    databaseUrl: string,
    count: number,
    settings: Readonly<Record<string, string>> = {},
    balancer: Balancer | undefined = undefined
  ): Promise<SeveralInstances> {
    return SeveralInstances.behind(balancer ?? (await RoundRobin.start()), databaseUrl, count, settings)
  }

  private static async behind(
    balancer: Balancer,
    databaseUrl: string,
    count: number,
    settings: Readonly<Record<string, string>>
  ): Promise<SeveralInstances> {
    const media = await mkdtemp(join(tmpdir(), "starpunk-media-"))
    const programs: Array<Program> = []
    for (let number = 1; number <= count; number++) {
      const program = await Program.create({
        STARPUNK_DATABASE_URL: databaseUrl,
        STARPUNK_SITE_URL: balancer.url,
        STARPUNK_INSTANCE: `blog-${number}`,
        STARPUNK_DRAIN_DELAY: "0.5",
        STARPUNK_HEALTH_CHECK_DETAILED: "true",
        STARPUNK_DB_CONNECTION_POOL_SIZE: "2",
        ...settings
      })
      await mkdir(join(program.directory, "data"))
      await symlink(media, join(program.directory, "data", "media"))
      programs.push(program)
    }
    const site = new SeveralInstances(balancer, programs, media)
    await balancer.use(programs.map(({ port }) => port))
    return site
  }

  /** The address of the site, which is that of the balancer. */
  get url(): string {
    return this.balancer.url
  }

  /** Lines of every instance, those of each in their order. */
  get log(): ReadonlyArray<LogLine> {
    return this.programs.flatMap(({ log }) => log)
  }

  /** Answers the lines once `check` holds for them. */
  async logWhen(check: (log: ReadonlyArray<LogLine>) => boolean): Promise<ReadonlyArray<LogLine>> {
    for (;;) {
      const { log } = this
      if (check(log)) return log
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  async start(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.start()))
    await this.inUse(...this.programs)
  }

  /** Waits until the balancer sends requests to these instances. */
  async inUse(...programs: ReadonlyArray<Program>): Promise<void> {
    for (const { port } of programs) {
      while (!(await this.balancer.sendsTo(port))) await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  async dispose(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.dispose()))
    await this.balancer.stop()
    await rm(this.media, { recursive: true, force: true })
  }
}
