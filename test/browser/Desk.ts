import { expect, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Page } from "playwright-core"
import { editorServer } from "../fixtures/EditorServer.js"
import { browser } from "./Browser.js"

export const site = "http://me.localhost"

export const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64"
)

/** The owner's browser, in Berlin. */
const desk = Effect.gen(function* () {
  const server = yield* editorServer
  const context = yield* browser(new URL(server.base).host, { timezoneId: "Europe/Berlin" })
  const logIn = (token: string) => context.addCookies([{ name: "starpunk_session", value: token, url: site }])
  yield* Effect.promise(() => logIn(server.token))
  const complaints: Array<string> = []
  context.on("console", (message) => {
    // The status of the response itself is expected here.
    if (message.type() === "error" && !/status of (?:4\d\d|503)|ERR_FAILED/.test(message.text()))
      complaints.push(message.text())
  })
  context.on("weberror", (error) => complaints.push(error.error().message))
  return { ...server, chromium: context, logIn, complaints, page: yield* Effect.promise(() => context.newPage()) }
})

export const status = (page: Page, words: RegExp) =>
  page.locator("[data-status]").filter({ hasText: words }).waitFor({ timeout: 10_000 })

/** Drops files on the form. */
export const drop = async (page: Page, ...names: ReadonlyArray<string>) => {
  const files = await page.evaluateHandle(transferOf(names))
  await page.dispatchEvent("form[data-editor]", "drop", { dataTransfer: files })
}

/** A script that builds the data of a drop or a paste: pictures, or a drawing if the name says so. */
const transferOf = (names: ReadonlyArray<string>) =>
  `(() => {
    const transfer = new DataTransfer()
    const picture = Uint8Array.from(atob("${png.toString("base64")}"), (character) => character.charCodeAt(0))
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    for (const name of ${JSON.stringify(names)}) {
      transfer.items.add(new File([name.endsWith(".svg") ? drawing : picture], name, { type: "image/png" }))
    }
    return transfer
  })()`

/** Pastes files into the text. */
export const paste = (page: Page, ...names: ReadonlyArray<string>) =>
  page.evaluate(
    `document.querySelector("#field-content").dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: ${transferOf(names)}, bubbles: true, cancelable: true })
    )`
  )

/** Opens the drawer with the other fields. */
export const openDrawer = (page: Page) => page.getByRole("button", { name: "Post settings" }).click()

/** A test in the owner's browser, which fails if the page complains in its console. */
export const scenario = (
  name: string,
  run: (at: Effect.Effect.Success<typeof desk>) => Effect.Effect<unknown, unknown>
) =>
  it.scopedLive(
    name,
    () =>
      Effect.flatMap(desk, (at) =>
        Effect.zipRight(
          run(at),
          Effect.sync(() => expect(at.complaints).toEqual([]))
        )
      ),
    300_000
  )
