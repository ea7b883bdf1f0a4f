import { describe, expect, it } from "@effect/vitest"
import { Either } from "effect"
import { ClientId } from "../../../src/domain/indieauth/ClientId.js"
import { decodeClientDocument, fromPage } from "../../../src/domain/indieauth/ClientMetadata.js"
import { withParameters } from "../../../src/domain/indieauth/RedirectUri.js"

const clientId = ClientId.make("https://app.example/id")
const read = (document: unknown) => decodeClientDocument(JSON.stringify(document), clientId, clientId)

describe("a client metadata document", () => {
  it("is accepted if it names its own client_id, and its invalid fields are ignored", () => {
    const document = {
      client_id: "https://APP.example/id",
      client_name: " My\nApp\u202e ",
      client_uri: "https://app.example",
      logo_uri: "/logo.png",
      redirect_uris: ["/back", "com.example:/cb", 7, null, { a: 1 }, "http://["],
      more: "is ignored"
    }
    expect(Either.getOrThrow(read(document))).toEqual({
      name: "My App",
      uri: "https://app.example/",
      logo: "https://app.example/logo.png",
      redirectUris: ["https://app.example/back", "com.example:/cb"]
    })
    expect(Either.getOrThrow(read({ client_id: clientId, client_name: 7, redirect_uris: "x" }))).toEqual({
      redirectUris: []
    })
  })

  it.each([
    [{ client_id: "https://app.example/" }, "client_id"],
    [{ client_id: "nonsense" }, "client_id"],
    [{ client_id: "https://app.example/id", client_uri: "https://evil.example/" }, "client_uri"],
    [{ client_id: "https://app.example/id", client_uri: 7 }, "client_uri"],
    [{}, "json"],
    [[], "json"],
    ["text", "json"]
  ])("%j is refused: %s", (document, fault) => {
    expect(Either.flip(read(document)).pipe(Either.getOrThrow)).toBe(fault)
  })

  it("publishes at most a hundred addresses", () => {
    const redirect_uris = Array.from({ length: 5000 }, (_, index) => `/${index}`)
    expect(Either.getOrThrow(read({ client_id: clientId, redirect_uris })).redirectUris).toHaveLength(100)
  })
})

describe("an app's page", () => {
  it("is ignored where it describes an app of another site", () => {
    const app = (url: string) => ({ type: ["h-app"], properties: { name: ["Other"], url: [url] } })
    const page = { items: [app("https://other.example/"), app("https://app.example/")], rels: {} }
    expect(fromPage({ ...page, items: page.items.slice(0, 1) }, clientId, clientId)).toEqual({ redirectUris: [] })
    expect(fromPage(page, clientId, clientId)).toEqual({ name: "Other", redirectUris: [] })
  })
})

describe("parameters of a redirect", () => {
  it.each([
    ["https://app.example/cb", "https://app.example/cb?code=a%26b"],
    ["https://app.example/cb?", "https://app.example/cb?code=a%26b"],
    ["https://app.example/cb?x=%20y", "https://app.example/cb?x=%20y&code=a%26b"],
    ["https://app.example/cb?x&", "https://app.example/cb?x&code=a%26b"],
    ["com.example:cb", "com.example:cb?code=a%26b"]
  ])("are added to %s, which keeps its own", (address, expected) => {
    expect(withParameters(address, { code: "a&b", state: undefined })).toBe(expected)
  })
})
