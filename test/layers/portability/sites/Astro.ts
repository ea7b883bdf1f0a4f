import type { SiteFiles } from "../ImportedSite.js"

const page = (front: string, text = "Text") => `---\n${front}\n---\n\n${text}\n`

/** A site after Astro's documentation: collections by folder and by loader, with a page that shows them. */
export const astro: SiteFiles = {
  "astro.config.mjs":
    'import { defineConfig } from "astro/config"\nexport default defineConfig({ site: "https://ada.example", base: "/docs" })\n',
  "src/content.config.ts":
    'const notes = defineCollection({ loader: glob({ pattern: "**/*.md", base: "./src/data/notes" }) })\n',
  "src/pages/writing/[...slug].astro": '---\nconst posts = await getCollection("blog")\n---\n<slot />',
  "src/content/blog/first.md": page(
    "title: First\ndescription: Short\npubDate: 'Jul 08 2022'\nupdatedDate: 2022-08-01\nheroImage: /first.png"
  ),
  "src/content/blog/second.mdx": page(
    "title: Second\npubDatetime: 2022-07-09T01:02:03Z\nslug: the-second\nimage: {url: https://pictures.example/a.png, alt: A}"
  ),
  "src/content/blog/draft.md": page("title: D\npubDate: 2022-07-10\ndraft: true"),
  "src/content/blog/_hidden.md": page("title: H\npubDate: 2022-07-11"),
  "src/content/blog/_parts/part.md": page("title: P\npubDate: 2022-07-12"),
  "src/data/notes/note.md": page("title: Note\ndate: 2022-07-13"),
  "src/pages/about.md": page("title: About\nlayout: ../layouts/Page.astro"),
  "src/components/Readme.md": page("title: R\ndate: 2022-01-01"),
  "dist/index.html": "<p></p>"
}
