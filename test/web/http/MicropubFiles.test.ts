import { describe, expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { Shelf } from "../../fixtures/MediaShelf.js"
import { client, created, micropubSite, refusal, shown, siteUrl, tokenFor } from "../../fixtures/MicropubSite.js"
import { ask } from "../../fixtures/TestServer.js"

const file = (type = "image/jpeg", content = "a picture") => new File([content], "x.jpg", { type })

/** A form of fields and files in this order. */
const formOf = (...parts: ReadonlyArray<readonly [string, string | File]>) => {
  const form = new FormData()
  for (const [name, value] of parts) form.append(name, value)
  return form
}

const heldNow = Effect.map(Shelf, ({ held }) => [...held])

/** How many files are kept in the end that were not at first. */
const newlyHeld = <A, E, R>(use: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const before = yield* heldNow
    const result = yield* use
    const paths = (yield* heldNow).filter((path) => !before.includes(path))
    return [result, paths] as const
  })

layer(micropubSite(), { excludeTestServices: true })("A form with files", (it) => {
  it.effect("accepts videos and recordings, each in its property, and descriptions for photos by position", () =>
    Effect.gen(function* () {
      const { multipart } = yield* client()
      const [answer, paths] = yield* newlyHeld(
        multipart(
          formOf(
            ["photo", file()],
            ["mp-photo-alt[]", "The first"],
            ["video[]", file("video/mp4")],
            ["audio", file("audio/mpeg")],
            ["photo", file("video/webm")],
            ["photo", file("image/webp")],
            ["photo[2][alt]", "The second"]
          )
        )
      )
      const [first, film, recording, film2, second] = paths.map((path) => `${siteUrl}${path}`)
      expect((yield* shown(created(answer))).properties).toMatchObject({
        photo: [
          { value: first, alt: "The first" },
          { value: second, alt: "The second" }
        ],
        video: [film, film2],
        audio: [recording]
      })
    })
  )

  it.effect("is a form like any other without files", () =>
    Effect.gen(function* () {
      const { multipart, source } = yield* client()
      const url = created(yield* multipart(formOf(["content", "No files"], ["category[]", "a"], ["category[]", "b"])))
      expect((yield* source(url)).properties.category).toEqual(["a", "b"])
      expect((yield* multipart(formOf(["action", "delete"], ["url", url]))).status).toBe(204)
      expect((yield* multipart(formOf(["action", "undelete"], ["url", url]))).status).toBe(204)
    })
  )

  it.effect("C10: may have the token itself, before its files, and a token behind them is reported", () =>
    Effect.gen(function* () {
      const token = yield* tokenFor("create")
      const send = (body: FormData) => ask("/micropub", { method: "POST", body })
      created(yield* send(formOf(["access_token", token], ["content", "x"], ["photo", file()])))
      const [late, kept] = yield* newlyHeld(send(formOf(["content", "x"], ["photo", file()], ["access_token", token])))
      expect([refusal(late).status, kept]).toEqual([401, []])
      expect(refusal(late).description).toContain("before the first file")
    })
  )

  describe("leaves no file if it is refused", () => {
    const refusedForms: ReadonlyArray<readonly [string, FormData, number]> = [
      ["a date that is none", formOf(["published", "soon"], ["photo", file()]), 400],
      ["another type", formOf(["h", "card"], ["photo", file()]), 400],
      ["a file under another name", formOf(["content", "x"], ["attachment", file()]), 400],
      ["files for a post that is there", formOf(["action", "delete"], ["url", "x"], ["photo", file()]), 400],
      ["an action nobody knows", formOf(["photo", file()], ["action", "explode"]), 400],
      ["a second file that is none", formOf(["photo", file()], ["photo", file("text/html", "<script>")]), 415]
    ]
    it.effect.each(refusedForms)("for %s", ([_, form, status]) =>
      Effect.gen(function* () {
        const { multipart } = yield* client()
        const [answer, paths] = yield* newlyHeld(multipart(form))
        expect(refusal(answer)).toMatchObject({ status, error: "invalid_request" })
        expect(paths).toEqual([])
      })
    )

    it.effect("for lack of a token or of its scope", () =>
      Effect.gen(function* () {
        const form = formOf(["content", "x"], ["photo", file()])
        const [nobody, none] = yield* newlyHeld(ask("/micropub", { method: "POST", body: form }))
        expect([refusal(nobody).error, none]).toEqual(["unauthorized", []])
        const [scopeless, nothing] = yield* newlyHeld((yield* client(["update", "delete"])).multipart(form))
        expect([refusal(scopeless).error, nothing]).toEqual(["insufficient_scope", []])
        const { multipart, token } = yield* client()
        const again = (other: string) => formOf(["content", "x"], ["photo", file()], ["access_token", other])
        created(yield* multipart(again(token)))
        const twice = again(yield* tokenFor("create"))
        const [two, still] = yield* newlyHeld(multipart(twice))
        expect([refusal(two).code, still]).toEqual(["auth.token_ambiguous", []])
      })
    )
  })

  it.effect("creates a draft with a token for drafts", () =>
    Effect.gen(function* () {
      const { multipart, source } = yield* client(["draft"])
      const url = created(yield* multipart(formOf(["content", "x"], ["photo", file()])))
      expect((yield* source(url)).properties["post-status"]).toEqual(["draft"])
    })
  )
})
