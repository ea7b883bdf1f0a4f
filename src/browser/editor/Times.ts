const pad = (number: number) => String(number).padStart(2, "0")

/** Local date and time to the minute, as `datetime-local` fields have it. */
const local = (date: Date): string =>
  `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`

/** The zone that this browser's clock is in at that time: `+01:00`. */
const offset = (date: Date): string => {
  const minutes = -date.getTimezoneOffset()
  return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`
}

/** What is sent for a local time: the same with its zone. */
const withZone = (text: string): string => (text === "" ? "" : `${text}${offset(new Date(text))}`)

/** What is shown for a time that was sent or comes from the site, where a time without a zone is UTC. */
const shown = (text: string): string => {
  const date = new Date(/(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`)
  return Number.isNaN(date.getTime()) ? "" : local(date)
}

/**
 * Turns the fields for times from UTC into this browser's own zone, and says so. Another field, which nobody sees, holds
 * what is sent. Answers how to set one of them.
 */
export const localTimes = (form: HTMLFormElement): ((name: string, value: string) => void) => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const setters = new Map<string, (value: string) => void>()
  for (const input of form.querySelectorAll<HTMLInputElement>("input[data-time]")) {
    const { defaultValue, name } = input
    const sent = Object.assign(document.createElement("input"), { type: "hidden", name, value: defaultValue })
    input.removeAttribute("name")
    input.value = shown(defaultValue)
    input.after(sent)
    input.addEventListener("input", () => {
      sent.value = withZone(input.value)
    })
    setters.set(name, (value) => {
      sent.value = value
      input.value = shown(value)
    })
    const label = form.querySelector(`label[for="${input.id}"] [data-zone]`)
    if (label !== null) label.textContent = zone
  }
  return (name, value) => setters.get(name)?.(value)
}
