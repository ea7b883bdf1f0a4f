import { Worker } from "node:worker_threads"
import type { RenderedPost, RenderSource } from "../../src/domain/search/RenderedPost.js"
import type { Job, Said } from "./RenderingThread.js"

/** Result of a job. `unavailable`: too many are queued, or the thread cannot start. */
export type Outcome = { readonly rendered: RenderedPost } | "too_slow" | "unavailable"

type Answer = (outcome: Outcome) => void

interface Waiting extends Job {
  readonly answer: Answer
}

/** Limits of the thread. Times in milliseconds. */
export interface RenderingLimits {
  /** Maximum time for one post. */
  readonly perPost: number
  /** Maximum time to load. */
  readonly toStart: number
  /** Time without work after which the thread ends. */
  readonly idle: number
  /** Maximum number of queued posts. */
  readonly waiting: number
}

/** Number of posts sent to the thread in advance, so that it never waits for the event loop between two. */
const ahead = 8

/** Enough for a megabyte of any text; more ends the thread, not the process. */
const memory = { maxOldGenerationSizeMb: 384 }

/** One worker thread that renders posts in order. It starts on demand, and is terminated when a post takes too long. */
export class RenderingWorker {
  #worker: Worker | undefined
  #isReady = false
  #next = 1
  #waiting: Array<Waiting> = []
  /** Posts sent to the thread, in order; it works on the first. */
  #sent: Array<Waiting> = []
  #limit: NodeJS.Timeout | undefined
  #idle: NodeJS.Timeout | undefined

  constructor(
    readonly file: URL,
    readonly limits: RenderingLimits
  ) {}

  /** Queues a post. Returns a function that cancels it. */
  render(post: RenderSource, answer: Answer): () => void {
    if (this.#waiting.length >= this.limits.waiting) {
      answer("unavailable")
      return () => {}
    }
    const job: Waiting = { id: this.#next++, post, answer }
    this.#waiting.push(job)
    this.#advance()
    return () => {
      // A post that was sent is still rendered, within its limit; the result is ignored.
      this.#waiting = this.#waiting.filter((other) => other !== job)
      this.#sent = this.#sent.map((other) => (other === job ? { ...job, answer: () => {} } : other))
    }
  }

  /** Ends the thread. Queued posts get `unavailable`. */
  async close(): Promise<void> {
    const left = [...this.#sent, ...this.#waiting]
    this.#sent = []
    this.#waiting = []
    const worker = this.#forget()
    for (const { answer } of left) answer("unavailable")
    await worker?.terminate()
  }

  #forget(): Worker | undefined {
    const worker = this.#worker
    clearTimeout(this.#limit)
    clearTimeout(this.#idle)
    this.#worker = undefined
    this.#isReady = false
    return worker
  }

  #start() {
    const worker = new Worker(this.file, { name: "renderer", resourceLimits: memory, env: {}, execArgv: [] })
    this.#worker = worker
    const isCurrent = () => this.#worker === worker
    worker.unref()
    worker.on("message", (said: Said) => {
      if (isCurrent()) this.#hear(said)
    })
    worker.on("error", () => {
      if (isCurrent()) this.#broke()
    })
    worker.on("exit", () => {
      if (isCurrent()) this.#broke()
    })
    this.#limit = setTimeout(() => this.#broke(), this.limits.toStart).unref()
  }

  #advance() {
    if (this.#waiting.length + this.#sent.length === 0) return this.#rest()
    clearTimeout(this.#idle)
    if (this.#worker === undefined) return this.#start()
    if (!this.#isReady) return
    const wasIdle = this.#sent.length === 0
    while (this.#sent.length < ahead) {
      const job = this.#waiting.shift()
      if (job === undefined) break
      this.#sent.push(job)
      this.#worker.postMessage({ id: job.id, post: job.post } satisfies Job)
    }
    if (wasIdle) this.#watch()
  }

  /** Starts the time limit of the first post. */
  #watch() {
    clearTimeout(this.#limit)
    if (this.#sent.length > 0) this.#limit = setTimeout(() => this.#broke(), this.limits.perPost).unref()
  }

  #hear(said: Said) {
    if (said === "ready") {
      clearTimeout(this.#limit)
      this.#isReady = true
      return this.#advance()
    }
    const job = this.#sent.shift()
    this.#watch()
    job?.answer(said.rendered === undefined ? "too_slow" : { rendered: said.rendered })
    this.#advance()
  }

  /**
   * Handles a thread that took too long, ran out of memory or did not start. The first post is the cause, if the thread
   * had started.
   */
  #broke() {
    const hadStarted = this.#isReady
    void this.#forget()?.terminate()
    const [head, ...rest] = this.#sent
    this.#sent = []
    this.#waiting = [...rest, ...this.#waiting]
    if (hadStarted) {
      head?.answer("too_slow")
      this.#advance()
    } else {
      const left = this.#waiting
      this.#waiting = []
      for (const { answer } of left) answer("unavailable")
    }
  }

  #rest() {
    clearTimeout(this.#idle)
    if (this.#worker !== undefined) {
      this.#idle = setTimeout(() => void this.#forget()?.terminate(), this.limits.idle).unref()
    }
  }
}
