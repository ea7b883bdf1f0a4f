import { describe, expect, it } from "@effect/vitest"
import { Option } from "effect"
import { hostsOf } from "../../../src/domain/posts/OwnAddress.js"
import { permalink, slugFromPermalink } from "../../../src/domain/posts/Permalink.js"
import { Slug } from "../../../src/domain/posts/Slug.js"

const slug = Slug.make("hello-world")
const hosts = hostsOf(["https://me.example", "https://former.example"])

describe("a permalink", () => {
  it.each(["https://me.example", "https://me.example/", "https://me.example//"])(
    "of %s has no double slash",
    (site) => {
      expect(permalink(site, { slug, properties: {} })).toBe("https://me.example/notes/hello-world")
    }
  )

  it.each([
    "https://me.example/notes/hello-world",
    "https://ME.example:443/notes/hello-world/",
    "http://me.example//notes/hello-world",
    "https://former.example/notes/hello-world",
    "https://me.example/note/hello-world?a=b#c",
    "https://me.example/notes/hello%2Dworld",
    " https://me.example/notes/hello-world\n"
  ])("is recognised in %j", (url) => {
    expect(slugFromPermalink(hosts, url)).toEqual(Option.some(slug))
  })

  it.each([
    "https://other.example/notes/hello-world",
    "https://me.example:8443/notes/hello-world",
    "https://me.example/tag/hello-world",
    "https://me.example/notes/hello-world/more",
    "https://me.example/notes/",
    "https://me.example/notes/%00",
    "https://me.example/notes/%E0%A4%A",
    "https://me.example/notes/..%2F..%2Fetc",
    "/notes/hello-world",
    "javascript:alert(1)",
    ""
  ])("is not recognised in %j", (url) => {
    expect(slugFromPermalink(hosts, url)).toEqual(Option.none())
  })
})
