import type { CssFault } from "../../domain/site/CustomCss.js"
import type { SectionName } from "../../domain/site/SiteValues.js"

/** Texts of the settings pages. */
export const settings = {
  /** Names of the sections, in the tabs. */
  sections: {
    site: "Site",
    you: "You",
    menu: "Menu",
    home: "Home page",
    footer: "Footer",
    look: "Look"
  } satisfies Record<SectionName, string>,
  /** Names of fields, for errors and for the comparison of two versions. */
  fields: {
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
  },
  /** What is wrong with a custom stylesheet, as a sentence. */
  cssFaults: {
    too_long: "Custom CSS is limited to 32 kB.",
    import: "@import, @charset and @namespace are not available. Paste the rules themselves.",
    remote: "url() may only load files of this site. Upload the file first, then use its path.",
    closing: "Remove the HTML tags: this field is for CSS only.",
    characters: "Remove the control characters."
  } satisfies Record<CssFault, string>,
  /** What is wrong with the value of a field. */
  faults: {
    email: ({ text }: { readonly text: string }): string => `“${text}” isn't an e-mail address.`,
    noUrl: "Enter the address of the link.",
    url: ({ text }: { readonly text: string }): string => `“${text}” isn't a web address.`,
    noHref: "Enter an address: a path such as /about, or a web address.",
    href: ({ text }: { readonly text: string }): string => `“${text}” isn't a path such as /about or a web address.`,
    noLabel: "Enter a label.",
    label: "Labels are limited to one line of 100 characters.",
    other: "This value is not valid."
  },
  limits: {
    "site.name": "The name is limited to one line of 200 characters.",
    "site.tagline": "The tagline is limited to one line of 500 characters.",
    "site.language": "Choose a language from the list.",
    "site.timeZone": "Choose a time zone from the list.",
    "you.name": "The name is limited to one line of 200 characters.",
    "you.bio": "The bio is limited to 1,000 characters.",
    "you.links": "At most 30 links are possible.",
    "menu.items": "The menu has room for 30 items.",
    "footer.text": "The footer is limited to 2,000 characters."
  },
  /** Texts of the settings pages. */
  page: {
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
  },
  /** Texts of the page after the passphrase. */
  welcome: {
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
  }
}
