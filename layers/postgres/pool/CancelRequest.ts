import { connect, type NetConnectOpts } from "node:net"

/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-CANCELREQUEST */
const cancelCode = 80_877_102

/** How long a server may take to accept the request. Milliseconds. */
const patience = 2_000

/**
 * Asks the server to cancel the running statement of a connection. Completes when the server has closed the request's own
 * connection: from then on no later statement can be hit. A request that fails leaves the statement running.
 */
export const cancel = (
  target: NetConnectOpts,
  { processId, secretKey }: { readonly processId: number; readonly secretKey: number }
): Promise<void> =>
  new Promise((resolve) => {
    const message = Buffer.alloc(16)
    message.writeInt32BE(message.length, 0)
    message.writeInt32BE(cancelCode, 4)
    message.writeInt32BE(processId, 8)
    message.writeInt32BE(secretKey, 12)
    const socket = connect(target)
    socket.setTimeout(patience, () => socket.destroy())
    socket.on("connect", () => socket.end(message))
    socket.on("error", () => socket.destroy())
    socket.on("data", () => {})
    socket.on("close", () => resolve())
  })
