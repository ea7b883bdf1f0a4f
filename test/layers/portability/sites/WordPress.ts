import type { SiteFiles } from "../ImportedSite.js"

const page = (front: string, text = "Text") => `---\n${front}\n---\n\n${text}\n`

/** Output of WordPress converters: their folders, and the fields of the exporters for Jekyll and Markdown. */
export const wordpress: SiteFiles = {
  "posts/2012-03-04-hello/index.md": page(
    'title: "Hello"\ndate: "2012-03-04"\ncategories:\n  - "birds"\ntags:\n  - "slow-web"\ncoverImage: "bird.png"'
  ),
  "posts/2012-03-04-hello/images/bird.png": "",
  "posts/by-number.md": page(
    "title: By number\nwordpress_id: 17\ndate: '2012-04-05 06:07:08'\npermalink: https://ada.example/2012/04/by-number/\nstatus: publish"
  ),
  "posts/pending.md": page("title: P\ndate: 2012-05-01\nstatus: pending"),
  "posts/private.md": page("title: P\ndate: 2012-05-02\nstatus: private"),
  "posts/trash.md": page("title: P\ndate: 2012-05-03\nstatus: trash"),
  "posts/auto.md": page("title: P\ndate: 2012-05-04\nstatus: auto-draft"),
  "posts/missed.md": page("title: P\ndate: 2012-05-05\nstatus: future"),
  "posts/to-come.md": page("title: P\ndate: 2098-05-05\nstatus: future"),
  "posts/protected.md": page("title: P\ndate: 2012-05-06\nstatus: publish\npassword: sesame"),
  "posts/_drafts/idea.md": page("title: Idea"),
  "pages/about/index.md": page("title: About\ndate: 2012-06-01")
}
