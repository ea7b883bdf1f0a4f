import type { CssFault } from "../../domain/site/CustomCss.js"
import type { Look, SectionName } from "../../domain/site/SiteValues.js"
import { counting } from "../Counted.js"

const count = counting("en")

/** Texts of the settings pages. */
export const settings = {
  /** Names of the sections, in the tabs. */
  sections: {
    site: "Site",
    you: "You",
    menu: "Menu",
    home: "Home page",
    footer: "Footer",
    look: "Look",
    care: "Views and updates"
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
    "look.css": "Custom CSS",
    "care.countViews": "Count how often posts are opened",
    "care.checkUpdates": "Check once a day for a newer version",
    "care.remindsOfPasskey": "Suggest a passkey"
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
  /** Labels and hints of fields. */
  form: {
    tagline: "Shown at the top of the home page and in search engines.",
    language: "The language that you write in.",
    zone: "Posts show their times in this zone.",
    zoneNow: ({ time, zone }: { readonly zone: string; readonly time: string }): string => `${zone} (now ${time})`,
    takeZone: "Use {zone}, as in this browser",
    bio: "One or two sentences, shown under each post.",
    email: "Optional. Readers see it and can answer by e-mail. Apps get it if you allow them to.",
    links: "Your profiles elsewhere. Each is marked `rel=me`, so that they can confirm that they are yours.",
    linkAddress: ({ at }: { readonly at: number }): string => `Address of link ${at}`,
    linkLabel: ({ at }: { readonly at: number }): string => `Label of link ${at}, optional`,
    linkLabelExample: "Label (optional)",
    link: ({ at }: { readonly at: number }): string => `link ${at}`,
    addLink: "Add link",
    menu: "Addresses are paths of this site, such as `/about`, or complete web addresses.",
    itemLabel: ({ at }: { readonly at: number }): string => `Label ${at}`,
    itemLabelExample: "Label",
    itemAddress: ({ at }: { readonly at: number }): string => `Address ${at}`,
    item: ({ at }: { readonly at: number }): string => `item ${at}`,
    addItem: "Add item",
    moveUp: ({ name }: { readonly name: string }): string => `Move ${name} up`,
    moveDown: ({ name }: { readonly name: string }): string => `Move ${name} down`,
    remove: ({ name }: { readonly name: string }): string => `Remove ${name}`,
    home: "Show on the home page",
    homeHint: "Posts of other kinds keep their own pages, feeds and place in search.",
    footer: "Markdown. Links are allowed.",
    css: "At most 32 kB. Files from other sites are not loaded. It applies to the site, not to these pages."
  },
  look: {
    preset: "Start from",
    presets: { paper: "Paper", signal: "Signal", night: "Night" } satisfies Record<Look["preset"], string>,
    accent: "Accent",
    accentHint: "Adjusted where the contrast is too low, in light and dark.",
    own: "Look's own",
    accents: { teal: "Teal", cobalt: "Cobalt", plum: "Plum", brick: "Brick", moss: "Moss", ink: "Ink" },
    another: "Another:",
    anotherColour: "Another accent colour",
    font: "Text",
    fonts: { preset: "As in the look", serif: "Serif", sans: "Sans" } satisfies Record<Look["font"], string>,
    width: "Width",
    widths: { narrow: "Narrow", usual: "Standard", wide: "Wide" } satisfies Record<Look["width"], string>,
    scheme: "Light and dark",
    schemes: { auto: "Reader's choice", light: "Light", dark: "Dark" } satisfies Record<Look["scheme"], string>,
    preview: "Preview",
    /** Markdown. */
    sample:
      "## A heading\n\nA paragraph with a [link](#), *emphasis* and `code`.\n\n> A quotation, as readers see it.\n\n- One thing\n- Another"
  },
  care: {
    views: "Views",
    countViews: "Count how often posts are opened",
    countViewsHint:
      "A number for each post and day is stored, without cookies and addresses. Nothing is sent anywhere. You and known programs are not counted.",
    seeViews: "See the views"
  },
  photo: {
    label: "Photo",
    hint: "JPEG, PNG, WebP, AVIF or GIF. Location data is removed.",
    alt: "Your photo, as your site shows it",
    choose: "New photo",
    change: "Change photo",
    upload: "Upload photo",
    remove: "Remove photo",
    crop: "Crop",
    x: "Left to right",
    y: "Top to bottom",
    zoom: "Zoom",
    save: "Save crop"
  },
  /** Texts of the settings pages. */
  page: {
    title: "Settings",
    share: "Post from anywhere",
    save: "Save",
    saved: "Saved.",
    fixed: "Set by the server",
    faults: (fields: number): string => count(fields, { one: "One field has an error", other: "# fields have errors" }),
    unsaved: "Nothing was saved. Your input is below.",
    conflict: "These settings were changed elsewhere after you opened them",
    conflictAdvice: "Your version is in the form. Save it, or use the other one.",
    others: "saved elsewhere",
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
    skip: "Skip",
    security: "Add a passkey or turn on two-step login under [Security](/admin/security)."
  }
}
