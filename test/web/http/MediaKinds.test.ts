import { describe, expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { mediaSite } from "../../fixtures/MediaSite.js"
import { created, refusal, shown, siteUrl, tokenFor } from "../../fixtures/MicropubSite.js"
import * as Samples from "../../fixtures/Samples.js"
import { ask } from "../../fixtures/TestServer.js"

const send = (
  token: string,
  path: string,
  field: string,
  content: Uint8Array,
  fields: Readonly<Record<string, string>> = {}
) => {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append(field, new File([new Uint8Array(content)], "file", { type: "application/octet-stream" }))
  return ask(path, { method: "POST", headers: { authorization: `Bearer ${token}` }, body })
}

/** What the media endpoint says of a file that it takes. */
const upload = (content: Uint8Array) =>
  Effect.gen(function* () {
    const answer = yield* send(yield* tokenFor("create", "media"), "/micropub/media", "file", content)
    expect(answer.status, answer.body).toBe(201)
    const told = JSON.parse(answer.body)
    expect(told.url).toBe(answer.headers.get("location"))
    const served = yield* ask(told.url.slice(siteUrl.length))
    expect([served.status, served.headers.get("content-type")]).toEqual([200, told.mime_type])
    return told
  })

const refused = (content: Uint8Array) =>
  Effect.gen(function* () {
    return refusal(yield* send(yield* tokenFor("create", "media"), "/micropub/media", "file", content))
  })

layer(mediaSite(), { excludeTestServices: true })((it) => {
  describe("M1: kinds of media files", () => {
    it.effect.each(["mif1", "msf1", "avif"])("an AVIF whose first brand is %s is an AVIF", (brand) =>
      Effect.gen(function* () {
        const { mime_type, width } = yield* upload(yield* Effect.promise(() => Samples.brandedAvif(brand)))
        expect([mime_type, width]).toEqual(["image/avif", 400])
      })
    )

    it.effect.each([
      ["WebM", Samples.webm(2), "audio/webm", "weba"],
      ["MP4", Samples.tracks("isom", ["soun", "mp4a"]), "audio/mp4", "m4a"],
      ["MP4 with a chapter track", Samples.tracks("mp42", ["soun", "mp4a"], ["text", "text"]), "audio/mp4", "m4a"]
    ] as const)("a recording in %s is a recording, and is played as one", ([_, content, type, extension]) =>
      Effect.gen(function* () {
        const { mime_type, notice, url } = yield* upload(content)
        expect([mime_type, notice]).toEqual([type, undefined])
        expect(url).toMatch(new RegExp(`\\.${extension}$`))
        const post = created(
          yield* send(yield* tokenFor("create"), "/micropub", "audio", content, { content: "Listen" })
        )
        const { properties } = yield* shown(post)
        expect(properties.audio).toHaveLength(1)
        expect(properties).not.toHaveProperty("video")
      })
    )

    it.effect.each([
      ["WebM", Samples.webm(1, 2), "video/webm"],
      ["WebM that does not tell its tracks", Samples.others["video/webm"] ?? Buffer.alloc(0), "video/webm"],
      ["MP4", Samples.tracks("isom", ["vide", "avc1"], ["soun", "mp4a"]), "video/mp4"],
      ["MP4 without sound", Samples.tracks("isom", ["vide", "av01"]), "video/mp4"],
      ["QuickTime", Samples.tracks("qt  ", ["vide", "avc1"]), "video/quicktime"]
    ] as const)("a video in %s stays a video", ([_, content, type]) =>
      Effect.gen(function* () {
        const { mime_type, notice } = yield* upload(content)
        expect([mime_type, notice]).toEqual([type, undefined])
      })
    )

    it.effect.each([
      ["hvc1", "vide", "HEVC"],
      ["hev1", "vide", "HEVC"],
      ["dvh1", "vide", "HEVC"],
      ["apcn", "vide", "ProRes"],
      ["alac", "soun", "Apple Lossless"],
      ["samr", "soun", "AMR"]
    ] as const)("a format that many browsers cannot play (%s) is accepted with a note", ([codec, kind, name]) =>
      Effect.gen(function* () {
        const content = Samples.tracks("qt  ", [kind, codec])
        expect((yield* upload(content)).notice).toMatch(new RegExp(`^Many browsers cannot play this .*${name}`))
        const answer = yield* send(yield* tokenFor("create"), "/micropub", "video", content, { content: "See" })
        created(answer)
        expect(JSON.parse(answer.body).notice).toContain(name)
      })
    )

    it.effect("a HEIC is refused with advice for phones", () =>
      Effect.gen(function* () {
        for (const brands of [
          ["heic", "mif1heic"],
          ["mif1", "mif1heic"],
          ["msf1", "hevc"],
          ["mif1", "mif1"]
        ] as const) {
          const { code, description, status } = yield* refused(
            Samples.box("ftyp", brands[0], Buffer.alloc(4), brands[1], Buffer.alloc(64))
          )
          expect([status, code]).toEqual([415, "media.unsupported"])
          expect(description).toContain("Settings, Camera, Formats, Most Compatible")
          expect(description).toContain("JPEG")
        }
      })
    )

    it.effect("too many frames are reported differently from too large a picture", () =>
      Effect.gen(function* () {
        const long = yield* refused(Samples.longGif(40, 2_000))
        expect(long.description).toMatch(/animation is too large.*Shorten/)
        expect((yield* refused(Samples.bomb())).description).toMatch(/picture has too many pixels.*Reduce the size/)
      })
    )

    it.effect("endless containers and wrong sizes are read without delay", () =>
      Effect.gen(function* () {
        const endless = Buffer.concat([Samples.webm(2).subarray(0, 40), Buffer.alloc(200_000, 0xec)])
        for (const content of [endless, Buffer.concat([Samples.webm(), Buffer.alloc(100_000, 0x80)])]) {
          expect((yield* upload(content)).mime_type).toMatch(/\/webm$/)
        }
      })
    )
  })
})
