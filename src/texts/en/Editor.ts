import type { MediaProperty } from "../../domain/editor/PostForm.js"
import type { PostKind } from "../../domain/posts/PostKind.js"
import { counting } from "../Counted.js"

const counted = counting("en")

/** Texts of the owner's pages that write and list posts. */
export const editor = {
  /** Names of the states of a post. */
  states: {
    draft: "Draft",
    scheduled: "Scheduled",
    published: "Published",
    deleted: "Deleted"
  },
  /** Names of the kinds of posts. */
  kinds: {
    note: "Note",
    article: "Article",
    reply: "Reply",
    like: "Like",
    repost: "Repost",
    bookmark: "Bookmark",
    photo: "Photo",
    event: "Event",
    rsvp: "RSVP",
    review: "Review",
    read: "Read",
    watch: "Watch",
    listen: "Listen",
    play: "Play",
    food: "Food",
    drink: "Drink",
    checkin: "Check-in",
    page: "Page"
  } satisfies Record<PostKind, string>,
  /** Names of the visibilities that are not the default. */
  visibilities: { private: "Private", unlisted: "Unlisted" },
  /** Labels of the fields of a post. */
  fields: {
    name: "Title",
    content: "Text",
    summary: "Summary",
    category: "Tags",
    slug: "Address",
    kind: "Kind",
    pinned: "On the home page",
    lang: "Language",
    visibility: "Visible to",
    published: "Published",
    "in-reply-to": "In reply to",
    "like-of": "Like of",
    "repost-of": "Repost of",
    "bookmark-of": "Bookmark of",
    rsvp: "RSVP",
    start: "Event starts",
    end: "Event ends",
    location: "Place",
    media: "Files"
  },
  /** Texts of the form of a post. */
  form: {
    hints: {
      markdown:
        "Markdown: `**bold**`, `*italic*`, `[link](https://…)`, `# heading`, `- list`, `> quotation`. In a post without a title, line breaks are kept.",
      html: "This post is HTML. Unsafe markup is removed when it is shown.",
      category: "Press Enter or comma after each tag.",
      visibility: "Anyone with the link can open an unlisted post. Only you can open a private one.",
      summary: "For lists, feeds and link previews.",
      newSlug: "Leave empty to create it from the title or the first words.",
      publishedSlug: "The old address redirects here.",
      kind: "A page, such as About, does not appear in lists and feeds. Its address has one part, such as /about.",
      pinned: "A pinned post comes before all others.",
      lang: "Set it if the post is not in the site's language: quotation marks and screen readers follow it.",
      publishAt: "Leave empty to publish now.",
      published: "A change moves the post in lists and feeds.",
      rsvp: "Enter the event's address under “In reply to”.",
      start: "A start time turns the post into an event."
    },
    placeholders: { name: "Title (optional)", content: "Write…" },
    markdown: "Markdown",
    settings: "Post settings",
    close: "Close",
    publishAt: "Publish at",
    kindFields: "Like, repost, bookmark, event",
    visibilities: { public: "Public", unlisted: "Unlisted", private: "Private" },
    kinds: { post: "Post", page: "Page" },
    pinned: { no: "In order of time", yes: "Pinned to the top" },
    siteLanguage: ({ name }: { readonly name: string }): string => `As the site (${name})`,
    noRsvp: "None",
    rsvpAnswers: { yes: "Yes", no: "No", maybe: "Maybe", interested: "Interested" },
    save: "Save",
    publish: "Publish",
    schedule: "Schedule for this time",
    saveDraft: "Save draft",
    update: "Update",
    unpublish: "Unpublish",
    unschedule: "Unschedule",
    preview: "Preview",
    edit: "Edit",
    previewPage: "Preview page",
    view: "View",
    lastChanged: ({ time }: { readonly time: string }): string => `Last changed ${time}.`,
    withKey: ({ label }: { readonly label: string }): string => `${label} (Ctrl+Enter)`,
    delete: "Delete",
    empty: "Enter a text, a title or a picture first",
    pastTime: "Choose a time in the future, or publish now",
    faults: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "One thing needs your attention", other: "# things need your attention" }),
    unsaved: "Your text is still in the form below, but it is not saved yet."
  },
  /** Advice about a file whose codec many browsers lack. */
  codec: {
    audio: ({ codec }: { readonly codec: string }): string =>
      `Many browsers cannot play this recording: its codec is ${codec}. Use MP3 or AAC (M4A) instead.`,
    video: ({ codec }: { readonly codec: string }): string =>
      `Many browsers cannot play this video: its codec is ${codec}. Use H.264 (MP4) instead. On an iPhone, choose Settings, Camera, Formats, Most Compatible.`
  },
  /** What is wrong with a field, without a full stop. */
  faults: {
    line_too_long: "Shorten this to at most 5,000 characters",
    text_too_long: "Shorten the text to at most 1,000,000 characters",
    too_many_tags: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "Enter at most # tag", other: "Enter at most # tags" }),
    tag_unusable: ({ given }: { readonly given: string }): string => `“${given}” cannot be used as a tag`,
    address_invalid: ({ given }: { readonly given: string }): string =>
      `“${given}” isn't a web address. Begin it with https:// or http://`,
    answer_unknown: "Choose yes, no, maybe or interested",
    event_missing: "Enter the address of the event",
    too_many_files: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "Attach at most # file of one type", other: "Attach at most # files of one type" }),
    time_invalid: ({ zone }: { readonly zone: string }): string =>
      `Enter a date and time, such as 2026-11-23T19:00. Without an offset, it is in the site's time zone, ${zone}`,
    start_missing: "Enter the start of the event",
    ends_before_start: "The event ends before it starts. Correct the start or the end",
    visibility_unknown: "Choose public, unlisted or private",
    slug_unusable: "Use letters or digits in the address",
    language_unknown: "Choose a language from the list"
  },
  /** Why a text is shown without its markup. */
  rendering: {
    too_slow:
      "Shown as plain text because rendering takes too long. Shorten the text or simplify its markup, then save again.",
    pending: "Shown as plain text until rendering has finished, in about a minute."
  },
  /** Texts of the toolbar. */
  tools: {
    toolbar: "Formatting",
    tools: {
      picture: "Add picture",
      bold: "Bold",
      italic: "Italic",
      link: "Link",
      heading: "Heading",
      quote: "Quote",
      list: "List",
      numbers: "Numbered list",
      code: "Code"
    },
    withKey: ({ label, letter }: { readonly label: string; readonly letter: string }): string =>
      `${label} (Ctrl+${letter})`
  },
  /** Texts of the media of a post. */
  media: {
    nouns: { photo: "picture", video: "video", audio: "recording" } satisfies Record<MediaProperty, string>,
    descriptions: {
      photo: "Description (alt text)",
      video: "Description of the video",
      audio: "Description of the recording"
    } satisfies Record<MediaProperty, string>,
    placeholder: "Describe this picture",
    count: ({ count }: { readonly count: number }): string =>
      count === 0 ? "Files" : counted(count, { one: "# file", other: "# files" }),
    inText: "Pictures in the text",
    list: "Attached",
    uploads: "Uploads",
    gallery: "Make gallery",
    insert: "Insert",
    insertNamed: ({ name }: { readonly name: string }): string => `Insert ${name} into the text`,
    add: "Add files",
    uploadOnSave: "Files are uploaded when you save.",
    uploadNow: "Upload now",
    privacy: "Location data is removed.",
    remove: "Remove",
    removeNamed: ({ name }: { readonly name: string }): string => `Remove ${name}`,
    moveNamed: {
      up: ({ name }: { readonly name: string }): string => `Move ${name} earlier`,
      down: ({ name }: { readonly name: string }): string => `Move ${name} later`
    },
    video: "Video",
    audio: "Recording"
  },
  /** Texts of the page that edits a post. */
  edit: {
    titles: { new: "Write", draft: "Edit draft", post: "Edit post" },
    unsavedFrom: "Unsaved text from {time} was found in this browser.",
    restoreUnsaved: "Restore",
    discardUnsaved: "Discard",
    skip: "Skip to the text",
    back: "Posts",
    newPost: "New post",
    previewPane: "Preview",
    previewFrame: "Preview of the post",
    viewOnSite: "View on your site",
    outcomes: {
      draft: "Saved as a draft. Only you can see it.",
      published: "Published.",
      publishedPrivately: "Published. Only you can see it.",
      scheduled: ({ time }: { readonly time: string }): string => `Scheduled for ${time}.`,
      updated: "Updated.",
      unpublished: "Unpublished. Only you can see it.",
      restored: "Restored.",
      kept: "Your version was saved."
    },
    conflict: {
      title: ({ time }: { readonly time: string }): string => `This post was changed elsewhere on ${time}.`,
      explanation: "Your version is in the form below. It is not saved yet.",
      compare: "Compare",
      mine: "Keep mine",
      theirs: "Use theirs",
      identical: "The two versions are identical.",
      otherField: ({ label }: { readonly label: string }): string => `${label} in the other version`,
      empty: "Empty"
    }
  },
  /** Texts of the page that previews a post. */
  preview: {
    title: "Preview",
    notice: "Preview: only you can see this page."
  },
  /** Texts of the pages that delete a post or show a deleted one. */
  delete: {
    question: "Delete this post?",
    effect: "The post disappears from your pages, feeds and search. Its link will say that it was deleted.",
    unseen: "Only you have seen this post here.",
    restorable: "You can restore it at any time from the list of deleted posts.",
    delete: "Delete",
    cancel: "Cancel",
    deletedPost: "Deleted post",
    deletedOn: ({ isDraft, time }: { readonly time: string; readonly isDraft: boolean }): string =>
      `Deleted on ${time}${isDraft ? " as a draft" : ""}. Restore the post to edit it.`,
    restore: "Restore",
    preview: "Preview"
  },
  /** Texts of the page that removes a deleted post for good, and of the notice afterwards. */
  erase: {
    link: "Delete permanently",
    question: "Delete this post permanently?",
    effect: "Its text is removed from your site and cannot be restored.",
    address: "Its address still says that the post was deleted, and no other post can use that address.",
    backups: "Existing backups and exports still contain it.",
    files: ({ count }: { readonly count: number }): string =>
      counted(count, {
        one: "Also delete # file that nothing else uses",
        other: "Also delete # files that nothing else uses"
      }),
    erase: "Delete permanently",
    cancel: "Cancel",
    done: "Deleted permanently.",
    filesDone: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# file was deleted too.", other: "# files were deleted too." }),
    filesLeft: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# file is still there:", other: "# files are still there:" }),
    filesLink: "Media, not used"
  },
  /** Texts of the form above the list of posts. */
  composer: {
    label: "New note",
    placeholder: "What's new?",
    pictures: "Add pictures",
    open: "Open in editor",
    post: "Post",
    postKey: "Post (Ctrl+Enter)"
  },
  /** Texts of the list of posts. */
  list: {
    title: "Posts",
    passkey: "A passkey is safer than a passphrase, and quicker.",
    addPasskey: "Add a passkey",
    dismissPasskey: "Dismiss",
    filters: {
      all: "All",
      published: "Published",
      draft: "Drafts",
      scheduled: "Scheduled",
      deleted: "Deleted"
    },
    filter: "Filter posts",
    search: "Find a post",
    withWords: ({ words }: { readonly words: string }): string => `With “${words}”`,
    tagged: ({ tag }: { readonly tag: string }): string => `Tagged “${tag}”`,
    newPage: "New page",
    showAll: "Show all",
    plainText: "Shown as plain text",
    view: "View",
    preview: "Preview",
    delete: "Delete",
    restore: "Restore",
    times: { draft: "Changed ", scheduled: "For ", published: "", deleted: "Since " },
    replyTo: ({ host }: { readonly host: string }): string => `Reply to ${host}`,
    gallery: ({ count }: { readonly count: number }): string => counted(count, { other: "Gallery, # photos" }),
    noDescription: "No description",
    posted: "Posted.",
    viewPosted: "View post",
    editPosted: "Edit",
    deleted: ({ call }: { readonly call: string }): string => `Deleted: “${call}”.`,
    deletedLink: "Its link will say that it was deleted.",
    undo: "Undo",
    welcome: "No posts yet",
    drafts: "Say something above, or write your first post in the editor. Drafts stay private until you publish them.",
    writeFirst: "Write your first post",
    none: {
      all: "No posts.",
      published: "No published posts yet.",
      draft: "No drafts.",
      scheduled: "No scheduled posts.",
      deleted: "No deleted posts."
    },
    noMatch: "No matching posts.",
    seeAll: "See all posts"
  }
}
