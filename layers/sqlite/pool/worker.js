/**
 * A worker thread that owns one connection. It opens the connection, reports success or the reason of the failure, and
 * then runs requests in order. Requests that come in one message are answered in one message. Errors are sent as plain data, because structured cloning drops an
 * Error's code.
 */
import { parentPort, workerData } from "node:worker_threads"
import { Connection, StatementFailure } from "./Connection.js"
import { OpenFailure } from "./OpenFailure.js"

/** @typedef {{ opened: true } | { opened: false, reason: import("./OpenFailure.js").OpenReason, detail: string }} Opened */
/** @typedef {{ do: "execute", statement: import("../../sql/pool/Driver.js").Statement }
 *   | { do: "executeAll", statements: ReadonlyArray<import("../../sql/pool/Driver.js").Statement> } | { do: "begin" | "commit" | "rollback" | "verify" | "close" }} Command */
/** @typedef {Command & { id: number }} Request */
/**
 * @typedef {{ id: number, inTransaction: boolean, ok: true, value: unknown }
 *   | { id: number, inTransaction: boolean, ok: false, code: string, message: string }} Reply
 */

if (parentPort === null) throw new Error("worker.js is started by the pool, as a worker thread")
const port = parentPort

/** @param {Opened | ReadonlyArray<Reply>} message */
const say = (message) => port.postMessage(message)

/** @param {Connection} connection @param {Request} request */
const perform = (connection, request) => {
  switch (request.do) {
    case "execute":
      return connection.execute(request.statement)
    case "executeAll":
      return request.statements.map((statement) => connection.execute(statement))
    case "begin":
      return connection.begin()
    case "commit":
      return connection.commit()
    case "rollback":
      return connection.rollback()
    case "verify":
      return connection.verify()
    case "close":
      return connection.close()
  }
}

/** @param {Connection} connection @param {Request} request @returns {Reply} */
const answer = (connection, request) => {
  const { id } = request
  try {
    const value = perform(connection, request)
    return { id, ok: true, value, inTransaction: request.do !== "close" && connection.inTransaction }
  } catch (error) {
    const code = error instanceof StatementFailure ? error.code : "UNKNOWN"
    const message = error instanceof Error ? error.message : String(error)
    return { id, ok: false, code, message, inTransaction: connection.inTransaction }
  }
}

/** @param {Connection} connection */
const serve = (connection) => {
  port.on("message", (/** @type {ReadonlyArray<Request>} */ requests) => {
    say(requests.map((request) => answer(connection, request)))
    if (requests.at(-1)?.do === "close") port.close()
  })
  say({ opened: true })
}

try {
  serve(Connection.open(workerData))
} catch (error) {
  const { reason, message } = OpenFailure.from(error, workerData.path)
  say({ opened: false, reason, detail: message })
}
