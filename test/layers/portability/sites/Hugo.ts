import type { SiteFiles } from "../ImportedSite.js"

const toml = (front: string, text = "Text") => `+++\n${front}\n+++\n\n${text}\n`
const yaml = (front: string, text = "Text") => `---\n${front}\n---\n\n${text}\n`

/** A site after Hugo's documentation: three kinds of front matter, bundles, sections, cascades, languages. */
export const hugo: SiteFiles = {
  "hugo.toml": [
    "baseURL = 'https://ada.example/'",
    "title = 'River'",
    "timeZone = 'Europe/Berlin'",
    "defaultContentLanguage = 'en'",
    "[permalinks]",
    "  posts = '/:year/:month/:slug/'",
    "[taxonomies]",
    "  tag = 'tags'",
    "  series = 'series'",
    "[languages.en]",
    "[languages.de]",
    "[[cascade]]",
    "  draft = true",
    "  [cascade.target]",
    "    path = '/embargoed/**'"
  ].join("\n"),
  "content/_index.md": yaml("title: Home"),
  "content/posts/_index.md": yaml("title: Posts"),
  "content/posts/toml.md": toml(
    'title = "In TOML"\ndate = 2019-01-02T03:04:05+01:00\ntags = ["a", "b"]\nseries = ["Rivers"]\naliases = ["/old/toml/", "beside"]'
  ),
  "content/posts/local-date.md": toml("title = 'Local date'\ndate = 2019-02-03"),
  "content/posts/json.md":
    '{\n  "title": "In { JSON",\n  "date": "2019-03-04T05:06:07Z",\n  "tags": ["c"]\n}\n\nText\n',
  "content/posts/go-date.md": yaml("title: Go\ndate: 2019-04-05 06:07:08.123 +0000 UTC\nslug: Going"),
  "content/posts/url.md": yaml("title: Url\ndate: 2019-04-06\nurl: /elsewhere/here.html"),
  "content/posts/bundle/index.md": yaml("title: Bundle\ndate: 2019-05-06"),
  "content/posts/bundle/part.md": yaml("title: Part\ndate: 2019-05-07"),
  "content/posts/bundle/more/part.md": yaml("title: Part\ndate: 2019-05-07"),
  "content/posts/zweisprachig.en.md": yaml("title: Two\ndate: 2019-05-08"),
  "content/posts/zweisprachig.de.md": yaml("title: Zwei\ndate: 2019-05-08"),
  "content/posts/draft.md": toml("title = 'D'\ndate = 2019-06-07\ndraft = true"),
  "content/posts/draft-text.md": yaml('title: D\ndate: 2019-06-07\ndraft: "true"'),
  "content/posts/draft-yes.md": yaml("title: D\ndate: 2019-06-07\nDraft: yes"),
  "content/posts/expired.md": toml("title = 'E'\ndate = 2019-07-08\nexpiryDate = 2019-08-01"),
  "content/posts/to-expire.md": toml("title = 'E'\ndate = 2019-07-08\nexpiryDate = 2098-08-01"),
  "content/posts/later.md": toml("title = 'L'\ndate = 2019-07-08\npublishDate = 2098-01-01T00:00:00Z"),
  "content/posts/headless.md": yaml("title: H\ndate: 2019-08-09\nheadless: true"),
  "content/posts/never.md": yaml("title: N\ndate: 2019-08-10\nbuild:\n  render: never"),
  "content/posts/link.md": toml("title = 'N'\ndate = 2019-08-10\n[_build]\nrender = 'link'"),
  "content/posts/unlisted.md": yaml("title: U\ndate: 2019-08-11\nbuild: {list: never}"),
  "content/posts/params.md": toml("title = 'P'\ndate = 2019-08-12\n[params]\nhidden = true"),
  "content/embargoed/one.md": yaml("title: One\ndate: 2019-09-01"),
  "content/embargoed/ready.md": yaml("title: Ready\ndate: 2019-09-02\ndraft: false"),
  "content/secret/_index.md": yaml("title: S\ncascade:\n  build:\n    render: never"),
  "content/secret/two.md": yaml("title: Two\ndate: 2019-09-03"),
  "content/about.md": yaml("title: About"),
  "content/posts/org.org": "#+title: Org\n",
  "archetypes/default.md": yaml('title: "{{ .Name }}"\ndate: {{ .Date }}'),
  "layouts/index.html": "{{ .Title }}",
  "themes/x/exampleSite/content/posts/x.md": yaml("title: Example\ndate: 2019-01-01"),
  "public/posts/toml/index.html": "<h1>In TOML</h1>",
  "README.md": "# Site"
}
