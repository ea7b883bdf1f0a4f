import { counting } from "../Counted.js"
import type { login as english } from "../en/Login.js"
import type { Translation } from "../Translation.js"

const count = counting("de")

/** Texts of the login, and of the pages about logins and sessions. */
export const login: Translation<typeof english> = {
  title: "Anmelden",
  confirm: "Bestätige, dass du es bist",
  confirmLead:
    "Wer Anmeldungen, Sitzungen und den Zugriff von Apps ändert, muss sich vor Kurzem angemeldet haben. Melde dich noch einmal an, um fortzufahren.",
  or: "oder",
  passphrase: "Passphrase",
  newPassphrase: "Neue Passphrase",
  passphraseHint:
    "Mindestens 8 Zeichen, zum Beispiel vier oder fünf Wörter ohne Zusammenhang oder eine Passphrase aus einem Passwortmanager.",
  repeatPassphrase: "Passphrase wiederholen",
  usePasskey: "Passkey verwenden",
  signInWith: ({ host }) => `Mit ${host} anmelden`,
  development: "Ohne Passphrase anmelden (Entwicklung)",
  twoStep: "Anmeldung in zwei Schritten",
  code: "Code aus deiner Authenticator-App",
  codeHint: "Gib die sechs Ziffern aus der App ein oder einen Wiederherstellungscode.",
  startOver: "Von vorn beginnen",
  noOwner: "Diese Website gehört noch niemandem.",
  noOwnerAdvice:
    "Um sie zu übernehmen, öffne den Einrichtungslink, den der Server beim Start ausgegeben hat. Für einen neuen Link führe `npx starpunk owner setup` auf dem Server aus.",
  ended: {
    idle: "Du wurdest wegen Inaktivität abgemeldet. Nach der Anmeldung kommst du auf die Seite zurück, auf der du warst.",
    absolute:
      "Deine Sitzung hat ihre Höchstdauer erreicht. Nach der Anmeldung kommst du auf die Seite zurück, auf der du warst."
  },
  logout: "Abmelden",
  notLoggedIn: "Du bist nicht angemeldet.",
  home: "Zur Startseite",
  stay: "Bleiben",
  provider: {
    title: "Weiter zu deinem Anbieter",
    lead: "[Weiter zu deinem Anbieter](address), falls dein Browser ihn nicht von selbst öffnet: {host}"
  },
  resume: {
    loggedIn: "Du bist angemeldet",
    confirmed: "Bestätigt",
    sendText: "Dein Text ist noch da. Schick ihn jetzt ab.",
    confirmAction: "Bestätige die Aktion.",
    send: "Jetzt abschicken",
    cancel: "Abbrechen",
    filesGone: "Dateien werden nicht aufgehoben. Füge sie noch einmal hinzu, falls du welche gewählt hattest.",
    yourText: "Dein Text",
    kept: "Dein Text ist noch da",
    keptAdvice: "Melde dich hier an, und schick ihn auf der nächsten Seite ab",
    confirmLead: "Melde dich noch einmal an. Auf der nächsten Seite kannst du die Aktion abschließen.",
    otherWay: "Keine Passphrase und kein Passkey? [Anders bestätigen](address).",
    newTab: "Anders anmelden, in einem neuen Tab",
    comeBack: "Komm dann hierher zurück und mach weiter:",
    continue: "Weiter",
    actions: {
      "/admin/security/passkeys/rename": "Passkey umbenennen",
      "/admin/security/passkeys/remove": "Passkey entfernen",
      "/admin/security/codes/off": "Anmeldung in zwei Schritten ausschalten",
      "/admin/sessions/end": "Sitzung abmelden",
      "/admin/sessions/end-others": "Alle anderen Sitzungen abmelden",
      "/admin/sessions/end-all": "Überall abmelden",
      "/admin/tokens": "Token erstellen"
    }
  },
  setup: {
    title: "Willkommen",
    lead: "Wähle eine Passphrase, um diese Website zu übernehmen.",
    finish: "Einrichtung abschließen",
    next: "Als Nächstes gibst du deiner Website einen Namen. Einen Passkey und die Anmeldung in zwei Schritten kannst du später einrichten.",
    claimed:
      "Wenn die Website dir gehört und du dich nicht anmelden kannst, führe `npx starpunk owner reset` auf dem Server aus. Das entfernt alle Anmeldungen und gibt einen neuen Einrichtungslink aus.",
    expired:
      "Ein Einrichtungslink gilt einmal, einen Tag lang, bis ein neuerer ausgegeben wird. Für einen neuen Link starte den Server neu, oder führe `npx starpunk owner setup` auf dem Server aus."
  },
  codes: {
    setUp: "Anmeldung in zwei Schritten einrichten",
    scan: "Scanne diesen Code mit einer Authenticator-App auf deinem Telefon, oder [öffne ihn auf diesem Gerät](address).",
    picture: "QR-Code des Schlüssels darunter",
    enter: "Oder gib diesen Schlüssel in der App ein: {key}",
    code: "Code aus der App",
    turnOn: "Einschalten",
    notNow: "Nicht jetzt",
    save: "Sichere deine Wiederherstellungscodes",
    saveLead:
      "Die Anmeldung in zwei Schritten ist eingeschaltet. Wenn du dein Telefon verlierst, kannst du dich mit jedem dieser Wiederherstellungscodes einmal anmelden. Druck sie aus, oder leg sie in einem Passwortmanager ab: Sie werden nicht noch einmal angezeigt.",
    saved: "Ich habe sie gesichert"
  },
  security: {
    title: "Sicherheit",
    notices: {
      passphrase: "Passphrase geändert. Alle anderen Sitzungen sind abgemeldet.",
      "passkey-added": "Passkey hinzugefügt. Du kannst dich jetzt damit anmelden.",
      "passkey-renamed": "Passkey umbenannt.",
      "passkey-removed": "Passkey entfernt. Du kannst ihn auch von deinem Gerät löschen.",
      "codes-off": "Die Anmeldung in zwei Schritten ist ausgeschaltet."
    },
    toChange: "um hier etwas zu ändern.",
    passkeys: "Passkeys",
    passkeysLead:
      "Ein Passkey liegt auf deinem Telefon, deinem Computer oder einem Sicherheitsschlüssel. Du meldest dich mit Fingerabdruck, Gesicht oder PIN an. Niemand kann ihn erraten oder durch Phishing stehlen.",
    passkeyName: "Name des neuen Passkeys",
    passkeyExample: "Telefon",
    addPasskey: "Passkey hinzufügen",
    needsScript: "Um einen Passkey hinzuzufügen, erlaube JavaScript für diese Website.",
    needsHttps: "Passkeys brauchen https und einen Hostnamen. Diese Website ist als {site} eingestellt.",
    added: "Hinzugefügt: {time}, noch nicht benutzt",
    addedAndUsed: "Hinzugefügt: {time}, zuletzt benutzt: {used}",
    backedUp: "gesichert",
    elsewhere: ({ host }) =>
      `Für ${host} erstellt und hier nicht brauchbar. Entferne ihn, und füge einen Passkey für diese Adresse hinzu.`,
    rename: "Umbenennen",
    newName: "Neuer Name",
    save: "Speichern",
    remove: "Entfernen",
    removeNamed: ({ name }) => `${name} entfernen`,
    codesLead:
      "Nach der Passphrase fragt die Anmeldung nach einem Code aus einer Authenticator-App. Eine gestohlene Passphrase allein reicht dann nicht. Passkeys mit Fingerabdruck, Gesicht oder PIN brauchen keinen Code.",
    codesSince: "Die Anmeldung in zwei Schritten ist eingeschaltet seit {time}.",
    codesLeft: (codes) =>
      codes === 0
        ? "Es ist kein Wiederherstellungscode mehr übrig."
        : count(codes, {
            one: "Ein Wiederherstellungscode ist übrig.",
            other: "# Wiederherstellungscodes sind übrig."
          }),
    codesAgain: "Mit neuen Wiederherstellungscodes noch einmal einrichten",
    codesOff: "Anmeldung in zwei Schritten ausschalten",
    noPassphrase:
      "Keine gesetzt. Mit einer Passphrase kannst du dich ohne deinen IndieAuth-Anbieter und ohne Passkey anmelden.",
    passphraseSince: "Gesetzt: {time}. Eine Änderung meldet alle anderen Sitzungen ab.",
    currentPassphrase: "Bisherige Passphrase",
    changePassphrase: "Passphrase ändern",
    setPassphrase: "Passphrase setzen"
  },
  sessions: {
    title: "Sitzungen",
    lead: ({ idle, most }) =>
      `Diese Browser sind bei deiner Website angemeldet. Sitzungen enden, wenn sie ${idle} nicht benutzt werden, spätestens nach Ablauf von: ${most}.`,
    units: {
      day: (days) => count(days, { one: "einen Tag", other: "# Tage" }),
      hour: (hours) => count(hours, { one: "eine Stunde", other: "# Stunden" }),
      minute: (minutes) => count(minutes, { one: "eine Minute", other: "# Minuten" }),
      second: (seconds) => count(seconds, { one: "eine Sekunde", other: "# Sekunden" })
    },
    endOthers: "Alle anderen abmelden",
    endAll: "Überall abmelden",
    unknown:
      "Eine kommt dir unbekannt vor? Melde sie ab, und ändere deine Passphrase unter [Sicherheit](/admin/security). Apps verwenden stattdessen [Tokens](/admin/tokens).",
    unknownBrowser: "Unbekannter Browser",
    thisDevice: "Dieses Gerät",
    from: "Von {address} · seit {time}",
    unknownAddress: "einer unbekannten Adresse",
    lastUsed: "Zuletzt benutzt: {time}",
    ends: "Endet: {time}",
    endsIfUnused: "Endet ohne Benutzung: {time}, spätestens: {latest}",
    end: "Abmelden",
    ended: (sessions) =>
      sessions === 0
        ? "Diese Sitzung war schon beendet."
        : count(sessions, { one: "Eine Sitzung wurde abgemeldet.", other: "# Sitzungen wurden abgemeldet." })
  }
}
