import { describe, expect, it } from "@effect/vitest"
import { Option } from "effect"
import { isSameProfile, profileElsewhere } from "../../../src/domain/indieauth/ProfileUrl.js"
import { isIssuerOf } from "../../../src/domain/indieauth/ProviderMetadata.js"

describe("ProfileUrl", () => {
  it.each([
    ["https://ada.example/", "https://ada.example"],
    ["https://ada.example/", "HTTPS://ADA.Example/"],
    ["https://ada.example/", "https://ada.example:443"],
    ["http://ada.example/", "http://ada.example:80/"],
    ["https://bücher.example/", "https://xn--bcher-kva.example"],
    ["https://ada.example/a/../b", "https://ada.example/b"]
  ])("%s is %s", (one, other) => expect(isSameProfile(one, other)).toBe(true))

  it.each([
    ["https://ada.example/", "http://ada.example/"],
    ["https://ada.example/", "https://ada.example/ada"],
    ["https://ada.example/ada", "https://ada.example/Ada"],
    ["https://ada.example/ada", "https://ada.example/ada/"],
    ["https://ada.example/", "https://ada.example:8443/"],
    ["https://ada.example/", "https://www.ada.example/"],
    ["https://ada.example/", "https://ada.example./"],
    ["https://ada.example/", "https://ada.example/?me"],
    ["https://ada.example/", "https://ada.example/#me"],
    ["https://ada.example/", "https://ada@ada.example/"],
    ["https://ada.example/", "ada.example"],
    ["", ""],
    ["nobody", "nobody"],
    ["mailto:ada@ada.example", "mailto:ada@ada.example"]
  ])("%s is not %s", (one, other) => expect(isSameProfile(one, other)).toBe(false))

  it("another host than the site's is elsewhere", () => {
    const elsewhere = (adminMe: string | undefined, siteUrl = "https://me.example") =>
      Option.getOrUndefined(profileElsewhere({ adminMe: Option.fromNullable(adminMe), siteUrl }))
    expect(elsewhere(undefined)).toBeUndefined()
    expect(elsewhere("https://me.example/")).toBeUndefined()
    expect(elsewhere("https://ME.example/about")).toBeUndefined()
    expect(elsewhere("http://me.example/")).toBeUndefined()
    expect(elsewhere("https://me.example:8443/")).toBe("https://me.example:8443/")
    expect(elsewhere("https://Ada.example")).toBe("https://ada.example/")
  })
})

describe("an issuer", () => {
  it.each([
    ["https://p.example/", "https://p.example/metadata"],
    ["https://p.example", "https://p.example/.well-known/oauth-authorization-server"],
    ["https://p.example/ada", "https://p.example/ada/metadata"],
    ["https://p.example/ada", "https://p.example/ada?metadata"],
    ["https://p.example/ada/", "https://p.example/ada/"]
  ])("%s speaks at %s", (issuer, metadata) => expect(isIssuerOf(issuer, metadata)).toBe(true))

  it.each([
    ["https://eve.example/", "https://p.example/metadata"],
    ["https://p.example", "https://p.example.eve.example/metadata"],
    ["https://p.example:444/", "https://p.example/metadata"],
    ["http://p.example/", "https://p.example/metadata"],
    ["https://p.example/ada", "https://p.example/adam/metadata"],
    ["https://p.example/other/", "https://p.example/metadata"],
    ["https://p.example/?a", "https://p.example/?a"],
    ["https://p.example/#a", "https://p.example/"],
    ["https://ada@p.example/", "https://p.example/"],
    ["p.example", "https://p.example/"],
    ["", "https://p.example/"]
  ])("%s does not speak at %s", (issuer, metadata) => expect(isIssuerOf(issuer, metadata)).toBe(false))
})
