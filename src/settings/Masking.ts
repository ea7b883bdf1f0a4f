/** User name and password, as they stand before the host of an address. */
const credentials = /(^|:\/\/)[^/@\s]+@/g

/** A text without the credentials of addresses and without control characters: fit for a report, on one line. */
export const masked = (text: string): string => text.replace(credentials, "$1…@").replace(/\p{Cc}/gu, "\uFFFD")

/** A value as a report shows it: masked, and short. */
export const shown = (value: string): string => {
  const safe = masked(value)
  return safe.length > 100 ? `${safe.slice(0, 99)}…` : safe
}

/** Text that reports show instead of a secret. */
export const secretMasked = (value: string): string => `a secret of ${value.length} characters`
