/**
 * Preloaded into the server (`node --import`): measures how long its event loop is blocked. A connection to the socket
 * `BENCH_WATCH` receives the longest block since the previous connection as `WALL CPU
 * `, in milliseconds.
 */
import { readFileSync } from "node:fs"
import { createServer } from "node:net"
import { isMainThread } from "node:worker_threads"

/** Milliseconds between two samples. */
const step = 2

/** CPU milliseconds of this thread, which do not depend on the load of the machine. */
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
    // A sample after this one has measured everything before it.
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
