import { describe, expect, it } from "@effect/vitest"
import { Option } from "effect"
import { localPath } from "../../../src/domain/login/LocalPath.js"

describe("the destination after a login", () => {
  it.each([
    ["/admin/", "/admin/"],
    ["/", "/"],
    ["/admin/edit/12?tab=photos", "/admin/edit/12?tab=photos"],
    [
      "/indieauth/authorize?redirect_uri=https%3A%2F%2Fapp.example%2Fcb&state=a//b",
      "/indieauth/authorize?redirect_uri=https%3A%2F%2Fapp.example%2Fcb&state=a//b"
    ],
    ["/notes/späße", "/notes/sp%C3%A4%C3%9Fe"],
    ["/admin/#top", "/admin/"],
    ["/a/../b", "/b"]
  ])("%j is followed", (given, expected) => {
    expect(localPath(given)).toEqual(Option.some(expected))
  })

  it.each([
    undefined,
    "",
    "admin",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "/a\\..\\evil.example",
    "https://evil.example/",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/a\r\nset-cookie: a=b",
    "/\u0000",
    `/${"x".repeat(5000)}`
  ])("%j is not followed", (given) => {
    expect(localPath(given)).toEqual(Option.none())
  })
})
