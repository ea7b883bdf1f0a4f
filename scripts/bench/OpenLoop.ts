import type { Caller } from "./Caller.js"
import { percentile } from "./Figure.js"

/** What an open loop of requests came to. */
export interface Load {
  /** Milliseconds of each request that was answered as expected, counted from when it was due. */
  readonly millis: ReadonlyArray<number>
  /** What happened to the others. */
  readonly failures: ReadonlyArray<string>
}

/** The 99th percentile of a load, in milliseconds. */
export const p99 = ({ millis }: Load): number => percentile(millis, 0.99)

const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return "_tag" in error ? String(error._tag) : error.message
}

/** Whether to begin no more: told how many were begun, and for how many milliseconds. */
type Over = (begun: number, elapsedMillis: number) => boolean

/**
 * Begins work when it is due, whatever became of what was begun before, until `over` says so: who waits for an answer
 * before the next question does not see how long others would have waited.
 */
export const openLoopOf = async (
  work: (dueAt: number) => Promise<unknown>,
  perSecond: number,
  over: Over
): Promise<Load> => {
  const millis: Array<number> = []
  const failures: Array<string> = []
  const calls: Array<Promise<void>> = []
  const started = performance.now()
  await new Promise<void>((resolve) => {
    const tick = setInterval(() => {
      const elapsed = performance.now() - started
      const due = Math.floor((elapsed / 1_000) * perSecond)
      while (calls.length < due && !over(calls.length, elapsed)) {
        const dueAt = started + ((calls.length + 1) / perSecond) * 1_000
        calls.push(
          work(dueAt).then(
            () => void millis.push(performance.now() - dueAt),
            (error: unknown) => void failures.push(wordsOf(error))
          )
        )
      }
      if (!over(calls.length, elapsed)) return
      clearInterval(tick)
      resolve()
    }, 1)
  })
  await Promise.all(calls)
  return { millis, failures }
}

/** Sends requests when they are due, and expects these answers. */
export const openLoop = (
  caller: Caller,
  perSecond: number,
  over: Over,
  expected: ReadonlyArray<number> = [200]
): Promise<Load> =>
  openLoopOf(
    async (dueAt) => {
      const { status } = await caller.call(dueAt)
      if (!expected.includes(status)) throw new Error(`status ${status}`)
    },
    perSecond,
    over
  )

/** For so many requests. */
export const times = (count: number) => (sent: number) => sent >= count

/** For so many seconds. */
export const during = (seconds: number) => (_: number, elapsedMillis: number) => elapsedMillis >= seconds * 1_000
