import { describe, expect, it } from "@effect/vitest"
import { Context, Effect, Either, Layer } from "effect"
import { layerFrom } from "../../../layers/memory/Settings.js"
import { SettingsReport } from "../../../src/settings/Config.js"
import { parseMediaAddress, writeMediaAddress } from "../../../src/settings/MediaAddress.js"

const start = (environment: Readonly<Record<string, string>>) =>
  Effect.scoped(Effect.either(Layer.build(layerFrom(environment))))

const whole = {
  STARPUNK_ENV: "production",
  STARPUNK_SITE_URL: "https://blog.example",
  STARPUNK_MEDIA_URL: "s3://my-bucket/blog",
  STARPUNK_MEDIA_ACCESS_KEY_ID: "key",
  STARPUNK_MEDIA_SECRET_ACCESS_KEY: "se/cret+"
}

describe("STARPUNK_MEDIA_URL", () => {
  it.each(["s3://bucket", "s3://my.bucket-1/a/b_c", "s3://bucket/blog"])("%s is written as it was read", (text) => {
    expect(writeMediaAddress(Either.getOrThrow(parseMediaAddress(text)))).toBe(text)
  })

  it("takes slashes at the end of the prefix as none", () => {
    expect(parseMediaAddress("s3://bucket/")).toEqual(Either.right({ bucket: "bucket", prefix: "" }))
    expect(parseMediaAddress("S3://bucket//a/b//")).toEqual(Either.right({ bucket: "bucket", prefix: "a/b" }))
  })

  it.each([
    ["", "s3://"],
    ["/data/media", "s3://"],
    ["https://bucket.s3.amazonaws.com", "s3://"],
    ["s3://", "must name the bucket"],
    ["s3:///prefix", "must name the bucket"],
    ["s3://key:secret@bucket", "settings of their own"],
    ["s3://bucket?region=x", "settings of their own"],
    ["s3://Bucket", "lower-case"],
    ["s3://b", "3 to 63"],
    ["s3://bucket/a b", "prefix of letters"],
    ["s3://bucket/../a", "prefix of letters"],
    ["s3://bucket/a//b", "prefix of letters"],
    ["s3://bucket/é", "prefix of letters"]
  ])("%s is refused with what is wrong", (text, problem) => {
    expect(Either.getOrThrow(Either.flip(parseMediaAddress(text)))).toContain(problem)
  })

  it.effect("needs keys, and a public address that browsers load", () =>
    Effect.gen(function* () {
      const { STARPUNK_MEDIA_ACCESS_KEY_ID: _, STARPUNK_MEDIA_SECRET_ACCESS_KEY: __, ...rest } = whole
      const outcome = yield* start({ ...rest, STARPUNK_MEDIA_PUBLIC_URL: "http://media.example" })
      expect(Either.isLeft(outcome) ? outcome.left.problems.map(({ name }) => name).toSorted() : []).toEqual([
        "STARPUNK_MEDIA_ACCESS_KEY_ID",
        "STARPUNK_MEDIA_PUBLIC_URL",
        "STARPUNK_MEDIA_SECRET_ACCESS_KEY"
      ])
    })
  )

  it.effect("never shows the secret, and warns of what has no effect or no encryption", () =>
    Effect.gen(function* () {
      const report = (environment: Readonly<Record<string, string>>) =>
        Effect.map(start(environment), (outcome) => Context.get(Either.getOrThrow(outcome), SettingsReport))
      const { entries, warnings } = yield* report({ ...whole, STARPUNK_MEDIA_ENDPOINT: "http://10.0.0.7:9000" })
      expect(JSON.stringify(entries)).not.toContain("se/cret+")
      expect(warnings.map(({ name }) => name)).toEqual(["STARPUNK_MEDIA_ENDPOINT"])
      const near = yield* report({ ...whole, STARPUNK_MEDIA_ENDPOINT: "http://127.0.0.1:9000" })
      expect(near.warnings).toEqual([])
      const idle = yield* report({ STARPUNK_MEDIA_PUBLIC_URL: "https://media.example" })
      expect(idle.warnings.map(({ name }) => name)).toEqual(["STARPUNK_MEDIA_PUBLIC_URL"])
    })
  )
})
