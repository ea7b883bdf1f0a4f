import { describe, expect, it } from "@effect/vitest"
import { Effect, Option } from "effect"
import { editorServerWith } from "../../fixtures/EditorServer.js"
import { filledIn } from "../../fixtures/HtmlForm.js"

describe("the editor of a German site", () => {
  it.scopedLive("says what is wrong with fields, files and requests in German", () =>
    Effect.gen(function* () {
      const { ask } = yield* editorServerWith({ siteLanguage: Option.some("de") })
      const blank = yield* ask("/admin/new")
      const svg = new File(["<svg xmlns='http://www.w3.org/2000/svg'/>"], "plan.svg", { type: "image/svg+xml" })
      const filled = { content: "Hallo", slug: "!!!", "in-reply-to": "kein-link", category: "a" }
      const refused = yield* ask("/admin/new", {
        method: "POST",
        body: filledIn(blank.body, filled, "publish", [svg])
      })
      expect(refused.status).toBe(422)
      expect(refused.body).toContain("Verwende in der Adresse Buchstaben oder Ziffern.")
      expect(refused.body).toContain("„kein-link“ ist keine Webadresse. Beginne sie mit https:// oder http://.")
      expect(refused.body).toContain("Speichere ein Bild als JPEG, PNG, GIF, WebP oder AVIF")

      // Scripts of the page show title and detail; `error` has the words of the catalogue, as for every program.
      const body = new FormData()
      body.append("file", svg)
      const upload = yield* ask("/admin/media", { method: "POST", body, headers: { accept: "application/json" } })
      expect([upload.status, JSON.parse(upload.body)]).toMatchObject([
        415,
        {
          detail: expect.stringContaining("Speichere ein Bild als JPEG"),
          error: { suggestion: expect.stringContaining("Save a picture as JPEG") }
        }
      ])
    })
  )
})
