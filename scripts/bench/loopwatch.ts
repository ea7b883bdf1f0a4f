/**
 * Loaded into the server before its own program (`node --import`): measures how long its event loop is blocked. Whoever
 * connects to the socket `BENCH_WATCH` gets the longest block since the last time as `WALL CPU\n`, in milliseconds.
 */
import { readFileSync } from "node:fs"
import { createServer } from "node:net"
import { isMainThread } from "node:worker_threads"

/** Milliseconds between two looks at the clock. */
const step = 2

/** CPU milliseconds of this thread: what other programs take from a busy machine is not in it. */
const cpu = (): number => Number(readFileSync("/proc/thread-self/schedstat", "latin1").split(" ", 1)[0]) / 1e6

const { BENCH_WATCH: path } = process.env

if (isMainThread && path !== undefined) {
  const most = { wall: 0, cpu: 0 }
  let before = { wall: performance.now(), cpu: cpu() }
  setInterval(() => {
    const now = { wall: performance.now(), cpu: cpu() }
    most.wall = Math.max(most.wall, now.wall - before.wall - step)
    most.cpu = Math.max(most.cpu, now.cpu - before.cpu)
    before = now
  }, step).unref()
  createServer((socket) => {
    // The look that comes after this one has seen all that went before.
    setTimeout(() => {
      socket.end(`${most.wall.toFixed(1)} ${most.cpu.toFixed(1)}\n`)
      most.wall = 0
      most.cpu = 0
    }, 3 * step)
    socket.on("error", () => {})
  })
    .listen(path)
    .unref()
}
