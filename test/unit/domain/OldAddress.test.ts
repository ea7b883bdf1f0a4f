import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { oldAddressPath, oldAddressPaths } from "../../../src/domain/posts/OldAddress.js"
import { oldFeedTarget } from "../../../src/domain/posts/OldFeed.js"

describe("I2: spellings of old addresses", () => {
  it.each([
    ["/2020/01/02/hello/", "/2020/01/02/hello"],
    ["/2020/01/02/hello/index.html?utm=1#top", "/2020/01/02/hello"],
    ["/2020/01/02/hello.html", "/2020/01/02/hello"],
    ["2020//hello", "/2020/hello"],
    ["https://old.example/blog/b/", "/blog/b"],
    ["https://old.example", "/"],
    ["/caf%C3%A9/", "/café"],
    ["/cafe\u0301", "/café"],
    ["/%E4%BD%A0%E5%A5%BD", "/你好"],
    ["/100%", "/100%"],
    ["/index.php/a.b", "/index.php/a.b"],
    ["/", "/"]
  ])("%s is kept as %s", (address, path) => {
    expect(oldAddressPath(address)).toBe(path)
  })

  it("an invalid address is refused", () => {
    expect(oldAddressPath("/a%00b")).toBeUndefined()
    expect(oldAddressPath(`/${"a".repeat(3_000)}`)).toBeUndefined()
    expect(oldAddressPaths(["/", "/a/", "/a.html", "/b"])).toEqual(["/a", "/b"])
  })

  it.prop("every text is a path or invalid", [FastCheck.fullUnicodeString()], ([text]) => {
    const path = oldAddressPath(text)
    expect(path === undefined || path.startsWith("/")).toBe(true)
  })

  it.each([
    ["/index.xml", "/feed.rss"],
    ["/atom.xml", "/feed.atom"],
    ["/rss.xml", "/feed.rss"],
    ["/rss", "/feed.rss"],
    ["/feed/atom", "/feed.atom"],
    ["/feed/feed.xml", "/feed.rss"],
    ["/blog/index.xml", "/feed.rss"],
    ["/blog/feed", "/feed.rss"],
    ["/feeds/all.atom.xml", "/feed.atom"],
    ["/index.json", "/feed.json"],
    ["/feed/feed.json", "/feed.json"],
    ["/tags/big birds/index.xml", "/tag/big%20birds/feed.rss"],
    ["/categories/x/atom.xml", "/tag/x/feed.atom"],
    ["/feedback", undefined],
    ["/blog/atom-heart", undefined],
    ["/rss.xml/evil", undefined]
  ])("a feed at %s is now at %s", (path, target) => {
    expect(oldFeedTarget(path)).toBe(target)
  })
})
