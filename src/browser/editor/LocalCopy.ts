import { now } from "./Clock.js"

/** A copy of a text in this browser, kept until the site has stored the text. */
export interface LocalCopy {
  readonly key: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly fields: URLSearchParams
}

const prefix = "starpunk.text."
const submitted = "starpunk.submitted"

/** The storage key of a form's copy: by its post, or by the form's own key if there is no post yet. */
export const keyOf = (postId: string, formKey: string): string =>
  postId === "" ? `${prefix}new.${formKey}` : `${prefix}post.${postId}`

/** Stores a copy. Returns whether the browser allowed it. */
export const keep = (key: string, fields: URLSearchParams): boolean => {
  try {
    localStorage.setItem(key, JSON.stringify({ at: now(), fields: String(fields) }))
    return true
  } catch {
    return false
  }
}

/** Removes a copy. */
export const forget = (key: string): void => {
  try {
    localStorage.removeItem(key)
  } catch {
    // Without storage there is no copy.
  }
}

const read = (key: string): LocalCopy | undefined => {
  try {
    const { at, fields } = JSON.parse(localStorage.getItem(key) ?? "")
    return { key, at: Number(at), fields: new URLSearchParams(String(fields)) }
  } catch {
    return undefined
  }
}

/** The copy for a page: of its post, or the newest copy without a post. */
export const copyFor = (postId: string): LocalCopy | undefined => {
  if (postId !== "") return read(keyOf(postId, ""))
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(`${prefix}new.`))
      .flatMap((key) => read(key) ?? [])
      .sort((a, b) => b.at - a.at)[0]
  } catch {
    return undefined
  }
}

/** Remembers until the next page loads that this text was sent. */
export const markSubmitted = (key: string): void => {
  try {
    sessionStorage.setItem(submitted, key)
  } catch {
    // The next page then finds out by comparison that the text was stored.
  }
}

/** Removes the copy of a submitted text once a page confirms that the site stored it. */
export const forgetSubmitted = (): void => {
  try {
    const key = sessionStorage.getItem(submitted)
    if (key !== null) forget(key)
    sessionStorage.removeItem(submitted)
  } catch {
    // Without storage there is nothing to remove.
  }
}
