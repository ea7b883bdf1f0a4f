import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { type BrowserContext, chromium } from "playwright-core"
import { chromiumPath } from "../../scripts/chromium.mjs"

const executable = chromiumPath()

/** Connects only to the site under test. */
const quiet = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  ...["--disable-background-networking", "--disable-component-update"]
]

/**
 * A browser with a new profile in which `host` leads to `address` (`127.0.0.1:8000`), in the given time zone or the
 * machine's. Closes with the scope.
 */
export const browser = (
  host: string,
  address: string,
  options: { readonly timezoneId?: string; readonly hasTouch?: boolean } = {}
) =>
  Effect.gen(function* () {
    if (executable === undefined) {
      return yield* Effect.dieMessage(
        "Chromium is missing: install it (on Debian and Ubuntu `apt install chromium`), or name its executable in CHROMIUM_PATH"
      )
    }
    const profile = yield* Effect.acquireRelease(
      Effect.promise(() => mkdtemp(join(tmpdir(), "starpunk-browser-"))),
      (path) => Effect.promise(() => rm(path, { recursive: true, force: true, maxRetries: 5 }))
    )
    return yield* Effect.acquireRelease(
      Effect.promise(() =>
        chromium.launchPersistentContext(profile, {
          ...options,
          executablePath: executable,
          headless: true,
          args: [...quiet, `--host-resolver-rules=MAP ${host} ${address}`]
        })
      ),
      (context: BrowserContext) => Effect.promise(() => context.close())
    )
  })
