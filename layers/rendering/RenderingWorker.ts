import { Worker } from "node:worker_threads"
import type { RenderSource } from "../../src/domain/search/RenderedPost.js"
import type { PackedPost } from "./PackedPost.js"
import { RenderingClock } from "./RenderingClock.js"
import type { Batch, Job, Said } from "./RenderingThread.js"

/**
 * Result of a job; the state of the rendering says whether it took too long. `unavailable`: too many are queued, or the
 * thread cannot start.
 */
export type Outcome = PackedPost | "unavailable"

type Answer = (outcome: Outcome) => void

interface Waiting extends Job {
  readonly answer: Answer
}

interface Sent extends Waiting {
  /** Posts are numbered in the order of sending. */
  readonly number: number
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

/** Maximum posts in one message, and UTF-16 code units after which it is sent. A message costs as much as rendering a note. */
const batch = { posts: 16, length: 131_072 }

/** Number of unanswered posts below which the next message is sent, so that the thread never waits for the event loop. */
const ahead = 16

/** Enough for a megabyte of any text; more ends the thread, not the process. */
const memory = { maxOldGenerationSizeMb: 384 }

/** One worker thread that renders posts in order. It starts on demand, and is terminated when a post takes too long. */
export class RenderingWorker {
  #worker: Worker | undefined
  #clock = new RenderingClock()
  #isReady = false
  #next = 1
  #waiting: Array<Waiting> = []
  /** Posts sent to the thread and not answered, in order. */
  #sent: Array<Sent> = []
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
    this.#waiting.push({ post, isPlain: false, answer })
    this.#advance()
    return () => {
      // A post that was sent is still rendered, within its limit; the result is ignored.
      this.#waiting = this.#waiting.filter((other) => other.answer !== answer)
      this.#sent = this.#sent.map((other) => (other.answer === answer ? { ...other, answer: () => {} } : other))
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
    this.#clock = new RenderingClock()
    const worker = new Worker(this.file, {
      name: "renderer",
      resourceLimits: memory,
      env: {},
      execArgv: [],
      workerData: this.#clock.memory
    })
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
    while (this.#sent.length < ahead && this.#waiting.length > 0) this.#send(this.#worker)
    if (wasIdle) this.#watch(this.limits.perPost)
  }

  #send(worker: Worker) {
    const first = this.#next
    const jobs: Array<Job> = []
    let length = 0
    while (jobs.length < batch.posts && length < batch.length) {
      const job = this.#waiting.shift()
      if (job === undefined) break
      this.#sent.push({ ...job, number: this.#next++ })
      jobs.push({ post: job.post, isPlain: job.isPlain })
      length += lengthOf(job.post.properties)
    }
    worker.postMessage({ first, jobs } satisfies Batch)
  }

  /** Checks after `millis` whether the thread has worked on one post for too long. */
  #watch(millis: number) {
    clearTimeout(this.#limit)
    this.#limit = setTimeout(() => {
      const { millis: taken } = this.#clock.current ?? { millis: 0 }
      if (taken >= this.limits.perPost) this.#broke()
      else if (this.#sent.length > 0) this.#watch(this.limits.perPost - taken + 1)
    }, millis).unref()
  }

  #hear(said: Said) {
    if (said === "ready") {
      clearTimeout(this.#limit)
      this.#isReady = true
      return this.#advance()
    }
    const answered = this.#sent.splice(0, said.rendered.length)
    // Sends the next posts first, so that the thread works while this one handles the results.
    this.#advance()
    for (const [place, { answer }] of answered.entries()) {
      const rendered = said.rendered[place]
      answer(rendered ?? "unavailable")
    }
  }

  /**
   * Handles a thread that took too long, ran out of memory or did not start. The post that it worked on is the cause, if the
   * thread had started: the next thread makes plain text of it, once. The other posts are rendered again.
   */
  #broke() {
    const hadStarted = this.#isReady
    const current = this.#clock.current?.post
    void this.#forget()?.terminate()
    const sent = this.#sent
    this.#sent = []
    if (hadStarted) {
      const culprit = sent.find(({ number }) => number === current) ?? sent[0]
      const again = culprit === undefined || culprit.isPlain ? [] : [{ ...culprit, isPlain: true }]
      this.#waiting = [...again, ...sent.filter((job) => job !== culprit), ...this.#waiting]
      if (culprit?.isPlain === true) culprit.answer("unavailable")
      this.#advance()
    } else {
      const left = [...sent, ...this.#waiting]
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

/** Returns the approximate length of a value in UTF-16 code units. */
const lengthOf = (value: unknown): number => {
  if (typeof value === "string") return value.length
  if (typeof value !== "object" || value === null) return 1
  return Object.values(value).reduce<number>((sum, item) => sum + lengthOf(item), 0)
}
