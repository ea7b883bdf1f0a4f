/** Epoch milliseconds. */
export const now = (): number => performance.timeOrigin + performance.now()

/** An instant as the clock on the wall shows it: `12:03`, with the day before it unless that is today. */
export const spoken = (instant: number): string => {
  const date = new Date(instant)
  const time = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
  const day = date.toLocaleDateString([], { dateStyle: "medium" })
  return day === new Date(now()).toLocaleDateString([], { dateStyle: "medium" }) ? time : `${day}, ${time}`
}
