import type { SiteFiles } from "../ImportedSite.js"

const page = (front: string, text = "Text") => `+++\n${front}\n+++\n\n${text}\n`

/** A site after Zola's documentation. */
export const zola: SiteFiles = {
  "config.toml":
    'base_url = "https://ada.example/site"\ndefault_language = "en"\nignored_content = ["*.secret.md"]\n[languages.de]\n',
  "content/_index.md": page('title = "Home"'),
  "content/blog/_index.md": page('title = "Blog"\nsort_by = "date"\ntransparent = true'),
  "content/blog/first.md": page(
    'title = "First"\ndate = 2020-01-02\naliases = ["old/first"]\n[taxonomies]\ntags = ["rust", "web"]\ncategories = ["Programs"]\n[extra]\nsubtitle = "A beginning"'
  ),
  "content/blog/2020-02-03_from-the-name.md": page('title = "From the name"'),
  "content/blog/2020-02-04-folder/index.md": page('title = "Folder"'),
  "content/blog/path.md": page('title = "Path"\ndate = "2020-03-04T05:06:07Z"\npath = "somewhere/else"'),
  "content/blog/slug.md": page('title = "Slug"\ndate = 2020-03-05\nslug = "another"'),
  "content/blog/first.de.md": page('title = "Erster"\ndate = 2020-01-03'),
  "content/blog/yaml.md": "---\ntitle: YAML\ndate: 2020-04-05\n---\nText",
  "content/blog/draft.md": page('title = "D"\ndate = 2020-05-06\ndraft = true'),
  "content/blog/not-rendered.md": page('title = "N"\ndate = 2020-05-07\nrender = false'),
  "content/blog/not-searched.md": page('title = "S"\ndate = 2020-05-08\nin_search_index = false'),
  "content/blog/extra.md": page('title = "X"\ndate = 2020-05-09\n[extra]\nhidden = true'),
  "content/blog/mine.secret.md": page('title = "M"\ndate = 2020-05-10'),
  "content/later/_index.md": page('title = "L"\ndraft = true'),
  "content/later/one.md": page('title = "One"\ndate = 2020-06-01'),
  "content/about.md": page('title = "About"'),
  "templates/page.html": "{{ page.content }}",
  "static/x.html": "<p>x</p>"
}
