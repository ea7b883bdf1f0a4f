import { join } from "node:path"
import { expect } from "@effect/vitest"
import axe from "axe-core"
import type { BrowserContext, Page } from "playwright-core"

/** Directory for screenshots of every page; without it, none are taken. */
const shots = process.env.STARPUNK_SCREENSHOTS

const screens = [
  ["phone", 390],
  ["small-phone", 320],
  ["desktop", 1280]
] as const

/**
 * Violations that axe finds on a page, one per line. Of its rules only those about colour can differ between schemes, so
 * the others run once.
 */
export const violations = async (page: Page, rules: "all" | "colour" = "all"): Promise<ReadonlyArray<string>> => {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe.source)
  const options = {
    resultTypes: ["violations"],
    ...(rules === "all" ? {} : { runOnly: ["color-contrast", "link-in-text-block"] })
  }
  const found: ReadonlyArray<{
    readonly id: string
    readonly help: string
    readonly nodes: ReadonlyArray<{ readonly html: string }>
  }> = await page.evaluate(`axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`)
  return found.map(({ help, id, nodes }) => `${id}: ${help}: ${nodes[0]?.html}`)
}

const fitsIn = async (page: Page, name: string, colorScheme: "light" | "dark"): Promise<void> => {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
  // Of a scheme only colours differ: sizes are measured in one of them.
  for (const [screen, width] of colorScheme === "light" || shots !== undefined ? screens : []) {
    await page.setViewportSize({ width, height: 800 })
    const overflow = await page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth)
    expect.soft(overflow, `${name} on a ${screen} scrolls sideways`).toBe(0)
    if (shots !== undefined) {
      await page.screenshot({ path: join(shots, `${name}-${screen}-${colorScheme}.png`), fullPage: true })
    }
  }
}

/** Checks that a page does not scroll sideways on phone and desktop sizes: for a page whose elements `look` has seen. */
export const fits = (page: Page, name: string): Promise<void> => fitsIn(page, name, "light")

/** Checks that a page does not scroll sideways on phone and desktop sizes, and that axe finds nothing in light and dark. */
export const look = async (page: Page, name: string): Promise<void> => {
  for (const colorScheme of ["light", "dark"] as const) {
    await fitsIn(page, name, colorScheme)
    const found = await violations(page, colorScheme === "light" ? "all" : "colour")
    expect.soft(found, `${name} in the ${colorScheme} scheme`).toEqual([])
  }
}

/** A virtual authenticator (WebAuthn Level 3, §11) that verifies its user. */
export const virtualAuthenticator = async (context: BrowserContext, page: Page) => {
  const devtools = await context.newCDPSession(page)
  await devtools.send("WebAuthn.enable")
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true
    }
  })
  return {
    credentials: async () => (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    forget: () => devtools.send("WebAuthn.clearCredentials", { authenticatorId })
  }
}
