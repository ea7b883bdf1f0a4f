import type { StateCore, Token } from "markdown-it"

const videoHosts = /(?:^|\.)(?:youtube\.com|youtu\.be|vimeo\.com|dailymotion\.com|peertube\.[a-z]+|twitch\.tv)$/

/** Path of a post in the fediverse (`/@name/123`, `/notice/…`, `/notes/…`), or on Bluesky. */
const postPath =
  /^\/(?:@[^/]+\/\w{6,}|users\/[^/]+\/statuses\/\d+|notice\/\w+|notes\/\w+|profile\/[^/]+\/post\/\w+)\/?$/

/** What an address shows if it stands alone in a paragraph. */
const embedOf = (address: string): "video" | "post" | undefined => {
  if (!/^https?:\/\//i.test(address) || address.length > 2_000 || !URL.canParse(address)) return undefined
  const { hostname, pathname } = new URL(address)
  if (videoHosts.test(hostname) && pathname !== "/") return "video"
  return postPath.test(pathname) ? "post" : undefined
}

const isBareLink = ([open, text, close]: ReadonlyArray<Token>): boolean =>
  open?.type === "link_open" && open.info === "auto" && text?.type === "text" && close?.type === "link_close"

/**
 * Marks paragraphs that consist of the address of a video or a post elsewhere, so that pages show them as a card. Nothing
 * of the other site is loaded.
 */
export const markEmbeds = (state: StateCore): void => {
  for (const [index, { children, type }] of state.tokens.entries()) {
    const paragraph = state.tokens[index - 1]
    if (type !== "inline" || paragraph?.type !== "paragraph_open" || children?.length !== 3) continue
    if (!isBareLink(children)) continue
    const embed = embedOf(String(children[0]?.attrGet("href") ?? ""))
    if (embed !== undefined) paragraph.attrSet("class", `embed embed-${embed}`)
  }
}
