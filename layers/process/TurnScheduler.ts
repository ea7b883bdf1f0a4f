import { type Fiber, FiberRef, type Scheduler } from "effect"

/** How long fibers may run in one turn of the event loop, in milliseconds. */
const sliceMillis = 10

/** Like `sliceMillis`, while connections arrive: Node accepts one per turn. */
const hurriedMillis = 1

/** Number of finished tasks that are dropped from the front of the list at once. */
const mostTaken = 1_024

/**
 * Runs fibers in turns of the event loop. Effect's own scheduler runs every ready fiber as a microtask, so two hundred
 * requests that arrive together are answered in one turn, and a health check waits for all of them. This one stops
 * after `sliceMillis`, so that the event loop can accept new connections and requests. In each turn, fibers with a
 * priority below zero come first: those of health checks. Turns are shorter while clients connect.
 */
export class TurnScheduler implements Scheduler.Scheduler {
  private readonly urgent: Array<Scheduler.Task> = []
  private usual: Array<Scheduler.Task> = []
  private next = 0
  private isAsked = false
  /** When the current turn began; absent if no task has run in it. */
  private began: number | undefined
  /** Whether a connection has arrived in this turn, so that others may be waiting. */
  private hasArrival = false
  private slice = sliceMillis

  /** `now` is a clock in milliseconds, `later` calls back in the next turn of the event loop. */
  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly later: (task: () => void) => void = setImmediate
  ) {}

  shouldYield(fiber: Fiber.RuntimeFiber<unknown, unknown>): number | false {
    return fiber.currentOpCount > fiber.getFiberRef(FiberRef.currentMaxOpsBeforeYield)
      ? fiber.getFiberRef(FiberRef.currentSchedulingPriority)
      : false
  }

  scheduleTask(task: Scheduler.Task, priority: number): void {
    if (priority < 0) this.urgent.push(task)
    else this.usual.push(task)
    this.ask()
  }

  /** Reports an accepted connection: shortens this turn and the next one, because more connections may be waiting. */
  connectionArrived(): void {
    this.hasArrival = true
    this.slice = hurriedMillis
  }

  private get hasTasks(): boolean {
    return this.urgent.length > 0 || this.next < this.usual.length
  }

  /** Schedules the waiting tasks: after the current code, or in the next turn if this one is used up. */
  private ask(): void {
    if (this.isAsked || this.isUsedUp()) return
    this.isAsked = true
    queueMicrotask(() => {
      this.isAsked = false
      this.run()
    })
  }

  /** Whether the current turn is used up. Waiting tasks run in the next one. */
  private isUsedUp(): boolean {
    const now = this.now()
    if (this.began === undefined) {
      this.began = now
      this.later(() => {
        this.began = undefined
        this.slice = this.hasArrival ? hurriedMillis : sliceMillis
        this.hasArrival = false
        if (this.hasTasks) this.ask()
      })
    }
    return now - this.began >= this.slice
  }

  private run(): void {
    while (this.hasTasks && !this.isUsedUp()) this.take()?.()
  }

  private take(): Scheduler.Task | undefined {
    const urgent = this.urgent.shift()
    if (urgent !== undefined) return urgent
    const task = this.usual[this.next++]
    if (this.next === this.usual.length || this.next === mostTaken) {
      this.usual = this.usual.slice(this.next)
      this.next = 0
    }
    return task
  }
}
