/** An answer that is no success, as people are told of it. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly sentence: string
}

/** Nobody answered. */
export const unreachable: Problem = { status: 0, code: "", sentence: "There is no connection to your site." }

/** Reads `application/problem+json` (RFC 9457); whatever else was answered is told by its status. */
export const problemIn = (status: number, body: string): Problem => {
  try {
    const { code, detail, title } = JSON.parse(body)
    if (typeof code === "string") return { status, code, sentence: `${title}. ${detail}.` }
  } catch {
    // Something between here and the site answered in its place.
  }
  return { status, code: "", sentence: `Your site could not be asked (status ${status}).` }
}

/** Sends something to the site; answers JSON, or what is wrong. */
export const ask = async (
  path: string,
  body: URLSearchParams
): Promise<{ readonly answer: unknown } | { readonly problem: Problem }> => {
  try {
    // What is on its way when the page is left still arrives, where the browser can promise it.
    const keepalive = String(body).length < 60_000
    const response = await fetch(path, { method: "POST", body, keepalive, headers: { accept: "application/json" } })
    if (response.ok && !response.redirected) return { answer: await response.json() }
    return { problem: problemIn(response.status, await response.text()) }
  } catch {
    return { problem: unreachable }
  }
}
