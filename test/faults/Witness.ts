import { setTimeout as wait } from "node:timers/promises"

/** An answer as a client sees it: its status, and the code of the error where there is one. */
export interface Seen {
  readonly status: number
  readonly code: string | undefined
}

/** How often each answer was seen, in words: `200 ×812, 503 database.locked ×3`. */
export class Tally {
  readonly #counts = new Map<string, number>()

  add({ code, status }: Seen): void {
    const name = code === undefined ? String(status) : `${status} ${code}`
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  get kinds(): ReadonlyArray<string> {
    return [...this.#counts.keys()].toSorted()
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
  }
}

/** A note that the server said it keeps. */
export interface Acknowledged {
  readonly location: string
  /** A word that is in no other note. */
  readonly word: string
}

const codeOf = (body: string): string | undefined => {
  try {
    const { code } = JSON.parse(body)
    return typeof code === "string" ? code : undefined
  } catch {
    return undefined
  }
}

/** A request's answer; `0` with the reason where there was none (the server is gone, or did not answer in 30 s). */
const ask = async (url: string, init: RequestInit = {}): Promise<Seen & { readonly headers: Headers }> => {
  try {
    const response = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(30_000) })
    const body = await response.text()
    return { status: response.status, code: response.ok ? undefined : codeOf(body), headers: response.headers }
  } catch (error) {
    const refused = error instanceof Error && error.name === "TimeoutError" ? "no answer" : "no connection"
    return { status: 0, code: refused, headers: new Headers() }
  }
}

/**
 * Everybody who looks at a site while something goes wrong with it: authors who post, readers, and probes. What they saw
 * is kept apart from what the server was promised to do.
 */
export class Witness {
  readonly writes = new Tally()
  readonly reads = new Tally()
  readonly ready = new Tally()
  readonly live = new Tally()
  readonly acknowledged: Array<Acknowledged> = []
  #watching = true
  #serial = 0
  readonly #loops: Array<Promise<void>> = []

  constructor(
    readonly url: string,
    readonly token: string,
    /** Distinguishes the words of one witness from another's. */
    readonly name: string
  ) {}

  /** A new witness of the same site, with another token. */
  as(token: string): Witness {
    return new Witness(this.url, token, this.name)
  }

  /** Posts one note; remembers it when the server says that it is kept. */
  async write(): Promise<Seen> {
    const word = `${this.name}x${(this.#serial++).toString(36)}x${Math.floor(performance.now()).toString(36)}`
    const answer = await ask(`${this.url}/micropub`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ h: "entry", content: `A note about ${word}`, category: "faults" })
    })
    const location = answer.headers.get("location")
    if (answer.status === 201 && location !== null) this.acknowledged.push({ location, word })
    this.writes.add(answer)
    return answer
  }

  /** Reads one address. */
  async read(path: string): Promise<Seen> {
    const answer = await ask(`${this.url}${path}`)
    this.reads.add(answer)
    return answer
  }

  /** Asks both probes once. */
  async probe(): Promise<void> {
    this.live.add(await ask(`${this.url}/health/live`))
    this.ready.add(await ask(`${this.url}/health/ready`))
  }

  /** Begins to post, read and probe without a pause until `rest`. */
  watch({ readers = 2, writers = 2 } = {}): void {
    const paths = ["/", "/feed.rss", "/search?q=note", "/tag/faults", "/api/search?q=faults"]
    const forever = async (round: (turn: number) => Promise<unknown>, pause: number) => {
      for (let turn = 0; this.#watching; turn++) {
        await round(turn)
        await wait(pause)
      }
    }
    for (let n = 0; n < writers; n++) this.#loops.push(forever(() => this.write(), 2))
    for (let n = 0; n < readers; n++) {
      this.#loops.push(forever((turn) => this.read(paths[(turn + n) % paths.length] ?? "/"), 5))
    }
    this.#loops.push(forever(() => this.probe(), 50))
  }

  /** Ends the watch; answers when the last request is answered. */
  async rest(): Promise<void> {
    this.#watching = false
    await Promise.all(this.#loops.splice(0))
    this.#watching = true
  }

  /** Posts until a note is kept; answers after how many milliseconds, or throws after `limit`. */
  async writesAgain(limit = 5_000): Promise<number> {
    const since = performance.now()
    for (;;) {
      const { status } = await this.write()
      const took = performance.now() - since
      if (status === 201) return took
      if (took > limit) throw new Error(`no note was kept within ${limit} ms of the fault's end (last: ${status})`)
      await wait(50)
    }
  }
}
