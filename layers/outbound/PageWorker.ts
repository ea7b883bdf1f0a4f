import { Worker } from "node:worker_threads"
import type { PageAnswers, PageQuestion } from "../../src/domain/foreign/ForeignPage.js"
import type { PageOutcome } from "../../src/services/PageParser.js"

/** Limits of the thread. Times in milliseconds. */
export interface PageLimits {
  /** Maximum time for one page. */
  readonly perPage: number
  /** Maximum time to load. */
  readonly toStart: number
  /** Time without work after which the thread ends. */
  readonly idle: number
  /** Maximum number of queued pages. */
  readonly waiting: number
}

type Outcome = PageOutcome<keyof PageAnswers>

interface Waiting {
  readonly question: PageQuestion
  readonly answer: (outcome: Outcome) => void
}

/** A message of the thread: `undefined` when it has loaded, then one answer per page. */
type Said = { readonly answer: PageAnswers[keyof PageAnswers] } | undefined

/** Enough for any page of 64 kB; more ends the thread, not the process. */
const memory = { maxOldGenerationSizeMb: 128 }

/**
 * One worker thread that reads pages, one at a time. It starts on demand, is terminated with a page that takes too long or
 * too much memory, and ends when it has had no work for a while.
 */
export class PageWorker {
  #worker: Worker | undefined
  #isReady = false
  #current: Waiting | undefined
  #waiting: Array<Waiting> = []
  #timer: NodeJS.Timeout | undefined

  constructor(
    readonly file: URL,
    readonly limits: PageLimits
  ) {}

  /** Queues a page. Returns a function that cancels it; a page that is being parsed is parsed to its end. */
  read(question: PageQuestion, answer: Waiting["answer"]): () => void {
    if (this.#waiting.length >= this.limits.waiting) {
      answer({ state: "busy" })
      return () => {}
    }
    const entry = { question, answer }
    this.#waiting.push(entry)
    this.#advance()
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry)
      if (this.#current === entry) this.#current = { question, answer: () => {} }
    }
  }

  /** Ends the thread. Queued pages are not read. */
  async close(): Promise<void> {
    const worker = this.#forget()
    this.#refuseAll()
    await worker?.terminate()
  }

  #advance() {
    if (this.#worker === undefined) return this.#start()
    if (!this.#isReady || this.#current !== undefined) return
    this.#current = this.#waiting.shift()
    if (this.#current === undefined) return this.#after(this.limits.idle, () => void this.#forget()?.terminate())
    this.#after(this.limits.perPage, () => this.#broke())
    this.#worker.postMessage(this.#current.question)
  }

  #start() {
    const worker = new Worker(this.file, { name: "pages", resourceLimits: memory, env: {}, execArgv: [] })
    this.#worker = worker
    worker.unref()
    const ifCurrent = (act: () => void) => () => {
      if (this.#worker === worker) act()
    }
    worker.on("message", (said: Said) => ifCurrent(() => this.#hear(said))())
    worker.on(
      "error",
      ifCurrent(() => this.#broke())
    )
    worker.on(
      "exit",
      ifCurrent(() => this.#broke())
    )
    this.#after(this.limits.toStart, () => this.#broke())
  }

  #hear(said: Said) {
    const done = this.#current
    this.#current = undefined
    this.#isReady = true
    this.#advance()
    if (said !== undefined) done?.answer({ state: "read", answer: said.answer })
  }

  /** Handles a thread that took too long, ran out of memory or did not start: the page that it read is the cause. */
  #broke() {
    const hadStarted = this.#isReady
    void this.#forget()?.terminate()
    const current = this.#current
    this.#current = undefined
    if (!hadStarted) return this.#refuseAll()
    if (this.#waiting.length > 0) this.#advance()
    current?.answer({ state: "too_slow" })
  }

  #forget(): Worker | undefined {
    const worker = this.#worker
    clearTimeout(this.#timer)
    this.#worker = undefined
    this.#isReady = false
    return worker
  }

  #refuseAll() {
    const left = [...(this.#current === undefined ? [] : [this.#current]), ...this.#waiting]
    this.#current = undefined
    this.#waiting = []
    for (const { answer } of left) answer({ state: "busy" })
  }

  #after(millis: number, act: () => void) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(act, millis).unref()
  }
}
