import { once } from "node:events"
import { connect, type Socket } from "node:net"
import type { Program } from "../program/Program.js"

/** A raw connection, for bytes that no HTTP client sends. */
export const open = async ({ port }: Program): Promise<Socket> => {
  const socket = connect(port, "127.0.0.1")
  socket.on("error", () => {})
  await once(socket, "connect")
  return socket
}

/** All bytes from the server until it closes the connection. */
export const answerOf = async (socket: Socket): Promise<string> => {
  let answer = ""
  socket.setEncoding("utf8")
  socket.on("data", (chunk) => {
    answer += chunk
  })
  if (!socket.closed) await once(socket, "close")
  return answer
}

/** Head of a request with a body of this many bytes and a token. */
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

/** Location of a response. */
export const locationIn = (answer: string): string => /^location: (.*)\r$/im.exec(answer)?.[1] ?? ""
