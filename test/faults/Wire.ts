import { once } from "node:events"
import { connect, type Socket } from "node:net"
import type { Program } from "../program/Program.js"

/** A connection of its own, for what no HTTP client would send. */
export const open = async ({ port }: Program): Promise<Socket> => {
  const socket = connect(port, "127.0.0.1")
  socket.on("error", () => {})
  await once(socket, "connect")
  return socket
}

/** Everything that the server sends until it closes the connection. */
export const answerOf = async (socket: Socket): Promise<string> => {
  let answer = ""
  socket.setEncoding("utf8")
  socket.on("data", (chunk) => {
    answer += chunk
  })
  if (!socket.closed) await once(socket, "close")
  return answer
}

/** The head of a request that brings a body of so many bytes, with a token. */
export const head = (path: string, token: string, type: string, length: number): string =>
  [
    `POST ${path} HTTP/1.1`,
    "Host: x",
    `Authorization: Bearer ${token}`,
    `Content-Type: ${type}`,
    `Content-Length: ${length}`,
    "",
    ""
  ].join("\r\n")

/** The address that an answer names for what was made. */
export const locationIn = (answer: string): string => /^location: (.*)\r$/im.exec(answer)?.[1] ?? ""
