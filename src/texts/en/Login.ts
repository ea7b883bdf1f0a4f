import { counting } from "../Counted.js"

const count = counting("en")

/** Texts of the login, and of the pages about logins and sessions. */
export const login = {
  title: "Log in",
  confirm: "Confirm your identity",
  confirmLead: "Changes to logins, sessions and access for apps require a recent login. Log in again to continue.",
  or: "or",
  passphrase: "Passphrase",
  newPassphrase: "New passphrase",
  passphraseHint:
    "At least 8 characters, for example four or five unrelated words, or a passphrase from a password manager.",
  repeatPassphrase: "Repeat passphrase",
  usePasskey: "Use a passkey",
  signInWith: ({ host }: { readonly host: string }): string => `Sign in with ${host}`,
  development: "Log in without a passphrase (development)",
  twoStep: "Two-step login",
  code: "Code from your authenticator app",
  codeHint: "Enter the six digits from the app, or a recovery code.",
  startOver: "Start over",
  noOwner: "This site has no owner yet.",
  noOwnerAdvice:
    "To become its owner, open the setup link that the server printed at start. To print a new link, run `npx starpunk owner setup` on the server.",
  ended: {
    idle: "You were logged out because of inactivity. After you log in, you return to the page you were on.",
    absolute: "Your session has reached its time limit. After you log in, you return to the page you were on."
  },
  logout: "Log out",
  notLoggedIn: "You are not logged in.",
  home: "Go to the home page",
  stay: "Stay",
  provider: {
    title: "Continue to your provider",
    lead: "[Continue to your provider](address) if your browser does not open it automatically: {host}"
  },
  resume: {
    loggedIn: "You are logged in",
    confirmed: "Identity confirmed",
    sendText: "Your text is still here. Send it now.",
    confirmAction: "Confirm the action.",
    send: "Send now",
    cancel: "Cancel",
    filesGone: "Files are not kept. Add them again if you had chosen any.",
    yourText: "Your text",
    kept: "Your text is kept",
    keptAdvice: "Log in here, then send it on the next page",
    confirmLead: "Log in again. You can then complete the action on the next page.",
    otherWay: "No passphrase or passkey? [Confirm another way](address).",
    newTab: "Log in another way, in a new tab",
    comeBack: "Then come back here and continue:",
    continue: "Continue",
    actions: {
      "/admin/security/passkeys/rename": "Rename the passkey",
      "/admin/security/passkeys/remove": "Remove the passkey",
      "/admin/security/codes/off": "Turn off two-step login",
      "/admin/sessions/end": "Log out the session",
      "/admin/sessions/end-others": "Log out all other sessions",
      "/admin/sessions/end-all": "Log out everywhere",
      "/admin/tokens": "Create token"
    }
  },
  setup: {
    title: "Welcome",
    lead: "Choose a passphrase to become the owner of this site.",
    finish: "Finish setup",
    next: "Next, you name your site. You can add a passkey and turn on two-step login later.",
    claimed:
      "If you are the owner and cannot log in, run `npx starpunk owner reset` on the server. It removes every login and prints a new setup link.",
    expired:
      "A setup link works once, for one day, until a newer one is printed. To print a new link, restart the server or run `npx starpunk owner setup` on the server."
  },
  codes: {
    setUp: "Set up two-step login",
    scan: "Scan this code with an authenticator app on your phone, or [open it on this device](address).",
    picture: "QR code of the key below",
    enter: "Or enter this key in the app: {key}",
    code: "Code from the app",
    turnOn: "Turn on",
    notNow: "Not now",
    save: "Save your recovery codes",
    saveLead:
      "Two-step login is on. If you lose your phone, each of these recovery codes lets you log in once. Print them or store them in a password manager: they are not shown again.",
    saved: "I've saved them"
  },
  security: {
    title: "Security",
    notices: {
      passphrase: "Passphrase changed. All other sessions are logged out.",
      "passkey-added": "Passkey added. You can log in with it now.",
      "passkey-renamed": "Passkey renamed.",
      "passkey-removed": "Passkey removed. You can delete it from your device too.",
      "codes-off": "Two-step login is off."
    },
    toChange: "to make changes here.",
    passkeys: "Passkeys",
    passkeysLead:
      "A passkey is stored on your phone, computer or security key. You log in with your fingerprint, face or PIN. It cannot be guessed or phished.",
    passkeyName: "Name of the new passkey",
    passkeyExample: "Phone",
    addPasskey: "Add a passkey",
    needsScript: "To add a passkey, allow JavaScript for this site.",
    needsHttps: "Passkeys need https and a host name. This site is configured as {site}.",
    added: "Added {time}, not used yet",
    addedAndUsed: "Added {time}, last used {used}",
    backedUp: "Backed up",
    elsewhere: ({ host }: { readonly host: string }): string =>
      `Created for ${host} and not usable here. Remove it, and add a passkey for this address.`,
    rename: "Rename",
    newName: "New name",
    save: "Save",
    remove: "Remove",
    removeNamed: ({ name }: { readonly name: string }): string => `Remove ${name}`,
    codesLead:
      "After the passphrase, the login asks for a code from an authenticator app. A stolen passphrase is then not enough to log in. Passkeys with fingerprint, face or PIN need no code.",
    codesSince: "Two-step login has been on since {time}.",
    codesLeft: (codes: number): string =>
      codes === 0
        ? "No recovery codes are left."
        : count(codes, { one: "One recovery code is left.", other: "# recovery codes are left." }),
    codesAgain: "Set up again with new recovery codes",
    codesOff: "Turn off two-step login",
    noPassphrase: "Not set. With a passphrase, you can log in without your IndieAuth provider and without a passkey.",
    passphraseSince: "Set {time}. A change logs out all other sessions.",
    currentPassphrase: "Current passphrase",
    changePassphrase: "Change passphrase",
    setPassphrase: "Set passphrase"
  },
  sessions: {
    title: "Sessions",
    lead: ({ idle, most }: { readonly idle: string; readonly most: string }): string =>
      `These browsers are logged in to your site. Sessions end after ${idle} without use, ${most} at most.`,
    units: {
      day: (days: number): string => count(days, { one: "one day", other: "# days" }),
      hour: (hours: number): string => count(hours, { one: "one hour", other: "# hours" }),
      minute: (minutes: number): string => count(minutes, { one: "one minute", other: "# minutes" }),
      second: (seconds: number): string => count(seconds, { one: "one second", other: "# seconds" })
    },
    endOthers: "Log out all others",
    endAll: "Log out everywhere",
    unknown:
      "Don't recognise one? Log it out, and change your passphrase under [Security](/admin/security). Apps use [tokens](/admin/tokens) instead.",
    unknownBrowser: "Unknown browser",
    thisDevice: "This device",
    from: "From {address} · since {time}",
    unknownAddress: "an unknown address",
    lastUsed: "Last used {time}",
    ends: "Ends {time}",
    endsIfUnused: "Ends {time} if unused, {latest} at the latest",
    end: "Log out",
    ended: (sessions: number): string =>
      sessions === 0
        ? "This session had already ended."
        : count(sessions, { one: "One session was logged out.", other: "# sessions were logged out." })
  }
}
