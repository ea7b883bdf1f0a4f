/**
 * A thread that requests an address every ten milliseconds, so that computations of the bench do not affect the
 * figures. Any message ends it; it then replies with the duration of each request in milliseconds.
 */
import { parentPort, workerData } from "node:worker_threads"

const taken: Array<number> = []
let isOver = false
parentPort?.once("message", () => {
  isOver = true
})
while (!isOver) {
  const began = performance.now()
  await fetch(String(workerData))
    .then((response) => response.arrayBuffer())
    .then(() => taken.push(performance.now() - began))
    .catch(() => taken.push(Number.NaN))
  await new Promise((resolve) => setTimeout(resolve, 10))
}
parentPort?.postMessage(taken)
