const pad = (number: number, length = 2) => String(number).padStart(length, "0")

/** Local date and time to the minute, in the format of `datetime-local` fields. */
const local = (date: Date): string =>
  `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`

/** The UTC offset of this browser at that time: `+01:00`; with seconds in years with local mean time. */
const offset = (date: Date): string => {
  const seconds = Math.round(-date.getTimezoneOffset() * 60)
  const size = Math.abs(seconds)
  const rest = size % 60 === 0 ? "" : `:${pad(size % 60)}`
  return `${seconds < 0 ? "-" : "+"}${pad(Math.floor(size / 3600))}:${pad(Math.floor(size / 60) % 60)}${rest}`
}

/**
 * The value to send for a local time, with its offset. A time in a gap (clocks go forward) is sent as the hour after
 * it, so that it comes back unchanged.
 */
const withOffset = (text: string): string => {
  if (text === "") return ""
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? text : `${local(date)}${offset(date)}`
}

/** Converts a sent or stored value to local time. */
const shown = (text: string): string => {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? "" : local(date)
}

/** Adds `Z` to a time without an offset, because copies of earlier versions are in UTC. */
const exact = (text: string): string =>
  text === "" || /(?:Z|[+-]\d{2}:\d{2}(?::\d{2})?)$/.test(text) ? text : `${text}Z`

/**
 * Converts time fields from the site's time zone to this browser's, and labels them. A post with another offset of its
 * own keeps its author's time. A hidden field holds the value to send. Returns a function that sets a field.
 */
export const localTimes = (form: HTMLFormElement): ((name: string, value: string) => void) => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const setters = new Map<string, (value: string) => void>()
  for (const input of form.querySelectorAll<HTMLInputElement>("input[data-time]")) {
    const { name } = input
    const sent = Object.assign(document.createElement("input"), { type: "hidden", name })
    const label = form.querySelector(`label[for="${input.id}"] [data-zone]`)
    const own = input.dataset.ownOffset
    let isOwn = false
    const set = (value: string) => {
      const date = new Date(value)
      isOwn = own !== undefined && value.endsWith(own) && (Number.isNaN(date.getTime()) || offset(date) !== own)
      sent.value = value
      input.value = isOwn ? value.slice(0, -(own ?? "").length) : shown(value)
      if (label !== null) label.textContent = isOwn ? `UTC${own}` : zone
    }
    input.removeAttribute("name")
    form.querySelector(`input[name="${name}_offset"]`)?.remove()
    set(input.dataset.time ?? "")
    input.after(sent)
    input.addEventListener("input", () => {
      sent.value = isOwn && input.value !== "" ? `${input.value}${own}` : withOffset(input.value)
    })
    setters.set(name, (value) => set(exact(value)))
  }
  return (name, value) => setters.get(name)?.(value)
}
