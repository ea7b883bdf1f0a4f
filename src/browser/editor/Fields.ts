import { withoutPlaceholders } from "./TextPictures.js"

/**
 * Returns the form's fields as they are sent, stored and compared: without files, and without pictures that are still
 * being uploaded.
 */
export const fieldsOf = (form: HTMLFormElement): URLSearchParams => {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") fields.append(name, name === "content" ? withoutPlaceholders(value) : value)
  }
  return fields
}

/** Fields about the form rather than the post. */
const aside = new Set(["form_key", "post_id", "based_on", "intent"])

const times = new Set(["published", "start", "end"])

/** Normalizes a time to the minute, in any zone; without one it is UTC. */
const minute = (text: string): string => {
  const millis = Date.parse(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? `${text}Z` : text)
  return Number.isNaN(millis) ? text : String(Math.floor(millis / 60_000))
}

/** Serializes the fields of the post for a comparison with another form. */
export const comparable = (fields: URLSearchParams): string =>
  JSON.stringify(
    [...fields]
      .filter(([name, value]) => !aside.has(name) && value !== "")
      .map(([name, value]) => [name, times.has(name) ? minute(value) : value.replace(/\r\n?/g, "\n")])
  )

/** A field of the form by its name, if it is a single control. */
export const field = (form: HTMLFormElement, name: string): HTMLInputElement | null =>
  form.querySelector<HTMLInputElement>(`[name="${name}"]`)

/** Sets a field of the form, or chooses one of its radio buttons. */
export const setField = (form: HTMLFormElement, name: string, value: string): void => {
  for (const input of form.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)) {
    if (input.type === "radio") input.checked = input.value === value
    else input.value = value
  }
}

/** Returns whether the form has enough content for a draft. */
export const hasWords = (fields: URLSearchParams): boolean =>
  ["name", "content", "summary", "media_url", "in-reply-to", "like-of", "repost-of", "bookmark-of", "start"].some(
    (name) => (fields.get(name) ?? "").trim() !== ""
  )
