import type { SiteFiles } from "../ImportedSite.js"

const page = (front: string, text = "Text") => `---\n${front}\n---\n\n${text}\n`

/** A site after Hexo's documentation. */
export const hexo: SiteFiles = {
  "_config.yml": [
    "title: River",
    "url: https://ada.example",
    "root: /",
    "permalink: ':year/:month/:day/:title/'",
    "timezone: Asia/Shanghai",
    "source_dir: source",
    "public_dir: public",
    "new_post_name: ':year-:month-:day-:title.md'",
    "skip_render: raw/*"
  ].join("\n"),
  "package.json": '{"dependencies": {"hexo": "7.0.0"}}',
  "source/_posts/hello.md": page(
    "title: Hello\ndate: 2018-01-02 03:04:05\ncategories:\n  - [Life, Birds]\n  - [Work]\ntags: [one, true, 2018, '', ~]\nalias: old/hello.html"
  ),
  "source/_posts/2018-02-03-named.md": page("title: Named\ntags:\n- x"),
  "source/_posts/sub/deep.md": page("title: Deep\ndate: 2018-02-04"),
  "source/_posts/no-opening.md": "title: No opening\ndate: 2018-02-05 10:00:00\ntags:\n- y\n---\nText\n",
  "source/_posts/json.md": '"title": "JSON"\n;;;\nText',
  "source/_posts/unpublished.md": page("title: U\ndate: 2018-03-01\npublished: false"),
  "source/_posts/password.md": page("title: P\ndate: 2018-03-02\npassword: letmein"),
  "source/_posts/hidden.md": page("title: H\ndate: 2018-03-03\nhidden: true"),
  "source/_posts/no-date.md": page("title: N"),
  "source/_drafts/draft.md": page("title: D"),
  "source/_data/menu.md": page("title: M\ndate: 2018-01-01"),
  "source/about/index.md": page("title: About\ndate: 2018-04-01"),
  "source/raw/x.html": page("title: X\ndate: 2018-04-02"),
  "themes/landscape/README.md": "# Theme",
  "scaffolds/post.md": page("title: {{ title }}\ndate: {{ date }}"),
  "public/index.html": "<p></p>"
}
