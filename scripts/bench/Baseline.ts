import { rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { type Server, startServer } from "./Server.js"

/** A server of `node:http` alone that sends the content of a file. */
const bare = (kind: "string" | "buffer") => `
  const body = require("node:fs").readFileSync(process.env.BENCH_BODY)
  const sent = ${kind === "string" ? "body.toString('utf8')" : "body"}
  const headers = { "content-type": "text/html; charset=utf-8", "content-length": body.length }
  require("node:http").createServer((request, response) => response.writeHead(200, headers).end(sent))
    .listen(Number(process.env.STARPUNK_PORT), "127.0.0.1", () => console.log("baseline is ready"))`

const programOf = (name: string) => fileURLToPath(new URL(`./${name}.js`, import.meta.url))

const args = {
  string: ["-e", bare("string")],
  buffer: ["-e", bare("buffer")],
  fastify: [programOf("fastifyServer")],
  notes: [programOf("notesServer")]
} as const

/** Starts a baseline that sends `body`. */
export const startBaseline = async (kind: keyof typeof args, body: string | Buffer): Promise<Server> => {
  const file = join(tmpdir(), `starpunk-bench-body-${process.pid}-${kind}`)
  await writeFile(file, body)
  const remove = () => rm(file, { force: true })
  try {
    const server = await startServer(() => args[kind], "baseline is ready", "/", { BENCH_BODY: file })
    return { ...server, stop: () => server.stop().finally(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}
