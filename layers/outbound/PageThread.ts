import { parentPort } from "node:worker_threads"
import { type PageQuestion, readPage } from "../../src/domain/foreign/ForeignPage.js"

/** The worker thread's program, which parses one page at a time. It sends `undefined` when it has loaded. */
if (parentPort !== null) {
  const port = parentPort
  port.on("message", (question: PageQuestion) => {
    port.postMessage({ answer: readPage(question) })
  })
  port.postMessage(undefined)
}
