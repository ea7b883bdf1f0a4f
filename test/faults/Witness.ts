import { setTimeout as wait } from "node:timers/promises"
import { Latencies } from "./Latencies.js"
import { type Seen, Tally } from "./Tally.js"

/** A note that the server acknowledged. */
export interface Acknowledged {
  readonly location: string
  /** A word that is in no other note. */
  readonly word: string
}

interface Answer extends Seen {
  readonly headers: Headers
  readonly body: string
}

const parsed = (body: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === "object" && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

const codeOf = (body: string): string | undefined => {
  const { code } = parsed(body)
  return typeof code === "string" ? code : undefined
}

/** A response; status `0` with the reason if there was none (the server is gone, or did not answer in 30 s). */
const ask = async (url: string, init: RequestInit = {}): Promise<Answer> => {
  try {
    const response = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(30_000) })
    const body = await response.text()
    return { status: response.status, code: response.ok ? undefined : codeOf(body), headers: response.headers, body }
  } catch (error) {
    const refused = error instanceof Error && error.name === "TimeoutError" ? "no answer" : "no connection"
    return { status: 0, code: refused, headers: new Headers(), body: "" }
  }
}

/** Details of readiness: the verdict, and each unhealthy component with its reason. */
const verdictOf = ({ body, code, status }: Answer): Seen => {
  if (status === 0) return { status, code }
  const { checks, reason, status: verdict } = parsed(body)
  const ailing = Object.entries(checks ?? {}).flatMap(([name, check]) =>
    check.status === "healthy" ? [] : [`${name} ${check.reason}`]
  )
  const why = typeof reason === "string" ? [reason] : ailing
  // A balancer has no verdict.
  if (verdict === undefined) return { status, code: undefined }
  return { status, code: why.length === 0 ? String(verdict) : `${verdict}: ${why.join(", ")}` }
}

/**
 * The clients of a site during a fault: authors who post and upload, readers, and probes. Records what they saw, apart
 * from what the server acknowledged.
 */
export class Witness {
  readonly writes = new Tally()
  readonly reads = new Tally()
  readonly ready = new Tally()
  readonly live = new Tally()
  /** Latencies of liveness. */
  readonly liveness = new Latencies()
  /** Latencies of readiness. */
  readonly readiness = new Latencies()
  readonly acknowledged: Array<Acknowledged> = []
  /** Addresses of the files that the server acknowledged. */
  readonly uploaded: Array<string> = []
  /** Refusals without a time to retry, which every 503 and 507 must have. */
  readonly withoutRetryAfter = new Tally()
  #watching = true
  #serial = 0
  readonly #loops: Array<Promise<void>> = []

  constructor(
    readonly url: string,
    readonly token: string,
    /** Distinguishes this witness's words from another's. */
    readonly name: string,
    /** Token for the detail of the health endpoints. */
    readonly healthToken: string,
    /** Whether a balancer answers, with several servers behind it that need not agree. */
    readonly isBalanced = false
  ) {}

  /** A new witness of the same site, with another token. */
  as(token: string): Witness {
    return new Witness(this.url, token, this.name, this.healthToken)
  }

  /** Posts one note; records it if it is acknowledged. */
  async write({ content = "", ...more }: Readonly<Record<string, string>> = {}): Promise<Seen> {
    const word = `${this.name}x${(this.#serial++).toString(36)}x${Math.floor(performance.now()).toString(36)}`
    const answer = await this.#post("/micropub", {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        h: "entry",
        content: `A note about ${word}. ${content}`,
        category: "faults",
        ...more
      })
    })
    const location = answer.headers.get("location")
    if (answer.status === 201 && location !== null) this.acknowledged.push({ location, word })
    return answer
  }

  /** Uploads one file; records it if it is acknowledged. */
  async upload(content: Uint8Array<ArrayBuffer>): Promise<Seen> {
    const body = new FormData()
    body.append("file", new Blob([content]), "photo.png")
    const answer = await this.#post("/micropub/media", { body })
    const location = answer.headers.get("location")
    if (answer.status === 201 && location !== null) this.uploaded.push(location)
    return answer
  }

  async #post(path: string, init: RequestInit): Promise<Answer> {
    const headers = { ...init.headers, authorization: `Bearer ${this.token}` }
    const answer = await ask(`${this.url}${path}`, { ...init, method: "POST", headers })
    this.writes.add(answer)
    this.#judge(answer)
    return answer
  }

  /** Reads one address. */
  async read(path: string): Promise<Seen & { readonly body: string }> {
    const answer = await ask(`${this.url}${path}`, { headers: { accept: "application/json, */*" } })
    this.reads.add(answer)
    this.#judge(answer)
    return answer
  }

  #judge(answer: Answer): void {
    if ((answer.status === 503 || answer.status === 507) && !answer.headers.has("retry-after")) {
      this.withoutRetryAfter.add(answer)
    }
  }

  /** Requests every probe once anonymously and once with the health token; both must have the same verdict. */
  async probe(): Promise<Seen> {
    const authorization = `Bearer ${this.healthToken}`
    this.live.add(await this.liveness.measure(() => ask(`${this.url}/health/live`)))
    const before = await this.readiness.measure(() => ask(`${this.url}/health/ready`, { headers: { authorization } }))
    const anonymous = await ask(`${this.url}/health/ready`)
    const after = await ask(`${this.url}/health/ready`, { headers: { authorization } })
    const startup = await ask(`${this.url}/health/startup`)
    if (!this.isBalanced && before.status === after.status && anonymous.status !== before.status) {
      throw new Error(`readiness says ${before.status} to the authorised and ${anonymous.status} to everybody`)
    }
    if (!this.isBalanced && startup.status !== 200 && startup.status !== 0 && before.status === 200) {
      throw new Error(`startup says ${startup.status} while the site is ready`)
    }
    const verdict = verdictOf(before)
    this.ready.add(verdict)
    return verdict
  }

  /** Requests readiness until it has this status; throws after `limit` milliseconds. */
  async readyWhen(check: (seen: Seen) => boolean, limit = 60_000): Promise<void> {
    const since = performance.now()
    while (!check(await this.probe())) {
      if (performance.now() - since > limit) {
        throw new Error(`readiness did not come to it within ${limit} ms: ${this.ready.kinds.join("; ")}`)
      }
      await wait(100)
    }
  }

  /** Posts, reads and probes without a pause until `rest`. */
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

  /** Ends the watch, and resolves when the last request is answered. */
  async rest(): Promise<void> {
    this.#watching = false
    await Promise.all(this.#loops.splice(0))
    this.#watching = true
  }

  /** Posts until a note is stored; returns the milliseconds until then, or throws after `limit`. */
  async writesAgain(limit = 5_000): Promise<number> {
    const since = performance.now()
    for (;;) {
      // Measured to the sending of the request: a response that a busy machine delays is not a refusal.
      const took = performance.now() - since
      const { code, status } = await this.write()
      if (status === 201) return performance.now() - since
      if (took > limit)
        throw new Error(`no note was kept within ${limit} ms of the fault's end (last: ${status} ${code})`)
      await wait(50)
    }
  }
}
