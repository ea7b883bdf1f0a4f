/** An error response, in words for people. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly sentence: string
}

/** The server did not answer. */
export const unreachable: Problem = { status: 0, code: "", sentence: "There is no connection to your site." }

/** Parses `application/problem+json` (RFC 9457); describes other responses by their status. */
export const problemIn = (status: number, body: string): Problem => {
  try {
    const { code, detail, title } = JSON.parse(body)
    if (typeof code === "string") return { status, code, sentence: `${title}. ${detail}.` }
  } catch {
    // A proxy answered instead of the site.
  }
  return { status, code: "", sentence: `Your site returned an error (status ${status}).` }
}

/** Sends a form to the site. Returns the JSON response, or the error. */
export const ask = async (
  path: string,
  body: URLSearchParams
): Promise<{ readonly answer: unknown } | { readonly problem: Problem }> => {
  try {
    // With `keepalive`, a request completes even if the page is left; browsers limit it to 64 KiB.
    const keepalive = String(body).length < 60_000
    const response = await fetch(path, { method: "POST", body, keepalive, headers: { accept: "application/json" } })
    if (response.ok && !response.redirected) return { answer: await response.json() }
    return { problem: problemIn(response.status, await response.text()) }
  } catch {
    return { problem: unreachable }
  }
}
