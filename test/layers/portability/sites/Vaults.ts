import type { SiteFiles } from "../ImportedSite.js"

const page = (front: string, text = "Text") => `---\n${front}\n---\n\n${text}\n`

/** An Obsidian vault: notes without front matter, properties, daily notes, templates. */
export const obsidian: SiteFiles = {
  ".obsidian/app.json": '{"userIgnoreFilters": ["Mine/"], "attachmentFolderPath": "Files"}',
  ".obsidian/templates.json": '{"folder": "Forms"}',
  ".trash/old.md": "Old",
  "Rivers.md": page("publish: true\ncreated: 2023-01-02\ntags: birds water\naliases: [Streams]"),
  "Lakes/Deep ones.md": page("publish: true\ndate: 2023-01-03\npermalink: deep"),
  "2023-01-04.md": page("publish: true", "A day"),
  "Not marked.md": page("date: 2023-01-05"),
  "2023-01-06.md": "Nothing says that others may read this.",
  "Not yet.md": page("publish: false\ndate: 2023-01-07"),
  "Undated.md": page("publish: true"),
  "Empty.md": "",
  "Forms/Meeting.md": page("publish: true\ndate: 2023-01-01"),
  "Mine/Diary.md": page("publish: true\ndate: 2023-01-08")
}

/** The same notes as published by Quartz: all but drafts and those that its configuration excludes. */
export const quartz: SiteFiles = {
  "quartz.config.ts":
    'const config = {\n  configuration: { baseUrl: "ada.example/garden", ignorePatterns: ["private", "templates", ".obsidian"] },\n  plugins: { filters: [Plugin.RemoveDrafts()] }\n}\n',
  "content/index.md": page("title: Home"),
  "content/A note.md": page("date: 2023-02-01"),
  "content/draft.md": page("date: 2023-02-02\ndraft: true"),
  "content/templates/x.md": page("date: 2023-02-03"),
  "content/private/x.md": page("date: 2023-02-04")
}
