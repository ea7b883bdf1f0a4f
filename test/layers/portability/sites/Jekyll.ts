import type { SiteFiles } from "../ImportedSite.js"

const post = (front: string, text = "Text") => `---\n${front}\n---\n${text}\n`

/** A site after Jekyll's documentation: posts, drafts, pages, a collection, layouts, defaults. */
export const jekyll: SiteFiles = {
  "_config.yml": [
    "title: Notes from the river",
    "url: https://ada.example",
    "baseurl: /blog",
    "timezone: America/New_York",
    "permalink: /:categories/:year/:month/:day/:title.html",
    "exclude: [notes-to-self.md, vendor]",
    "collections:",
    "  recipes:",
    "    output: true",
    "    permalink: /food/:path/",
    "  people:",
    "defaults:",
    "  - scope: {path: '', type: posts}",
    "    values: {layout: post, author: Ada}",
    "  - scope: {path: _posts/hidden}",
    "    values: {published: false}"
  ].join("\n"),
  "_posts/2016-01-05-hello-there.md": post("title: Hello there\ntags: one two\ncategories: [Birds, On water]"),
  "_posts/2016-1-6-short-date.markdown": post("title: Short\ntags: one, two three"),
  "_posts/2016-01-07-late.md": post(
    "title: Late\ndate: 2016-01-07 23:30:00 -0500\nredirect_from: [/late/, /2016/late.html]"
  ),
  "_posts/2016-01-08-own-address.mkd": post("title: Own\npermalink: /own/:title/\ntag: slow web"),
  "_posts/2016-01-09-unpublished.md": post("title: No\npublished: false"),
  "_posts/2016-01-10-hidden.md": post("title: Hidden\nhidden: true"),
  "_posts/hidden/2016-01-11-by-default.md": post("title: By default"),
  "_posts/2099-01-01-later.md": post("title: Later"),
  "_posts/no-date.md": post("title: Not seen by Jekyll"),
  "_posts/2016-01-12-plain.md": "Without front matter Jekyll does not see it.\n",
  "trips/_posts/2016-02-01-to-the-sea.md": post("title: To the sea"),
  "_drafts/an-idea.md": post("title: An idea"),
  "_drafts/dated.md": post("title: Dated\ndate: 2016-03-01"),
  "_recipes/soup.md": post("title: Soup\ndate: 2016-04-01"),
  "_people/ada.md": post("name: Ada\ndate: 2016-04-02"),
  "_layouts/post.html": "---\nlayout: default\n---\n{{ content }}",
  "_includes/head.html": "<head></head>",
  "_site/2016/01/05/hello-there.html": "<h1>Hello there</h1>",
  "index.html": "---\nlayout: home\n---\n{{ page.title }}",
  "404.html": "---\npermalink: /404.html\n---\nNot found",
  "about.md": post("title: About"),
  "now.md": post("title: Now\ndate: 2016-05-01"),
  "notes-to-self.md": post("title: Mine\ndate: 2016-05-02"),
  "README.md": "# The site",
  "old.html": "---\nredirect_to: /2016/01/07/late.html\npermalink: /very-old/\n---\n",
  "vendor/gem/README.md": "# Gem"
}
