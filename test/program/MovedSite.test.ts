import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import * as Samples from "../fixtures/Samples.js"
import { Program } from "./Program.js"

const post = (title: string, text: string, more = "") => `---\ntitle: ${title}\ndate: 2024-01-02\n${more}---\n${text}\n`

const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 3\n"
const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="5" height="5"/></svg>'

describe("a site of another generator", () => {
  let site: Program
  let other: Program

  beforeEach(async () => {
    site = await Program.create()
    other = await Program.create()
  })

  afterEach(async () => {
    await site.dispose()
    await other.dispose()
  })

  const lay = async (files: Readonly<Record<string, string | Buffer>>) => {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(site.directory, "old", path)), { recursive: true })
      await writeFile(join(site.directory, "old", path), content)
    }
    return join(site.directory, "old")
  }

  const files = async (directory: string) => {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true })
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    return Promise.all(
      paths.toSorted().map(async (path) => [path.slice(directory.length), (await readFile(path)).toString("base64")])
    )
  }

  it("I2, I3, I6: its links, pictures and old addresses lead to their new places, here and after another move", async () => {
    const folder = await lay({
      "_posts/2024-01-02-a.md": post(
        "A",
        "[b](2024-01-02-b.md#part) [old](/old/b/) [dead](/about/)\n\n![bird](/img/bird.png) ![d](../pics/d.svg)"
      ),
      "_posts/2024-01-02-b.md": post(
        "B",
        "## Part\n\n![lfs](/img/lfs.png) ![gone](/img/gone.png)",
        "permalink: /old/b/\n"
      ),
      "assets/img/bird.png": await Samples.png(),
      "assets/img/lfs.png": pointer,
      "elsewhere/pics/d.svg": drawing
    })
    const bring = async (...options: ReadonlyArray<string>) =>
      JSON.parse(
        (await site.run(["import", join(folder, "_posts"), "--json", "--media", join(folder, "elsewhere"), ...options]))
          .stdout
      )

    const first = await bring()
    expect(first).toMatchObject({ posts: { stored: 1 }, media: { stored: 2 }, broken: 1 })
    expect(first.broken_files.map(({ code, message }: { code: string; message: string }) => [code, message])).toEqual([
      ["import.media_refused", expect.stringMatching(/img\/lfs\.png \(.*\), which is a Git LFS pointer/)],
      ["import.media_missing", "it refers to /img/gone.png, which does not exist"]
    ])
    expect(first.dead_links.map(({ reason }: { reason: string }) => reason).toSorted()).toEqual(["address", "post"])
    expect(first.dead_links).toContainEqual(
      expect.objectContaining({ reason: "address", count: 1, files: ["2024-01-02-a.md → /about/"] })
    )

    const second = await bring("--without-missing-media")
    expect(second).toMatchObject({ posts: { stored: 1, present: 1 }, broken: 0 })
    expect(second.left_out.map(({ reason }: { reason: string }) => reason).toSorted()).toEqual([
      "lfs_pointer",
      "missing"
    ])
    expect(await bring("--without-missing-media", "--dry-run")).toMatchObject({
      posts: { stored: 0, present: 2 },
      broken: 0
    })

    await site.run(["export", "made"])
    await other.run(["import", join(site.directory, "made")])
    await other.run(["export", "again"])
    expect(await files(join(other.directory, "again"))).toEqual(await files(join(site.directory, "made")))

    await other.start()
    const page = await (await fetch(`${other.url}/notes/a`)).text()
    expect(page).toContain('<a href="/notes/b#part">b</a> <a href="/notes/b">old</a> <a href="/about/">dead</a>')
    expect(page.match(/<img src="\/media\/[0-9a-f]{32}-\d+x\d+\.png"/g)).toHaveLength(2)
    const b = await (await fetch(`${other.url}/notes/b`)).text()
    expect(b).toContain('<h2 id="part">Part ')
    expect(b).not.toContain("<img src=")
    const way = async (path: string) => {
      const { headers, status } = await fetch(`${other.url}${path}`, { redirect: "manual" })
      return [status, headers.get("location")]
    }
    expect(await way("/OLD/b/index.html?x=1")).toEqual([301, "/notes/b"])
    expect(await way("/img/bird.png")).toEqual([301, expect.stringMatching(/^\/media\/.*\.png$/)])
    expect(await way("/atom.xml")).toEqual([301, "/feed.atom"])
    expect(await way("/about/")).toEqual([404, null])
  }, 240_000)
})
