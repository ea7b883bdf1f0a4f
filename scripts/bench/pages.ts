import { startBaseline } from "./Baseline.js"
import type { Figure } from "./Figure.js"
import { type Server, startStarPunk } from "./Server.js"
import { addPosts, twentyNotes } from "./SiteContent.js"
import { alternate, ratioOf, type Subject } from "./Windows.js"

/** A cached page beside bare servers that send the same bytes: CPU of the server's process for each response. */
export const pages = async (): Promise<ReadonlyArray<Figure>> => {
  const site = await startStarPunk()
  const servers: Array<Server> = [site]
  try {
    await addPosts(site, twentyNotes)
    const home = await fetch(`${site.url}/`, { headers: { "Accept-Encoding": "identity" } })
    const etag = home.headers.get("etag") ?? ""
    const page = Buffer.from(await home.arrayBuffer())
    const baseline = async (name: string, kind: "string" | "buffer" | "fastify"): Promise<Subject> => {
      const server = await startBaseline(kind, page)
      servers.push(server)
      return { name, server, path: () => "/" }
    }
    const text = await baseline("bare node:http, string", "string")
    const buffer = await baseline("bare node:http, Buffer", "buffer")
    const fastify = await baseline("Fastify and pino", "fastify")
    const whole: Subject = { name: "cached home", server: site, path: () => "/" }
    const conditional: Subject = {
      name: "home, 304",
      server: site,
      path: () => "/",
      expected: 304,
      headers: `If-None-Match: ${etag}\r\n`
    }
    const costs = await alternate([text, buffer, fastify, whole, conditional])
    return [
      ratioOf("cachedString", costs, text, whole),
      ratioOf("cachedBuffer", costs, buffer, whole),
      ratioOf("cachedFastify", costs, fastify, whole),
      ratioOf("notModified", costs, text, conditional)
    ]
  } finally {
    for (const server of servers) await server.stop()
  }
}
