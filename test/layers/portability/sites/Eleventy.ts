import type { SiteFiles } from "../ImportedSite.js"

const page = (front: string, text = "Text") => `---\n${front}\n---\n\n${text}\n`

/** A site after Eleventy's documentation: directory data, permalinks, collections, ignored files. */
export const eleventy: SiteFiles = {
  "eleventy.config.js":
    'export default function (config) {\n  return { dir: { input: "src", output: "_site", includes: "_includes" }, pathPrefix: "/notes/" }\n}\n',
  ".eleventyignore": "# mine\nsrc/ignored/\nREADME.md\n",
  "src/_includes/layouts/post.njk": "{{ content | safe }}",
  "src/_includes/note.md": page("title: Part\ndate: 2021-01-01"),
  "src/_data/site.json": "{}",
  "src/posts/posts.json": '{"layout": "post", "tags": "posts", "permalink": "/{{ page.fileSlug }}/"}',
  "src/posts/2021-01-02-first.md": page("title: First\ntags: [posts, birds]"),
  "src/posts/second.md": page("title: Second\ndate: 2021-01-03\npermalink: /own/second.html"),
  "src/posts/json.md": '---json\n{"title": "JSON", "date": "2021-01-04", "tags": ["nav", "rivers"]}\n---\nText\n',
  "src/posts/draft.md": page("title: D\ndate: 2021-01-05\ndraft: true"),
  "src/posts/no-page.md": page("title: N\ndate: 2021-01-06\npermalink: false"),
  "src/posts/no-list.md": page("title: N\ndate: 2021-01-07\neleventyExcludeFromCollections: true"),
  "src/posts/modified.md": page("title: M\ndate: Last Modified"),
  "src/posts/created.md": page("title: C\ndate: git Created"),
  "src/quiet/quiet.11tydata.js": "module.exports = { permalink: false }\n",
  "src/quiet/one.md": page("title: One\ndate: 2021-02-01"),
  "src/drafts/one.md": page("title: One\ndate: 2021-02-02"),
  "src/ignored/one.md": page("title: One\ndate: 2021-02-03"),
  "src/index.njk": page("title: Home"),
  "src/about.md": page("title: About"),
  "README.md": "# Site",
  "_site/first/index.html": "<p>First</p>"
}
