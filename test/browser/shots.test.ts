import { mkdtemp, mkdir } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { it } from "@effect/vitest"
import { Effect } from "effect"
import { chromium } from "playwright-core"
import { blogServer } from "../web/BlogServer.js"
import { samples } from "./samples.js"
it.scopedLive("shots", () => Effect.gen(function*() {
  const full = yield* blogServer(samples, { siteUrl: "" })
  const empty = yield* blogServer([])
  yield* Effect.promise(async () => {
    await mkdir("/tmp/shots", { recursive: true })
    const context = await chromium.launchPersistentContext(await mkdtemp(join(tmpdir(), "chrome-")), {
      executablePath: "/usr/bin/chromium", headless: true,
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] })
    const page = await context.newPage()
    const pages: Array<[string, string]> = [["home", full.base + "/"], ["article", full.base + "/notes/article"], ["long-word", full.base + "/notes/long-word"], ["rtl", full.base + "/notes/rtl"], ["tags", full.base + "/notes/tags"], ["photo", full.base + "/notes/photo"], ["tagpage", full.base + "/tag/indieweb"], ["404", full.base + "/notes/nothing"], ["empty", empty.base + "/"]]
    for (const [name, url] of pages) for (const width of [390, 1280]) for (const scheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 800 }); await page.emulateMedia({ colorScheme: scheme })
      await page.goto(url)
      const over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
      if (over as number > 0) console.log("OVERFLOW", name, width, over)
      if (scheme === "light" || name === "home" || name === "article" || name === "404") await page.screenshot({ path: `/tmp/shots/${name}-${width}-${scheme}.png`, fullPage: name !== "home" })
      if (name === "home") await page.screenshot({ path: `/tmp/shots/${name}-${width}-${scheme}-full.png`, fullPage: true })
    }
    await context.close()
  })
}), 120_000)
