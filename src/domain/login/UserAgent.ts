/**
 * Browsers and their patterns, the more specific ones first, because most browsers also claim to be Chrome and Safari.
 */
const browsers: ReadonlyArray<readonly [name: string, pattern: RegExp]> = [
  ["Edge", /\bEdg(?:e|A|iOS)?\//],
  ["Opera", /\bOPR\/|\bOpera\b/],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Vivaldi", /\bVivaldi\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:Headless)?Chrome\/|\bCriOS\//],
  ["Safari", /\bVersion\/[\d.]+.*\bSafari\//]
]

/** Operating systems and their patterns. */
const systems: ReadonlyArray<readonly [name: string, pattern: RegExp]> = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["macOS", /\bMac OS X\b|\bMacintosh\b/],
  ["Linux", /\bLinux\b|\bX11\b/]
]

const find = (names: ReadonlyArray<readonly [string, RegExp]>, text: string): string | undefined =>
  names.find(([, pattern]) => pattern.test(text))?.[0]

/**
 * Describes a User-Agent header: "Firefox on Linux"; `undefined` if it is not recognized. A hint for people only,
 * because any program can send any text.
 */
export const browserInWords = (userAgent: string): string | undefined => {
  if (!userAgent.startsWith("Mozilla/") && !userAgent.startsWith("Opera/")) return undefined
  const browser = find(browsers, userAgent)
  const system = find(systems, userAgent)
  return browser === undefined || system === undefined ? undefined : `${browser} on ${system}`
}
