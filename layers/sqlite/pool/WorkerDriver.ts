import { Worker } from "node:worker_threads"
import { Effect, Exit } from "effect"
import { DatabaseOpenFailed } from "../../../src/errors/Opening.js"
import type { Command, Driver } from "../../sql/pool/Driver.js"
import { DriverFailure } from "../../sql/pool/DriverFailure.js"
import type { Open } from "./Connecting.js"
import type { ConnectionOptions, Statement } from "./Connection.js"
import { breaksConnection } from "./Engine.js"
import { OpenFailure } from "./OpenFailure.js"
import type { Opened, Reply, Request } from "./worker.js"

type Answer = (exit: Exit.Exit<unknown, DriverFailure>) => void

/**
 * Memory limits of a worker. It holds a driver and the result of one statement. A small heap is collected often and
 * stays small.
 */
const memory = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 4, stackSizeMb: 1 }

/** The program of the worker. In the bundled server both are scripts (`.cjs`), because modules load more slowly. */
const file = new URL(import.meta.url.endsWith(".cjs") ? "./worker.cjs" : "./worker.js", import.meta.url)

const start = (options: ConnectionOptions) =>
  new Worker(file, {
    name: `sqlite ${options.role}`,
    workerData: options,
    resourceLimits: memory,
    // The worker needs nothing of the process: no secrets, no flags of a test runner.
    env: {},
    execArgv: []
  })

/** Copies the bytes of a small Buffer, which is a view of a shared slab, so that only these are sent to the worker. */
const ownBytes = (value: unknown): unknown =>
  ArrayBuffer.isView(value) && value.byteLength !== value.buffer.byteLength
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice()
    : value

const portableStatement = (statement: Statement): Statement =>
  statement.params.some(ArrayBuffer.isView) ? { ...statement, params: statement.params.map(ownBytes) } : statement

const portable = (command: Command): Command => {
  switch (command.do) {
    case "execute":
      return { do: "execute", statement: portableStatement(command.statement) }
    case "executeAll":
      return { do: "executeAll", statements: command.statements.map(portableStatement) }
    default:
      return command
  }
}

/**
 * The worker as a `Driver`: sends requests, and matches results by id. Requests that are made in the same turn go in one
 * message, because each message wakes a thread.
 */
class WorkerDriver implements Driver {
  #next = 1
  #failure: DriverFailure | undefined
  #gone = false
  #inTransaction = false
  readonly #answers = new Map<number, Answer>()
  #unsent: Array<Request> = []
  readonly #whenSettled = new Set<() => void>()
  readonly #whenGone = new Set<() => void>()

