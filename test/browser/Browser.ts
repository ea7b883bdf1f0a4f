import { once } from "node:events"
import { connect, createServer } from "node:net"
import { Effect } from "effect"
import { type Browser, type BrowserContext, chromium } from "playwright-core"
import { chromiumPath } from "../../scripts/chromium.mjs"

const executable = chromiumPath()

/** Connects only to the site under test. */
const quiet = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  ...["--disable-background-networking", "--disable-component-update"]
]

/** Port of the site under test. */
let target = 0

/** Listens on a port of its own and hands each connection to the site under test. */
const forwarder = async (): Promise<number> => {
  const server = createServer((socket) => {
    const site = connect(target, "127.0.0.1")
    socket.pipe(site).pipe(socket)
    socket.on("error", () => site.destroy())
    site.on("error", () => socket.destroy())
    site.on("close", () => socket.destroy())
    socket.on("close", () => site.destroy())
  }).listen(0, "127.0.0.1")
  server.unref()
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  return address.port
}

/** The browser of all suites of this process: its start takes longer than most tests. Playwright ends it with the process. */
let started: Promise<Browser> | undefined

const start = async (executablePath: string): Promise<Browser> => {
  const port = await forwarder()
  const rules = ["localhost", "*.localhost"].map((host) => `MAP ${host}:80 127.0.0.1:${port}`)
  return chromium.launch({
    executablePath,
    headless: true,
    args: [...quiet, `--host-resolver-rules=${rules.join(",")}`]
  })
}

/**
 * A browser without cookies, storage or cache in which hosts under `localhost` lead to `address` (`127.0.0.1:8000`), in
 * the given time zone or the machine's. Closes with the scope.
 */
export const browser = (address: string, options: { readonly timezoneId?: string; readonly hasTouch?: boolean } = {}) =>
  Effect.gen(function* () {
    if (executable === undefined) {
      return yield* Effect.dieMessage(
        "Chromium is missing: install it (on Debian and Ubuntu `apt install chromium`), or name its executable in CHROMIUM_PATH"
      )
    }
    target = Number(new URL(`http://${address}`).port)
    started ??= start(executable)
    const running = started
    const chromium = yield* Effect.promise(() => running)
    return yield* Effect.acquireRelease(
      Effect.promise(() => chromium.newContext(options)),
      (context: BrowserContext) => Effect.promise(() => context.close())
    )
  })
