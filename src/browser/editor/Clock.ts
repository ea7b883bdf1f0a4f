/** The current time in epoch milliseconds. */
export const now = (): number => performance.timeOrigin + performance.now()

/** Formats an instant in local time: `12:03`, with the date before it unless it is today. */
export const spoken = (instant: number): string => {
  const date = new Date(instant)
  const time = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
  const day = date.toLocaleDateString([], { dateStyle: "medium" })
  return day === new Date(now()).toLocaleDateString([], { dateStyle: "medium" }) ? time : `${day}, ${time}`
}
