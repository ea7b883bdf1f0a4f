import { mf2 } from "microformats-parser"
import { renderToString } from "preact-render-to-string"
import { describe, expect, it } from "vitest"
import { siteValues } from "../../../layers/memory/Settings.js"
import { unchangedSettings } from "../../../src/services/SiteSettings.js"
import { Context } from "../../../src/web/theme/Context.js"
import { captionOf, entryView } from "../../../src/web/theme/EntryView.js"
import { makeSite } from "../../../src/web/theme/Site.js"
import { post } from "../../fixtures/SamplePost.js"

const address = "https://other.example/bread"

const viewOf = (property: string, more: Record<string, unknown>) => {
  const cited = post({ properties: { [property]: [address] }, citedPages: [{ address, ...more }] })
  return entryView(cited, makeSite(siteValues, unchangedSettings))
}

/** The cited item, as readers of microformats see it. */
const read = (property: string, more: Record<string, unknown>) => {
  const html = renderToString(<Context entry={viewOf(property, more)} />)
  return mf2(`<div class="h-entry">${html}</div>`, { baseUrl: "https://me.example/" }).items[0]?.properties[
    property
  ]?.[0]
}

describe("a page that a post cites", () => {
  const ann = { name: "Ann", url: "https://ann.example/" }

  it("is shown with its title, author and text, as an h-cite", () => {
    expect(read("in-reply-to", { name: "On <bread>", author: ann, excerpt: "Flour & water" })).toMatchObject({
      type: ["h-cite"],
      properties: {
        name: ["On <bread>"],
        url: [address],
        author: [{ type: ["h-card"], properties: { name: ["Ann"], url: [ann.url] } }],
        summary: ["Flour & water"]
      }
    })
    expect(read("bookmark-of", { excerpt: "Flour" })).toMatchObject({
      type: ["h-cite"],
      properties: { name: ["other.example/bread"], url: [address], summary: ["Flour"] }
    })
    expect(read("like-of", { name: "On bread" })).toMatchObject({ type: ["h-cite"], value: address })
  })

  it("gives a post without text its caption", () => {
    expect(captionOf(viewOf("like-of", { name: "On bread", author: ann }))).toBe("Likes On bread by Ann")
    expect(captionOf(viewOf("bookmark-of", {}))).toBe("Bookmarks other.example/bread")
  })
})
