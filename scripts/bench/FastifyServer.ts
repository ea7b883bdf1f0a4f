/** A baseline: Fastify that sends the text of a file and writes an access line for each response with pino. */
import { readFileSync } from "node:fs"
import fastify from "fastify"
import pino from "pino"

const page = readFileSync(process.env.BENCH_BODY ?? "", "utf8")
const server = fastify({ loggerInstance: pino(pino.destination({ dest: "access.log", sync: true })) })
server.get("/", (_, reply) => reply.type("text/html; charset=utf-8").send(page))
await server.listen({ port: Number(process.env.STARPUNK_PORT), host: "127.0.0.1" })
process.stdout.write("baseline is ready\n")
