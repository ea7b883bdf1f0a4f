const pad = (number: number, length = 2) => String(number).padStart(length, "0")

/** Local date and time to the minute, as `datetime-local` fields have it. */
const local = (date: Date): string =>
  `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`

/** The offset of this browser's clock at that time: `+01:00`; with seconds in years when towns had their own time. */
const offset = (date: Date): string => {
  const seconds = Math.round(-date.getTimezoneOffset() * 60)
  const size = Math.abs(seconds)
  const rest = size % 60 === 0 ? "" : `:${pad(size % 60)}`
  return `${seconds < 0 ? "-" : "+"}${pad(Math.floor(size / 3600))}:${pad(Math.floor(size / 60) % 60)}${rest}`
}

/**
 * What is sent for a local time: with its offset. A time that clocks skip in spring is sent as what they show instead, an
 * hour later, so that it comes back as it was sent.
 */
const withOffset = (text: string): string => {
  if (text === "") return ""
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? text : `${local(date)}${offset(date)}`
}

/** What is shown for a time that was sent or comes from the site, by this browser's clock. */
const shown = (text: string): string => {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? "" : local(date)
}

/** What was kept in this browser before times had offsets is UTC. */
const exact = (text: string): string =>
  text === "" || /(?:Z|[+-]\d{2}:\d{2}(?::\d{2})?)$/.test(text) ? text : `${text}Z`

/**
 * Turns the fields for times from the site's time zone into this browser's own, and says so. A post that has its own
 * offset, and not the browser's, is still shown by its author's clock. Another field, which nobody sees, holds what is
 * sent. Answers how to set one of them.
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
