import { connect, type Socket } from "node:net"

/** Header section and body length of a response, once the section is there. */
const sizeOf = (text: string): number | undefined => {
  const end = text.indexOf("\r\n\r\n")
  if (end === -1) return undefined
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1]
  return end + 4 + Number(length ?? 0)
}

/** Asks for the same again and again on one connection, each time when the answer before is whole. */
const asker = (socket: Socket, request: string, onAnswer: (status: number) => void) => {
  let received = ""
  let size: number | undefined
  let bytes = 0
  let status = 0
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length
    if (size === undefined) {
      received += chunk.toString("latin1")
      size = sizeOf(received)
      status = Number(received.slice(9, 12))
    }
    if (size === undefined || bytes < size) return
    received = ""
    bytes = 0
    size = undefined
    onAnswer(status)
    socket.write(request)
  })
  socket.write(request)
}

/** How many answers a server gave in `millis`, to clients without think time; every one of them has to be `expected`. */
export const answersIn = async (
  url: string,
  { expected, headers, millis }: { readonly expected: number; readonly headers: string; readonly millis: number },
  connections = 32
): Promise<number> => {
  const { hostname, host, pathname, port } = new URL(url)
  const request = `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\n`
  let answers = 0
  let wrong: number | undefined
  const sockets = Array.from({ length: connections }, () => connect(Number(port), hostname))
  for (const socket of sockets) {
    socket.on("error", () => {})
    asker(socket, request, (status) => {
      answers++
      if (status !== expected) wrong = status
    })
  }
  await new Promise((resolve) => setTimeout(resolve, millis))
  for (const socket of sockets) socket.destroy()
  if (wrong !== undefined) throw new Error(`${url} answered ${wrong}`)
  return answers
}
