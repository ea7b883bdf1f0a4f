import { counting } from "../Counted.js"

const counted = counting("en")

/** Texts of the page about the site's data. */
export const data = {
  title: "Data",
  lead: "Everything on this site is yours. Take it with you, whenever you like.",
  everything: {
    title: "Download everything",
    about:
      "One zip file with every post as Markdown, drafts and deleted posts included, every picture and file, and your settings. Other programs can read it, and StarPunk can import it again.",
    without: "Passphrases, sessions and access of apps are not in it.",
    button: "Download everything",
    confirm: "Confirm your identity",
    confirmFirst: "to download. This protects your drafts if someone else uses this browser."
  },
  backups: {
    title: "Backups",
    about: (keep: number) =>
      counted(keep, {
        one: "The server copies the whole site automatically, logins included, and checks each copy. It keeps only the newest.",
        other:
          "The server copies the whole site automatically, logins included, and checks each copy. It keeps the newest #."
      }),
    off: "Backups are off. The operator of the server can turn them on with the setting",
    offHint: "Until then, use “Download everything” regularly.",
    withoutMedia:
      "Pictures and files are in an object store. They are not in these backups; “Download everything” has them.",
    none: "There is no backup yet.",
    unreadable: "The backups cannot be read at the moment. The operator finds the reason in the server's log.",
    make: "Back up now",
    confirmFirst: "to make or download a backup.",
    failed: "The last attempt failed, and nothing was changed. The operator finds the reason in the server's log.",
    made: "The backup is complete and checked.",
    running: "A backup is being made. You can leave this page.",
    refresh: "Show the current state",
    download: (day: string) => `Download the backup of ${day}`,
    downloadShort: "Download",
    steps: {
      "Copying the database": "Copying posts and settings",
      "Checking the copy": "Checking the copy",
      "Writing the archive": "Adding pictures and files",
      "Verifying the archive": "Checking the backup"
    },
    step: (step: string, percent: string) => (percent === "" ? `${step} …` : `${step}: ${percent}.`),
    working: "Working"
  }
}