  constructor(readonly worker: Worker) {
    worker.on("message", (replies: ReadonlyArray<Reply>) => this.#receive(replies))
    worker.on("messageerror", (error) => this.#end(error.message))
    worker.on("error", (error) => this.#end(error.message))
    worker.on("exit", (code) => {
      this.#gone = true
      this.#end(`the connection's thread ended with code ${code}`)
      for (const done of this.#whenGone) done()
    })
  }

  readonly pending = () => this.#answers.size
  readonly inTransaction = () => this.#inTransaction
  /** A statement that fails leaves the transaction as it was. */
  readonly aborted = () => undefined
  readonly broken = () => this.#failure

  readonly settled = Effect.async<void>((resume) => {
    if (this.#answers.size === 0) return resume(Effect.void)
    const done = () => resume(Effect.void)
    this.#whenSettled.add(done)
    return Effect.sync(() => this.#whenSettled.delete(done))
  })

  readonly run = (command: Command): Effect.Effect<unknown, DriverFailure> =>
    Effect.async<unknown, DriverFailure>((resume) => {
      const id = this.#ask(command, resume)
      // The caller is gone, but the connection is not free until the result arrives.
      return Effect.sync(() => {
        if (id !== undefined && this.#answers.has(id)) this.#answers.set(id, () => {})
      })
    })

  readonly close = Effect.async<void>((resume) => {
    if (this.#gone) return resume(Effect.void)
    this.#whenGone.add(() => resume(Effect.void))
    if (this.#failure === undefined && this.#answers.size === 0) {
      this.worker.postMessage([{ id: 0, do: "close" }] satisfies ReadonlyArray<Request>)
    } else {
      // Takes effect when SQLite returns from the running statement; the end of the thread closes the connection.
      void this.worker.terminate()
    }
  })

  #ask(command: Command, answer: Answer): number | undefined {
    if (this.#failure !== undefined) {
      answer(Exit.fail(this.#failure))
      return undefined
    }
    const id = this.#next++
    const request: Request = { id, ...portable(command) }
    this.#answers.set(id, answer)
    if (this.#unsent.push(request) === 1) queueMicrotask(this.#send)
    return id
  }

  readonly #send = () => {
    const requests = this.#unsent
    this.#unsent = []
    try {
      this.worker.postMessage(requests)
    } catch (error) {
      this.#sendEach(requests, error)
    }
  }

  /**
   * Sends requests one by one if their message could not be cloned, so that only the request with the invalid value
   * fails.
   */
  #sendEach(requests: ReadonlyArray<Request>, error: unknown) {
    if (requests.length > 1) {
      for (const request of requests) {
        try {
          this.worker.postMessage([request])
        } catch (error) {
          this.#sendEach([request], error)
        }
      }
      return
    }
    for (const { id } of requests) {
      this.#answer(id, Exit.fail(new DriverFailure({ code: "PARAMETER", message: String(error) })))
    }
    this.#settle()
  }

  #answer(id: number, exit: Exit.Exit<unknown, DriverFailure>) {
    const answer = this.#answers.get(id)
    if (answer === undefined) return
    this.#answers.delete(id)
    answer(exit)
  }

  #receive(replies: ReadonlyArray<Reply>) {
    for (const reply of replies) {
      this.#inTransaction = reply.inTransaction
      if (reply.ok) this.#answer(reply.id, Exit.succeed(reply.value))
      else {
        const failure = new DriverFailure({ code: reply.code, message: reply.message })
        if (breaksConnection(failure)) this.#failure ??= failure
        this.#answer(reply.id, Exit.fail(failure))
      }
    }
    this.#settle()
  }

  #end(message: string) {
    const failure = this.#failure ?? new DriverFailure({ code: "WORKER_ENDED", message })
    this.#failure = failure
    const answers = [...this.#answers.values()]
    this.#answers.clear()
    this.#inTransaction = false
    for (const answer of answers) answer(Exit.fail(failure))
    this.#settle()
  }

  #settle() {
    if (this.#answers.size > 0) return
    for (const done of this.#whenSettled) done()
    this.#whenSettled.clear()
  }
}

const toOpenFailed = (options: ConnectionOptions, reason: OpenFailure["reason"], detail: string) =>
  new DatabaseOpenFailed({ reason, path: options.path, detail })

/** A connection on its own worker thread: no query, lock or checkpoint blocks the event loop. */
export const open: Open = (options) =>
  Effect.async<Driver, DatabaseOpenFailed>((resume) => {
    const worker = start(options)
    const refuse = (error: Error) => {
      const { message, reason } = OpenFailure.from(error, options.path)
      resume(Effect.fail(toOpenFailed(options, reason, message)))
    }
    const onExit = (code: number) => refuse(new Error(`the connection's thread ended with code ${code} while opening`))
    worker.on("error", refuse)
    worker.once("exit", onExit)
    worker.once("message", (message: Opened) => {
      worker.off("exit", onExit)
      if (message.opened) resume(Effect.succeed(new WorkerDriver(worker)))
      else {
        void worker.terminate()
        resume(Effect.fail(toOpenFailed(options, message.reason, message.detail)))
      }
    })
    return Effect.promise(() => worker.terminate())
  })
