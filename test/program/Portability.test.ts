import { spawnSync } from "node:child_process"
import { once } from "node:events"
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { Effect } from "effect"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import * as Samples from "../fixtures/Samples.js"
import { damageIn, usingDatabase, valuesOf } from "../fixtures/StoredDatabase.js"
import { Program } from "./Program.js"

const note = (slug: string, text = `Text of ${slug}`) =>
  `---\nslug: ${slug}\npublished: 2024-01-02T03:04:05Z\n---\n\n${text}\n`

/** Every file with its bytes, by its path. */
const contents = async (directory: string): Promise<Readonly<Record<string, string>>> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(
    await Promise.all(
      files
        .toSorted()
        .map(async (path) => [path.slice(directory.length + 1), (await readFile(path)).toString("base64")])
    )
  )
}

describe("moving posts between sites", () => {
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

  const lay = async (files: Readonly<Record<string, string | Buffer>>, name = "folder") => {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(site.directory, name, path)), { recursive: true })
      await writeFile(join(site.directory, name, path), content)
    }
    return join(site.directory, name)
  }

  const bring = async (directory: string, ...options: ReadonlyArray<string>) => {
    const { code, stderr, stdout } = await site.run(["import", directory, "--json", ...options])
    return { code, stderr, ...(stdout === "" ? {} : JSON.parse(stdout)) }
  }

  const codes = (report: { broken_files: ReadonlyArray<{ file: string; code: string }> }) =>
    Object.fromEntries(report.broken_files.map(({ code, file }) => [file, code]))

  /** Slugs in the database, which must not be damaged. */
  const slugs = () =>
    usingDatabase(site.databasePath, (sql) =>
      Effect.gen(function* () {
        expect(yield* damageIn(sql)).toEqual([])
        return yield* valuesOf(sql, "SELECT slug FROM posts ORDER BY slug")
      })
    )

  it("an export that is imported into an empty site and exported again is the same, byte for byte", async () => {
    const token = (await site.run(["token", "create", "--scope", "create update delete media"])).stdout.trim()
    await site.start()
    const micropub = (body: unknown) =>
      fetch(`${site.url}/micropub`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: JSON.stringify(body)
      })
    const form = new FormData()
    form.append("file", new Blob([new Uint8Array(await Samples.photo(1600, 1200, 1))]), "bird.jpg")
    const uploaded = await fetch(`${site.url}/micropub/media`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}` },
      body: form
    })
    const photo = uploaded.headers.get("location")
    expect(uploaded.status).toBe(201)
    const posts = [
      {
        name: ["An article"],
        content: [{ html: "<p>With <b>HTML</b></p>" }],
        category: ["a", "b"],
        "mp-slug": ["article"]
      },
      {
        content: ["A note\r\nwith a strange line end"],
        "x-unknown": [{ deep: [1, null, { er: true }] }],
        photo: [{ value: photo, alt: "A bird" }]
      },
      { content: ["Draft"], "post-status": ["draft"], "mp-slug": ["draft"] },
      { content: ["Private"], visibility: ["private"], "mp-slug": ["private"] },
      { content: ["Later"], published: ["2099-01-01T00:00:00+02:00"], "mp-slug": ["later"] },
      { content: ["Gone"], "mp-slug": ["gone"] },
      { "like-of": ["https://a.example/"], "mp-slug": ["before"] }
    ]
    for (const properties of posts) expect((await micropub({ type: ["h-entry"], properties })).status).toBe(201)
    await micropub({ action: "delete", url: `${site.url}/notes/gone` })
    await micropub({ action: "update", url: `${site.url}/notes/before`, replace: { "mp-slug": ["after"] } })

    let writing = true
    const writer = (async () => {
      while (writing)
        expect((await micropub({ type: ["h-entry"], properties: { content: ["beside"] } })).status).toBe(201)
    })()
    const made = await site.run(["export", "first", "--json"])
    writing = false
    await writer
    expect(made).toMatchObject({ code: 0, stderr: "" })
    expect(JSON.parse(made.stdout)).toMatchObject({ media: 1, missing: [] })

    const first = join(site.directory, "first")
    const imported = await other.run(["import", first, "--json"])
    expect(imported).toMatchObject({ code: 0, stderr: "" })
    expect(JSON.parse(imported.stdout)).toMatchObject({
      source: "export",
      posts: { present: 0 },
      media: { stored: 1 },
      broken: 0
    })
    expect((await other.run(["export", "second"])).code).toBe(0)
    const [before, after] = [await contents(first), await contents(join(other.directory, "second"))]
    expect(Object.keys(after)).toEqual(Object.keys(before))
    expect(after).toEqual(before)

    const again = JSON.parse((await other.run(["import", first, "--json"])).stdout)
    expect(again).toMatchObject({
      posts: { stored: 0, present: JSON.parse(made.stdout).posts },
      media: { stored: 0, present: 1 }
    })
    await other.start()
    expect((await fetch(`${other.url}/notes/article`)).status).toBe(200)
    expect((await fetch(`${other.url}/notes/private`)).status).toBe(404)
    expect((await fetch(`${other.url}/notes/gone`)).status).toBe(410)
  })

  it("an export refuses a directory that is not empty, and the site's own data", async () => {
    await site.run(["sessions", "cleanup"])
    await lay({ "a.txt": "x" }, "full")
    await mkdir(join(site.directory, "empty"))
    const refused = async (directory: string) => (await site.run(["export", directory])).stderr
    expect(await refused("full")).toContain("[export.target_taken]")
    expect(await refused("full/a.txt")).toContain("[export.target_taken]")
    expect(await refused("data/export")).toContain("[export.target_taken]")
    expect(await refused("no/such/place")).toContain("[export.not_written]")
    expect((await site.run(["export", "empty"])).code).toBe(0)
    expect(await readdir(join(site.directory, "empty"))).toEqual(["starpunk-export.json"])
    expect((await readdir(site.directory)).toSorted()).toEqual(["data", "empty", "full"])
    expect((await other.run(["export", "x"])).stderr).toContain("[maintenance.database_missing]")
  })

  it("good files are imported among broken ones, which are reported, and imported once they are fixed", async () => {
    const folder = await lay({
      "good.md": note("good"),
      "crlf.md": `\uFEFF${note("crlf").replaceAll("\n", "\r\n")}`,
      "sub/also-good.md": note("also-good"),
      "README.md": "# Not a post",
      "latin.md": Buffer.from("---\ndate: 2024-01-01\n---\n\xe9", "latin1"),
      "date.md": "---\ndate: 2024-02-31\n---\nx",
      "yaml.md": "---\ntitle: [\n---\nx",
      "large.md": `---\ndate: 2024-01-01\n---\n${"x".repeat(10_000_000)}`,
      "photo.md": note("photo", "![A bird](images/bird.png) and ![one](https://a.example/b.png)"),
      "no-photo.md": note("no-photo", "![](images/none.png)"),
      "svg.md": note("svg", "![](images/a.svg)"),
      "drawing.md": note("drawing", "![](images/b.svg)"),
      "out.md": note("out", "![](../../../../etc/passwd)"),
      "link-out.md": note("link-out", "![](images/passwd.png)"),
      "twice-a.md": note("twice", "one"),
      "twice-b.md": note("twice", "two"),
      "hostile.md": note("hostile", "<script>alert(1)</script>"),
      "images/bird.png": await Samples.png(),
      "images/a.svg": Samples.strangers.svg ?? "",
      "images/b.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="5" height="5"/></svg>'
    })
    await symlink("/etc/passwd", join(folder, "images", "passwd.png"))
    await symlink("/etc/passwd", join(folder, "passwd.md"))

    const dry = await bring(folder, "--dry-run")
    expect(dry).toMatchObject({ code: 1, dry_run: true })
    expect(await slugs()).toEqual([])

    const report = await bring(folder)
    expect(report).toMatchObject({
      code: 1,
      source: "markdown",
      held_back: [{ reason: "page", count: 1, files: ["README.md"] }],
      media: { stored: 2 }
    })
    expect(report.renamed).toEqual([{ file: "twice-b.md", from: "twice", to: "twice-2" }])
    expect(codes(report)).toEqual({
      "latin.md": "import.file_unreadable",
      "date.md": "import.post_invalid",
      "yaml.md": "import.front_matter_invalid",
      "large.md": "import.file_unreadable",
      "no-photo.md": "import.media_missing",
      "svg.md": "import.media_refused",
      "out.md": "import.media_missing",
      "link-out.md": "import.media_missing",
      "passwd.md": "import.file_unreadable"
    })
    const good = ["also-good", "crlf", "drawing", "good", "hostile", "photo", "twice", "twice-2"]
    expect(await slugs()).toEqual(good)

    await writeFile(join(folder, "date.md"), note("date"))
    const again = await bring(folder)
    expect(again).toMatchObject({
      code: 1,
      posts: { stored: 1, present: good.length },
      media: { stored: 0, present: 2 },
      broken: 8
    })
    const without = await bring(folder, "--without-missing-media")
    expect(without.posts.stored).toBe(4)

    await site.start()
    const page = await (await fetch(`${site.url}/notes/photo`)).text()
    expect(page).toMatch(/src="\/media\/[0-9a-f]{32}-\d+x\d+\.png"/)
    expect(page).toContain("https://a.example/b.png")
    expect(await (await fetch(`${site.url}/notes/hostile`)).text()).not.toContain("<script>alert")
  })

  it("a folder without anything to import is refused with the reason", async () => {
    const file = await lay({ "a.txt": "x" })
    await mkdir(join(site.directory, "empty"))
    await site.run(["sessions", "cleanup"])
    for (const [directory, word] of [
      ["none", "import.source_unusable"],
      [join(file, "a.txt"), "import.file_refused"],
      ["empty", "import.source_unusable"],
      ["folder", "import.source_unusable"],
      ["data", "import.source_unusable"]
    ] as const) {
      const { code, stderr } = await site.run(["import", directory])
      expect([directory, code]).toEqual([directory, 1])
      expect(stderr).toContain(`[${word}]`)
      expect(stderr).not.toMatch(/\n\s+at /)
    }
    await lay({ "starpunk-export.json": '{"format": 9, "program": "9.0.0"}' }, "newer")
    expect((await site.run(["import", "newer"])).stderr).toContain("[import.too_new]")
    await lay({ "starpunk-export.json": "{" }, "half")
    expect((await site.run(["import", "half"])).stderr).toContain("[import.source_unusable]")
  })

  it("changed and missing media of an export are reported, and the posts are imported", async () => {
    const folder = await lay({
      "a.md": note("a", "![](one.png) ![](two.png)"),
      "one.png": await Samples.png(),
      "two.png": await Samples.photo(400, 300, 1)
    })
    expect(await bring(folder)).toMatchObject({ code: 0, media: { stored: 2 } })
    await site.run(["export", "made"])
    const made = join(site.directory, "made")
    const [one, two] = (await readdir(join(made, "media"))).filter((name) =>
      /-(?:400x300|\d+x\d+)\.(?:png|jpg)$/.test(name)
    )
    await writeFile(join(made, "media", one ?? ""), "<html>")
    await rm(join(made, "media", two ?? ""))
    const { code, stdout } = await other.run(["import", made, "--json"])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ posts: { stored: 1 }, media: { stored: 0 }, broken: 2 })
  })

  it("a killed import leaves an intact database, and the next run completes it", async () => {
    const files = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`n${i}.md`, note(`n${i}`)]))
    const folder = await lay(files)
    for (const millis of [400, 800, 1200]) {
      const child = site.begin(["import", folder])
      const ended = once(child, "exit")
      await wait(millis)
      child.kill("SIGKILL")
      await ended
    }
    expect(await bring(folder)).toMatchObject({ code: 0, broken: 0 })
    expect(await slugs()).toHaveLength(3_000)
  })

  it("beside a running server no writer is refused, and imported posts are found", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, i) => [`n${i}.md`, note(`n${i}`, `kingfisher ${i}`)])
    )
    const folder = await lay(files)
    const token = (await site.run(["token", "create", "--scope", "create"])).stdout.trim()
    await site.start()
    let importing = true
    const statuses: Array<number> = []
    const writer = (async () => {
      while (importing) {
        const body = new URLSearchParams({ h: "entry", content: "beside" })
        statuses.push(
          (await fetch(`${site.url}/micropub`, { method: "POST", headers: { Authorization: `Bearer ${token}` }, body }))
            .status
        )
      }
    })()
    expect(await bring(folder)).toMatchObject({ code: 0, posts: { stored: 2_000 } })
    importing = false
    await writer
    expect(new Set(statuses)).toEqual(new Set([201]))
    const found = await fetch(`${site.url}/api/search?q=kingfisher`)
    expect(found.headers.get("x-search-engine")).toBe("fts5")
    expect(await found.json()).toMatchObject({ count: expect.any(Number) })
  })

  it("a full disk during an import is reported, and with room again the next run completes it", async (context) => {
    const disk = await mkdtemp(join(tmpdir(), "starpunk-disk-"))
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]).status !== 0) {
      await rm(disk, { recursive: true })
      return context.skip("a file system of its own needs the rights to mount one")
    }
    try {
      const onDisk = { STARPUNK_DATA_PATH: join(disk, "data") }
      const folder = await lay(
        Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`n${i}.md`, note(`n${i}`, `${i} `.repeat(1_500))]))
      )
      const full = await site.run(["import", folder], onDisk)
      expect([full.code, full.stderr]).toEqual([1, expect.stringContaining("[storage.full]")])
      const exported = await site.run(["export", join(disk, "export")], onDisk)
      expect([exported.code, exported.stderr]).toEqual([1, expect.stringContaining("[export.not_written]")])
      expect((await readdir(disk)).toSorted()).toEqual(["data"])
      spawnSync("mount", ["-o", "remount,size=64m", disk])
      const finished = await site.run(["import", folder, "--json"], onDisk)
      expect(JSON.parse(finished.stdout)).toMatchObject({ broken: 0 })
      const { posts } = JSON.parse(finished.stdout)
      expect(posts.stored + posts.present).toBe(300)
    } finally {
      spawnSync("umount", ["-l", disk])
      await rm(disk, { recursive: true, force: true })
    }
  })

  it("an export that was copied without its list is read as Markdown", async () => {
    await bring(await lay({ "a.md": note("a") }))
    await site.run(["export", "made"])
    await cp(join(site.directory, "made", "posts"), join(site.directory, "copied"), { recursive: true })
    const { code, stdout } = await other.run(["import", join(site.directory, "copied"), "--json"])
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      expect.objectContaining({ source: "markdown", posts: expect.objectContaining({ stored: 1, present: 0 }) })
    ])
  })
})
