import { describe, expect, it } from "@effect/vitest"
import { contentHtml } from "../../../src/domain/posts/Content.js"
import { resolvedLinks } from "../../../src/web/theme/RelativeLinks.js"

const id = "0123456789abcdef".repeat(2)
const path = `/media/${id}-1600x1200.jpg`
const small = `/media/${id}-300x900.png`
const srcset = [320, 640, 1280].map((width) => `/media/${id}-${width}x${(width * 3) / 4}.webp ${width}w`).join(", ")
const added = `width="1600" height="1200" srcset="${srcset}, ${path} 1600w" sizes="(min-width: 48rem) min(45rem, 1600px), 100vw" loading="lazy" decoding="async"`

const markdown = (text: string) => contentHtml({ format: "markdown", text })
const documented = (text: string) => contentHtml({ format: "document", text })
const html = (text: string) => contentHtml({ format: "html", html: text })

describe("the site's own pictures in a text", () => {
  it("get size, smaller renderings and lazy loading in notes, documents and HTML", () => {
    const expected = `<p>See <img src="${path}" alt="A &quot;dike&quot;" ${added}></p>`
    expect(markdown(`See ![A "dike"](${path})`)).toBe(expected)
    expect(documented(`See ![A "dike"](${path})`)).toBe(expected.replace('async">', 'async" />'))
    expect(html(`<p><img src="${path}"></p>`)).toContain(added)
  })

  it("get only their size if they have no smaller renderings", () => {
    expect(markdown(`![Tall](${small})`)).toBe(
      `<p><img src="${small}" alt="Tall" width="300" height="900" loading="lazy" decoding="async"></p>`
    )
  })

  it("become a figure with a caption where they are alone in a paragraph with a title", () => {
    expect(markdown(`![Flats](${path} "An hour <before> low & \\"dry\\"")`)).toBe(
      `<figure><img src="${path}" alt="Flats" ${added}><figcaption>An hour &lt;before&gt; low &amp; &quot;dry&quot;</figcaption></figure>`
    )
    expect(documented(`![](${path} "Low water")`)).toContain("<figcaption>Low water</figcaption></figure>")
  })

  it("stay in their paragraph with a text beside them, another picture, a link around them, or no title", () => {
    for (const text of [
      `![a](${path} "b") and`,
      `![a](${path} "b")![c](${small} "d")`,
      `[![a](${path} "b")](/x)`,
      `![a](${path})`
    ]) {
      expect(markdown(text)).not.toContain("<figure")
      expect(markdown(text)).toContain('width="1600"')
    }
    expect(markdown(`![a](${path} "b") and`)).toContain('title="b"')
  })

  it("keep the size that the author gave in HTML", () => {
    const rendered = html(`<img src="${path}" alt="" width="100" height="75" loading="eager">`)
    expect(rendered).toContain('width="100" height="75" loading="eager"')
    expect(rendered).not.toMatch(/1600" height|lazy/)
  })

  it("leaves pictures of other sites and other files unchanged", () => {
    for (const address of [`https://other.example${path}`, "/favicon.svg", `/media/${id}.mp4`, "/media/a.jpg"]) {
      expect(markdown(`![x](${address} "y")`)).toBe(`<p><img src="${address}" alt="x" title="y"></p>`)
    }
  })

  it("ignores what only looks like a picture", () => {
    expect(markdown(`\`<img src="${path}">\``)).not.toContain("srcset")
    expect(html(`<p title='<img src="${path}">'>a</p>`)).not.toContain("srcset")
  })

  it("has absolute addresses in feeds, the smaller renderings too", () => {
    const resolved = resolvedLinks(markdown(`![a](${path})`), "https://me.example/notes/a", () => true)
    expect(resolved).toContain(` src="https://me.example${path}"`)
    expect(resolved).toContain(`srcset="https://me.example/media/${id}-320x240.webp 320w, https://me.example`)
    expect(resolved).not.toMatch(/["\s]\/media/)
  })
})
