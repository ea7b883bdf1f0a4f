/** The form's fields without its files: what is sent, kept and compared. */
export const fieldsOf = (form: HTMLFormElement): URLSearchParams => {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value)
  return fields
}

/** Fields that say something about the form rather than the post. */
const aside = new Set(["form_key", "post_id", "based_on", "intent"])

const times = new Set(["published", "start", "end"])

/** An instant to the minute, in whatever zone it was written; without one it is UTC. */
const minute = (text: string): string => {
  const millis = Date.parse(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? `${text}Z` : text)
  return Number.isNaN(millis) ? text : String(Math.floor(millis / 60_000))
}

/** What the fields say of the post, for telling whether two forms say the same. */
export const said = (fields: URLSearchParams): string =>
  JSON.stringify(
    [...fields]
      .filter(([name, value]) => !aside.has(name) && value !== "")
      .map(([name, value]) => [name, times.has(name) ? minute(value) : value.replace(/\r\n?/g, "\n")])
  )

/** A field of the form by its name, of those that are one control. */
export const field = (form: HTMLFormElement, name: string): HTMLInputElement | null =>
  form.querySelector<HTMLInputElement>(`[name="${name}"]`)

/** Whether anything was written that is worth a draft. */
export const hasWords = (fields: URLSearchParams): boolean =>
  ["name", "content", "summary", "media_url", "in-reply-to", "like-of", "repost-of", "bookmark-of", "start"].some(
    (name) => (fields.get(name) ?? "").trim() !== ""
  )
