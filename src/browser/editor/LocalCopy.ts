import { now } from "./Clock.js"

/** A text that this browser keeps until the site has it. */
export interface LocalCopy {
  readonly key: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly fields: URLSearchParams
}

const prefix = "starpunk.text."
const submitted = "starpunk.submitted"

/** Where the copy of a form is kept: by its post, or by its own name while there is none. */
export const keyOf = (postId: string, formKey: string): string =>
  postId === "" ? `${prefix}new.${formKey}` : `${prefix}post.${postId}`

/** Keeps a copy; answers whether this browser could. */
export const keep = (key: string, fields: URLSearchParams): boolean => {
  try {
    localStorage.setItem(key, JSON.stringify({ at: now(), fields: String(fields) }))
    return true
  } catch {
    return false
  }
}

/** Throws a copy away. */
export const forget = (key: string): void => {
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing was kept then.
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

/** The copy for a page: of its post, or the newest of those that have none. */
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

/** Remembers over the way to the next page that this text was sent. */
export const markSubmitted = (key: string): void => {
  try {
    sessionStorage.setItem(submitted, key)
  } catch {
    // The next page then offers a text that says the same, and finds that out itself.
  }
}

/** Throws away the copy of what was sent, once a page says that it was saved. */
export const forgetSubmitted = (): void => {
  try {
    const key = sessionStorage.getItem(submitted)
    if (key !== null) forget(key)
    sessionStorage.removeItem(submitted)
  } catch {
    // As above.
  }
}
