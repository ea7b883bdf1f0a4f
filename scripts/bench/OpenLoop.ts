import type { Caller } from "./Caller.js"
import { percentile } from "./Figure.js"

/** Result of an open-loop load. */
export interface Load {
  /** Milliseconds from the due time to the response, of each request that was answered as expected. */
  readonly millis: ReadonlyArray<number>
  /** Reasons of the failed requests. */
  readonly failures: ReadonlyArray<string>
}

/** The 99th percentile of a load, in milliseconds. */
export const p99 = ({ millis }: Load): number => percentile(millis, 0.99)

const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return "_tag" in error ? String(error._tag) : error.message
}

/** Predicate that ends a load, given the number of requests begun and the elapsed milliseconds. */
type Over = (begun: number, elapsedMillis: number) => boolean

/**
 * Starts work at a fixed rate until `over` returns true, whether or not earlier work is done. A closed loop, which
 * waits for each response, would hide queueing delays.
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

/** Sends requests at a fixed rate and counts responses with the expected statuses. */
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

/** Ends a load after a number of requests. */
export const times = (count: number) => (sent: number) => sent >= count

/** Ends a load after a number of seconds. */
export const during = (seconds: number) => (_: number, elapsedMillis: number) => elapsedMillis >= seconds * 1_000
