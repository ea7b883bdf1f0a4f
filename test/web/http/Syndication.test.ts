import { describe, expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { mf2 } from "microformats-parser"
import { client, micropubSite, shown, siteUrl } from "../../fixtures/MicropubSite.js"
import { ask } from "../../fixtures/TestServer.js"

const swarm = "https://www.swarmapp.com/user/1/checkin/2"
const social = "https://social.example/@me/1"
const second = "https://social.example/@me/2"

/** Whether a page marks an address up as a copy of the post for those who look for `rel`. */
const hasRel = (html: string, url: string) => mf2(html, { baseUrl: siteUrl })["rel-urls"][url]?.rels

layer(micropubSite())((it) => {
  describe("C3: copies of a post elsewhere", () => {
    it.effect("are linked on its page, in lists and in feeds, once each", () =>
      Effect.gen(function* () {
        const { create } = yield* client()
        const cite = { type: ["h-cite"], properties: { url: [second] } }
        const syndication = [swarm, social, swarm, cite]
        const url = yield* create({ content: ["Here and there"], category: ["copies"], syndication })
        const { html, properties } = yield* shown(url)
        expect(properties.syndication).toEqual([swarm, social, second])
        for (const copy of [swarm, social, second]) expect(hasRel(html, copy)).toEqual(["syndication"])
        expect(html).toMatch(/Also on .*swarmapp\.com.*social\.example\/@me\/1.*social\.example\/@me\/2/)
        const { items } = mf2((yield* ask("/tag/copies")).body, { baseUrl: `${siteUrl}/` })
        const [listed] = items.find(({ type }) => type?.includes("h-feed"))?.children ?? []
        expect(listed?.properties.syndication).toEqual([swarm, social, second])
        for (const format of ["rss", "atom", "json"]) {
          expect((yield* ask(`/tag/copies/feed.${format}`)).body, format).toContain(swarm)
        }
      })
    )

    it.effect("are added by an update, as Bridgy Publish and syndicators send it", () =>
      Effect.gen(function* () {
        const { create, json } = yield* client()
        const url = yield* create({ content: ["First here"] })
        expect((yield* shown(url)).properties).not.toHaveProperty("syndication")
        yield* json({ action: "update", url, add: { syndication: [social] } })
        expect((yield* shown(url)).properties.syndication).toEqual([social])
        yield* json({ action: "update", url, delete: ["syndication"] })
        expect((yield* shown(url)).html).not.toContain("Also on")
      })
    )

    it.effect("are kept without a link if their address is unsafe for browsers", () =>
      Effect.gen(function* () {
        const { create, source } = yield* client()
        const syndication = ["javascript:alert(1)", "data:text/html,x", "ftp://files.example/", "not an address"]
        const url = yield* create({ content: ["x"], syndication, "mp-syndicate-to": ["somewhere"] })
        const { html, properties } = yield* shown(url)
        expect(properties).not.toHaveProperty("syndication")
        for (const address of syndication.slice(0, 3)) expect(html).not.toContain(address)
        expect((yield* source(url)).properties.syndication).toEqual(syndication)
      })
    )
  })
})
