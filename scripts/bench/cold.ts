import { startBaseline } from "./Baseline.js"
import type { Figure } from "./Figure.js"
import { type Server, startStarPunk } from "./Server.js"
import { addPosts, distinct, twentyNotes } from "./SiteContent.js"
import { alternate, ratioOf, type Subject } from "./Windows.js"

/** Splits a home page into its entries and what is before and after them. */
const pageParts = (page: string) => {
  const ends = page.split("</article>")
  const after = ends.pop() ?? ""
  const first = ends[0] ?? ""
  const start = first.indexOf("<article")
  if (ends.length !== 20 || start === -1) throw new Error(`the home page has ${ends.length} entries`)
  const entries = [first.slice(start), ...ends.slice(1)].map((entry) => `${entry}</article>`)
  return { before: first.slice(0, start), entries, after }
}

/** A home page that is rendered for each request, beside a small server that joins stored parts. */
export const cold = async (): Promise<ReadonlyArray<Figure>> => {
  const site = await startStarPunk({ STARPUNK_RATE_LIMIT_ENABLED: "false" })
  const servers: Array<Server> = [site]
  try {
    await addPosts(site, twentyNotes)
    const page = await (await fetch(`${site.url}/`)).text()
    const notes = await startBaseline("notes", JSON.stringify(pageParts(page)))
    servers.push(notes)
    if ((await (await fetch(`${notes.url}/`)).text()) !== page) throw new Error("the baseline sends another page")
    // So few connections are below the site's limit of concurrency: nothing is refused.
    const connections = 8
    const bare: Subject = { name: "bare node:http and better-sqlite3", server: notes, path: distinct("/"), connections }
    const ours: Subject = { name: "uncached home", server: site, path: distinct("/"), connections }
    return [ratioOf("uncached", await alternate([bare, ours]), bare, ours)]
  } finally {
    for (const server of servers) await server.stop()
  }
}
