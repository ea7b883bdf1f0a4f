import { rm } from "node:fs/promises"
import type { Figure } from "./Figure.js"
import type { GoalName } from "./Goals.js"
import { addNotes, dataDirectory } from "./LargeSite.js"
import { scaled } from "./Scale.js"
import { type Server, startStarPunk } from "./Server.js"
import { distinct } from "./SiteContent.js"
import { alternate, ratioOf, type Subject } from "./Windows.js"

/** Views of a site with very many notes beside those of a site with a thousand, each rendered for its request. */
export const large = async (): Promise<ReadonlyArray<Figure>> => {
  const few = Math.max(100, scaled(1_000))
  const many = scaled(100_000)
  const directories: Array<string> = []
  const servers: Array<Server> = []
  const site = async (notes: number) => {
    const directory = await dataDirectory()
    directories.push(directory)
    await addNotes(directory, notes)
    const server = await startStarPunk({ STARPUNK_DATA_PATH: directory, STARPUNK_RATE_LIMIT_ENABLED: "false" })
    servers.push(server)
    return server
  }
  try {
    const small = await site(few)
    const big = await site(many)
    const note = `/notes/bench-${few >> 1}`
    const paths: ReadonlyArray<readonly [goal: GoalName, name: string, path: string]> = [
      ["largeHome", "home", "/"],
      ["largePermalink", "permalink", note],
      ["largeFeed", "RSS", "/feed.rss"]
    ]
    const figures: Array<Figure> = []
    for (const [goal, name, path] of paths) {
      const subject = (server: Server, notes: number): Subject => ({
        name: `${name}, ${notes} notes`,
        server,
        path: distinct(path),
        connections: 4,
        length: 0.7
      })
      const over = subject(big, many)
      const under = subject(small, few)
      figures.push(ratioOf(goal, await alternate([over, under]), over, under))
    }
    return figures
  } finally {
    for (const server of servers) await server.stop()
    for (const directory of directories) await rm(directory, { recursive: true, force: true })
  }
}
