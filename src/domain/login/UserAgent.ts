/** Browsers by the word that tells them apart, the more particular ones first: most claim to be Chrome and Safari too. */
const browsers: ReadonlyArray<readonly [name: string, pattern: RegExp]> = [
  ["Edge", /\bEdg(?:e|A|iOS)?\//],
  ["Opera", /\bOPR\/|\bOpera\b/],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Vivaldi", /\bVivaldi\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:Headless)?Chrome\/|\bCriOS\//],
  ["Safari", /\bVersion\/[\d.]+.*\bSafari\//]
]

/** Systems, likewise. */
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
 * What a browser says it is, in words: "Firefox on Linux". Nothing where that is not plain; then what it says is the
 * best there is. A hint to people, and nothing to rely on: every program may say what it likes.
 */
export const browserInWords = (userAgent: string): string | undefined => {
  if (!userAgent.startsWith("Mozilla/") && !userAgent.startsWith("Opera/")) return undefined
  const browser = find(browsers, userAgent)
  const system = find(systems, userAgent)
  return browser === undefined || system === undefined ? undefined : `${browser} on ${system}`
}
