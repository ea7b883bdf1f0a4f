import type { SiteFiles } from "../ImportedSite.js"

const page = (front: string, text = "Text") => `---\n${front}\n---\n\n${text}\n`

/** A Markdown folder without a known generator: dates in names and paths, titles in headings, headers. */
export const folder: SiteFiles = {
  "2020-01-02-in-its-name.md": "# In its *name*\n\nText\n",
  "2020/01/03/in-its-path.md": "In its path\n===========\n\nText\n",
  "2020/01-04-half.md": "# Half\n\nText\n",
  "20200105-compact.md": "Text without a heading\n",
  "header.md": "Title: With a header\nDate: 2020-01-06\nTags: a, b\n\nText\n",
  "header-draft.md": "Title: Draft\nDate: 2020-01-07\nStatus: draft\n\nText\n",
  "toml.md": '+++\ntitle = "TOML"\ndate = 2020-01-08\n+++\n\nText\n',
  "undated.md": "# Undated\n\nText\n",
  "month/2020/01/only.md": "# Only a month\n\nText\n",
  "notes.mdx": page("title: MDX\ndate: 2020-01-09"),
  "notes.mdown": page("title: Mdown\ndate: 2020-01-10"),
  "notes.mkd": page("title: Mkd\ndate: 2020-01-11"),
  "text.txt": page("title: Text\ndate: 2020-01-12"),
  "robots.txt": "User-agent: *\n",
  "README.md": "# Read me\n\nText\n",
  "LICENSE.md": "# MIT\n\nText\n",
  "CHANGELOG.md": "# Changes\n\nText\n",
  "templates/post.md": page("title: x\ndate: 2020-01-01"),
  "node_modules/x/README.md": page("title: x\ndate: 2020-01-01"),
  "private/mine.md": page("title: Mine\ndate: 2020-01-13"),
  "entry.draft.md": page("title: E\ndate: 2020-01-14")
}
