import { expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { Micropub } from "micropub-helper"
import sharp from "sharp"
import { passphrase, setupLink } from "../program/OwnerAtHome.js"
import { Program } from "../program/Program.js"
import { browser } from "./Browser.js"
import { virtualAuthenticator } from "./Look.js"

/** The shipped program in an empty directory, under an address at which browsers create passkeys. */
const freshSite = Effect.acquireRelease(
  Effect.promise(async () => {
    const program = await Program.create({ STARPUNK_SITE_NAME: "Notes from the river", STARPUNK_SITE_AUTHOR: "Ada" })
    const url = `http://localhost:${program.port}`
    await program.start({ STARPUNK_SITE_URL: url })
    return { program, url }
  }),
  ({ program }) => Effect.promise(() => program.dispose())
)

it.scopedLive(
  "a new owner's first hour: setup, login, a note with a picture, editing, deleting, restoring",
  () =>
    Effect.gen(function* () {
      const { program, url } = yield* freshSite
      const context = yield* browser(`127.0.0.1:${program.port}`)
      yield* Effect.promise(async () => {
        const page = await context.newPage()
        const complaints: Array<string> = []
        page.on("console", (message) => {
          // Chromium complains of an empty manifest when the page is left while it loads.
          if (!/status of 4(01|04|10)|^Manifest: Line: 1, column: 1, /.test(message.text()))
            complaints.push(message.text())
        })
        page.on("pageerror", ({ message }) => complaints.push(message))
        await virtualAuthenticator(context, page)

        await page.goto(`${url}/`)

        await page.goto(await setupLink(program))
        await page.getByLabel("New passphrase").fill(passphrase)
        await page.getByLabel("Repeat passphrase").fill(passphrase)
        await page.getByRole("button", { name: "Finish setup" }).click()
        await page.waitForURL(`${url}/admin/welcome`)
        await page.getByLabel("Tagline").fill("Birds and trains")
        await page.getByRole("button", { name: "Continue" }).click()
        await page.waitForURL(`${url}/admin/new`)
        await page.goto(`${url}/admin/security`)
        await page.getByLabel("Name of the new passkey").fill("Laptop")
        await page.getByRole("button", { name: "Add a passkey" }).click()
        await page.waitForURL(/done=passkey-added/)
        await page.getByRole("button", { name: "Log out" }).click()
        await page.waitForURL(`${url}/`)

        await page.goto(`${url}/admin/`)
        await page.waitForURL(/\/auth\/login\?next=/)
        await page.getByRole("button", { name: "Use a passkey" }).click()
        await page.waitForURL(`${url}/admin/`)

        await page.goto(`${url}/admin/new`)
        await page.getByLabel("Text", { exact: true }).fill("A kingfisher over the *river*, and nobody else about")
        await page.getByRole("button", { name: "Post settings" }).click()
        await page.getByLabel("Tags", { exact: true }).fill("birds, river")
        const picture = await sharp({ create: { width: 1600, height: 900, channels: 3, background: "#2a6f97" } })
          .withExif({ IFD3: { GPSLatitude: "51/1 30/1 0/1", GPSLatitudeRef: "N" } })
          .jpeg()
          .toBuffer()
        await page.setInputFiles('[name="files"]', { name: "kingfisher.jpg", mimeType: "image/jpeg", buffer: picture })
        await page.getByLabel("Description (alt text)").fill("Blue above the water")
        await page.getByRole("button", { name: "Publish", exact: true }).click()
        await page.getByText("Published.").waitFor()
        const editAddress = page.url().replace(/\?.*$/, "")

        await page.getByRole("link", { name: "View on your site" }).click()
        await page.waitForURL(/\/notes\//)
        const permalink = page.url()
        const photo = page.getByAltText("Blue above the water")
        await photo.waitFor()
        expect(await photo.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0)).toBe(true)
        const source = await photo.getAttribute("src")
        const served = await page.request.get(new URL(source ?? "", url).href)
        expect((await sharp(await served.body()).metadata()).exif).toBeUndefined()

        await page.goto(editAddress)
        await page.getByLabel("Text", { exact: true }).fill("A kingfisher over the river. And a heron, later")
        await page.getByRole("button", { name: "Update" }).click()
        await page.getByText("Updated.").waitFor()
        await page.goto(permalink)
        await page.getByRole("article").getByText("And a heron, later").waitFor()

        await page.goto(editAddress.replace("/edit/", "/delete/"))
        await page.getByRole("button", { name: "Delete" }).click()
        await page.waitForURL(/\/admin\//)
        expect((await page.request.get(permalink)).status()).toBe(410)

        await page.goto(editAddress)
        await page.getByRole("button", { name: "Restore" }).click()
        await page.goto(permalink)
        await page.getByRole("article").getByText("And a heron, later").waitFor()
        await page.goto(`${url}/search?q=heron`)
        await page.locator("main mark", { hasText: "heron" }).waitFor()
        await page.goto(`${url}/admin/`)

        // An app on this computer, made of a third-party library that gets only the site's address.
        const app = "http://localhost:18321"
        await page.route(`${app}/**`, (route) =>
          route.fulfill({ contentType: "text/html", body: "<title>The app</title>" })
        )
        const client = new Micropub({
          me: `${url}/`,
          clientId: `${app}/`,
          redirectUri: `${app}/callback`,
          state: "a state of its own",
          scope: "create update"
        })
        await page.goto(await client.getAuthUrl())
        await page.getByLabel(/and edit them/).uncheck()
        await page.getByRole("button", { name: "Allow" }).click()
        await page.waitForURL(/\/callback\?/)
        const answer = new URL(page.url()).searchParams
        expect(answer.get("state")).toBe("a state of its own")
        await client.getToken(answer.get("code") ?? "")
        const posted = await client.create({ type: ["h-entry"], properties: { content: ["The app's first words"] } })
        await page.goto(posted)
        await page.getByRole("article").getByText("The app’s first words").waitFor()
        await expect(client.update(posted, { replace: { content: ["More than was allowed"] } })).rejects.toThrow()
        await page.goto(`${url}/admin/activity`)
        await page.getByText("scope_missing").first().waitFor()
        expect(complaints).toEqual([])
      })
    }),
  120_000
)
