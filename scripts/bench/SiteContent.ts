import { createToken, type Server } from "./Server.js"

/** A post of a bench: Micropub properties with one value each. */
export type Post = Readonly<Record<string, string>>

/** Sends posts to a running server by Micropub. Returns the path of the last one. */
export const addPosts = async (server: Server, posts: ReadonlyArray<Post>): Promise<string> => {
  const token = await createToken(server)
  let location = ""
  for (const properties of posts) {
    const response = await fetch(`${server.url}/micropub`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}` },
      body: new URLSearchParams({ h: "entry", ...properties })
    })
    await response.arrayBuffer()
    if (response.status !== 201) throw new Error(`a post was answered ${response.status}`)
    location = response.headers.get("location") ?? ""
  }
  return new URL(location, server.url).pathname
}

/** Twenty notes of some 215 characters: one home page. */
export const twentyNotes: ReadonlyArray<Post> = Array.from({ length: 20 }, (_, number) => ({
  content: `Note ${number}. Written by hand, about the weather — and what it does to a garden on a hill. ${"It rained. ".repeat(11)}`
}))

let serial = 0

/** Makes addresses that the page cache does not have. */
export const distinct =
  (path: string): (() => string) =>
  () =>
    `${path}${path.includes("?") ? "&" : "?"}r=${process.pid}-${serial++}`
