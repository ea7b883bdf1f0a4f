import type { CssFault } from "../../domain/site/CustomCss.js"
import type { SectionName } from "../../domain/site/SiteValues.js"

/** Names of the sections, in the tabs. */
export const sectionTitles: Readonly<Record<SectionName, string>> = {
  site: "Site",
  you: "You",
  menu: "Menu",
  home: "Home page",
  footer: "Footer",
  look: "Look"
}

/** Names of fields, for errors and for the comparison of two versions. */
export const fieldTitles: Readonly<Record<string, string>> = {
  "site.name": "Name",
  "site.tagline": "Tagline",
  "site.language": "Language",
  "site.timeZone": "Time zone",
  "you.name": "Name",
  "you.bio": "Bio",
  "you.email": "E-mail address",
  "you.links": "Links",
  "menu.items": "Menu",
  "home.hidden": "Hidden on the home page",
  "footer.text": "Text",
  "look.preset": "Look",
  "look.accent": "Accent",
  "look.font": "Fonts",
  "look.width": "Width",
  "look.scheme": "Light and dark",
  "look.css": "Custom CSS"
}

/** What is wrong with a custom stylesheet, as a sentence. */
export const cssFaults: Readonly<Record<CssFault, string>> = {
  too_long: "Custom CSS is limited to 32 kB.",
  import: "@import, @charset and @namespace are not available. Paste the rules themselves.",
  remote: "url() may only load files of this site. Upload the file first, then use its path.",
  closing: "Remove the HTML tags: this field is for CSS only.",
  characters: "Remove the control characters."
}

const limits: Readonly<Record<string, string>> = {
  "site.name": "The name is limited to one line of 200 characters.",
  "site.tagline": "The tagline is limited to one line of 500 characters.",
  "site.language": "Choose a language from the list.",
  "site.timeZone": "Choose a time zone from the list.",
  "you.name": "The name is limited to one line of 200 characters.",
  "you.bio": "The bio is limited to 1,000 characters.",
  "you.links": "At most 30 links are possible.",
  "menu.items": "The menu has room for 30 items.",
  "footer.text": "The footer is limited to 2,000 characters."
}

const quoted = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 57)}…` : text}”`

/** The error of a field, as a sentence. `path` leads to the field, as in `links.1.url`. */
export const faultText = (section: SectionName, path: string, given: string): string => {
  const name = path.replace(/^[^.]+\.\d+\./, "")
  if (name === "email") return `${quoted(given)} isn't an e-mail address.`
  if (name === "url") return given === "" ? "Enter the address of the link." : `${quoted(given)} isn't a web address.`
  if (name === "href") {
    return given === ""
      ? "Enter an address: a path such as /about, or a web address."
      : `${quoted(given)} isn't a path such as /about or a web address.`
  }
  if (name === "label") return given === "" ? "Enter a label." : "Labels are limited to one line of 100 characters."
  return limits[`${section}.${path}`] ?? "This value is not valid."
}

/** Texts of the settings pages. */
export const texts = {
  title: "Settings",
  share: "Post from anywhere",
  save: "Save",
  saved: "Saved.",
  fixed: "Set by the server",
  faults: (count: number) => (count === 1 ? "One field has an error" : `${count} fields have errors`),
  unsaved: "Nothing was saved. Your input is below.",
  conflict: "These settings were changed elsewhere after you opened them",
  conflictAdvice: "Your version is in the form. Save it, or use the other one.",
  others: "Saved elsewhere",
  useOthers: "Use the other version",
  empty: "(empty)"
} as const

/** Texts of the page after the passphrase. */
export const welcomeTexts = {
  title: "Make it yours",
  step: "Step 2 of 3",
  later: "You can change all of this later in Settings.",
  author: "Your name",
  name: "Site name",
  tagline: "Tagline (optional)",
  zone: "Time zone",
  photo: "Photo (optional)",
  photoHint: "JPEG, PNG, WebP, AVIF or GIF. Location data is removed.",
  next: "Continue",
  skip: "Skip"
} as const
