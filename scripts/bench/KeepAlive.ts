import { connect, type Socket } from "node:net"

/** Header section and body length of a response, once the section is there. */
const sizeOf = (text: string): number | undefined => {
  const end = text.indexOf("\r\n\r\n")
  if (end === -1) return undefined
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1]
  return end + 4 + Number(length ?? 0)
}

/** Sends requests on one connection, each when the response to the one before is complete. */
const asker = (socket: Socket, request: () => string, onAnswer: (status: number) => void) => {
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
    socket.write(request())
  })
  socket.write(request())
}

/** Number of responses in `millis` to clients without think time; every one must have the status `expected`. */
const responsesIn = async (
  url: string,
  request: () => string,
  {
    connections,
    expected,
    millis
  }: { readonly connections: number; readonly expected: number; readonly millis: number }
): Promise<number> => {
  const { hostname, port } = new URL(url)
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

/** How many answers a server gave in `millis`, to clients without think time; every one of them has to be `expected`. */
export const answersIn = (
  url: string,
  { expected, headers, millis }: { readonly expected: number; readonly headers: string; readonly millis: number },
  connections = 32
): Promise<number> => {
  const { host, pathname } = new URL(url)
  const request = `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\n`
  return responsesIn(url, () => request, { expected, millis, connections })
}

/** As `answersIn`, for forms that are sent by POST; `form` returns the next body. */
export const postsIn = (
  url: string,
  form: () => string,
  options: {
    readonly connections: number
    readonly headers: string
    readonly expected: number
    readonly millis: number
  }
): Promise<number> => {
  const { host, pathname } = new URL(url)
  const head = `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\n${options.headers}`
  const request = () => {
    const body = form()
    return `${head}Content-Length: ${body.length}\r\n\r\n${body}`
  }
  return responsesIn(url, request, options)
}
