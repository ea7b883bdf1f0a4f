import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { TurnScheduler } from "../../layers/process/TurnScheduler.js"

/** A scheduler whose clock and whose turns of the event loop are the test's. */
const setup = () => {
  let now = 0
  const later: Array<() => void> = []
  const scheduler = new TurnScheduler(
    () => now,
    (task) => later.push(task)
  )
  const ran: Array<string> = []
  return {
    scheduler,
    ran,
    task: (name: string, millis: number) => () => {
      ran.push(name)
      now += millis
    },
    /** Goes on to the next turn of the event loop. */
    turn: async () => {
      for (const task of later.splice(0)) task()
      await Promise.resolve()
    }
  }
}

describe("S2: fibers that are ready at the same time", () => {
  it("run until the slice is used up, the rest in the next turn, and the urgent first", async () => {
    const { ran, scheduler, task, turn } = setup()
    for (const name of ["a", "b", "c", "d", "e"]) scheduler.scheduleTask(task(name, 4), 0)
    await Promise.resolve()
    expect(ran).toEqual(["a", "b", "c"])
    scheduler.scheduleTask(task("probe", 1), -1)
    await Promise.resolve()
    expect(ran).toHaveLength(3)
    await turn()
    expect(ran.slice(3)).toEqual(["probe", "d", "e"])
    scheduler.scheduleTask(task("f", 4), 0)
    await Promise.resolve()
    expect(ran.at(-1)).toBe("f")
  })

  it("run shorter in the turn in which a connection arrives and in the next one", async () => {
    const { ran, scheduler, task, turn } = setup()
    for (let count = 0; count < 60; count++) scheduler.scheduleTask(task("task", 1), 0)
    await Promise.resolve()
    const took: Array<number> = [ran.length]
    scheduler.connectionArrived()
    for (let turns = 0; turns < 3; turns++) {
      const before = ran.length
      await turn()
      took.push(ran.length - before)
    }
    expect(took).toEqual([10, 1, 10, 10])
  })

  it("all run, in their order, however many there are", async () => {
    const { ran, scheduler, task, turn } = setup()
    const names = Array.from({ length: 3_000 }, (_, index) => String(index))
    for (const name of names) scheduler.scheduleTask(task(name, 1), 0)
    for (let turns = 0; turns < 400 && ran.length < names.length; turns++) await turn()
    expect(ran).toEqual(names)
  })

  it("leave the event loop turns for what arrives while they run", async () => {
    let turns = 0
    let isOver = false
    const count = () => {
      turns++
      if (!isOver) setImmediate(count)
    }
    count()
    const busy = Effect.forEach(
      Array.from({ length: 10 }),
      () =>
        Effect.zipRight(
          Effect.sync(() => {
            const until = performance.now() + 1
            while (performance.now() < until) {}
          }),
          Effect.yieldNow()
        ),
      { discard: true }
    )
    const all = Effect.all(
      Array.from({ length: 20 }, () => busy),
      { concurrency: "unbounded" }
    )
    await Effect.runPromise(Effect.withScheduler(all, new TurnScheduler()))
    isOver = true
    // 200 ms of work: some twenty slices; with Effect's own scheduler it is one turn.
    expect(turns).toBeGreaterThan(5)
  })
})
