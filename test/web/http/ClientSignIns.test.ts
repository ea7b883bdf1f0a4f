import { readdirSync, readFileSync } from "node:fs"
import { expect, layer } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { authorize, challenge, decide, led, ownerCookie, post, site, verifier } from "../../fixtures/IndieAuthSite.js"

const folder = new URL("../../clients/", import.meta.url)

/** How one program signs in: what it sends to the authorization endpoint, and what it redeems the code with, and where. */
const SignIn = Schema.parseJson(
  Schema.Struct({
    client: Schema.String,
    /** How we know. */
    seen: Schema.String,
    authorize: Schema.Record({ key: Schema.String, value: Schema.String }),
    redeemAt: Schema.Literal("token", "authorize"),
    redeem: Schema.Record({ key: Schema.String, value: Schema.String })
  })
)

const signIns = readdirSync(folder)
  .filter((name) => name.endsWith(".sign-in.json"))
  .map((name) => Schema.decodeSync(SignIn)(readFileSync(new URL(name, folder), "utf8")))

const filled = (fields: Readonly<Record<string, string>>, code = "") =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value.replace("$challenge", challenge).replace("$verifier", verifier).replace("$code", code)
    ])
  )

/** shpub is answered on the owner's computer, where PKCE is needed: whoever is first at the port could take the code. */
const refused = new Set(["shpub"])

layer(site(), { excludeTestServices: true })("C4, C5: programs that sign in", (it) => {
  it.effect.each(signIns.filter(({ client }) => !refused.has(client)))("$client", (signIn) =>
    Effect.gen(function* () {
      const headers = yield* ownerCookie
      const asked = filled(signIn.authorize)
      const page = yield* authorize(new URLSearchParams(asked).toString(), headers)
      expect(page.status, page.body).toBe(200)
      expect(page.body.includes("signs in without PKCE")).toBe(asked.code_challenge === undefined)
      const ticked = (asked.scope ?? "").split(" ").map((scope) => `&scope=${scope === "post" ? "create" : scope}`)
      const { address, query } = led(yield* decide(page.body, `decision=allow${ticked.join("")}`, headers))
      expect([address, query.state]).toEqual([asked.redirect_uri, asked.state])
      const answer = yield* post(`/indieauth/${signIn.redeemAt}`, filled(signIn.redeem, query.code))
      const told = JSON.parse(answer.body)
      expect(told).toMatchObject({ me: "https://me.example/" })
      if (signIn.redeemAt === "token") expect(told.scope).toBe(asked.scope?.replace("post", "create"))
    })
  )

  it.effect.each(signIns.filter(({ client }) => refused.has(client)))(
    "$client gets a message about what it lacks",
    (signIn) =>
      Effect.gen(function* () {
        const page = yield* authorize(new URLSearchParams(filled(signIn.authorize)).toString(), yield* ownerCookie)
        expect(page.status).toBe(400)
      })
  )
})
