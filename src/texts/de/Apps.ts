import { counting } from "../Counted.js"
import type { apps as english } from "../en/Apps.js"
import type { Translation } from "../Translation.js"

const count = counting("de")

/** Texts about apps. */
export const apps: Translation<typeof english> = {
  scopes: {
    create: "Neue Beiträge veröffentlichen. Mit `update` auch vorhandene veröffentlichen oder verbergen",
    draft: "Entwürfe anlegen",
    update: "Alle Beiträge lesen, auch private und Entwürfe, und sie bearbeiten",
    delete: "Alle Beiträge lesen, auch private und Entwürfe, und sie löschen oder wiederherstellen",
    undelete: "Gelöschte Beiträge wiederherstellen",
    media: "Fotos, Videos und Aufnahmen hochladen",
    profile: "Deinen Namen, dein Foto und die Adresse deiner Website sehen",
    email: "Deine E-Mail-Adresse sehen, falls in den Einstellungen eine steht"
  },
  lifetime: "Gültigkeit",
  lifetimes: {
    unlimited: "Bis auf Widerruf",
    renewed: "30 Tage, verlängert, solange die App benutzt wird, höchstens ein Jahr",
    month: "30 Tage",
    day: "Ein Tag"
  },
  renewal: "Viele Apps können ein Token nicht erneuern und funktionieren nicht mehr, wenn es abläuft.",
  permissions: "Berechtigungen",
  consent: {
    title: ({ app }) => `Bei ${app} anmelden`,
    question: "Bei {app} anmelden?",
    app: "App",
    about: "Mehr dazu: {address}",
    youAre: "Du meldest dich an als",
    sentTo: "Danach geht es zurück zu",
    unprotected:
      "**Diese App meldet sich ohne PKCE an.** Wer die Antwort abfängt, kann sie anstelle der App verwenden. Erlaube es nur, wenn du diese Anmeldung gerade selbst bei {host} begonnen hast.",
    allow: "Erlauben",
    deny: "Ablehnen",
    notYou: "Wenn du diese Anmeldung nicht selbst begonnen hast, lehne sie ab.",
    onDevice: "der App auf diesem Gerät, die {protocol} öffnet",
    onComputer: ", einer App auf diesem Computer",
    otherAddress: "Das ist eine andere Adresse als die der App. Die App führt sie als ihre eigene auf.",
    identityOnly: "Die App prüft nur, wer du bist. Sie bekommt keinen Zugriff auf deine Website.",
    otherSites: "Für andere Websites",
    otherSitesAdvice:
      "Diese Berechtigungen bewirken hier nichts. Andere Websites, die deiner Anmeldung vertrauen, etwa ein Social Reader, verwenden sie.",
    label: "Name in der Liste der Tokens"
  },
  fault: {
    title: "Diese App kann sich nicht anmelden",
    lead: "{app} ({id}) hat eine ungültige Anfrage geschickt. An die App wurde nichts gesendet, und nichts wurde geändert.",
    error: "Fehler",
    advice:
      "Wenn du diese Anmeldung nicht selbst begonnen hast, schließe diese Seite. Sonst geh zurück zur App unter {app} und schick ihr diesen Fehler."
  },
  tokens: {
    title: "Tokens",
    notCreated: "Das Token wurde nicht erstellt",
    none: "Keine App hat Zugriff auf deine Website. Wenn du dich mit der Adresse deiner Website bei einer App anmeldest, erscheint ihr Token hier.",
    created: "Das Token {label}",
    copy: "Kopiere es jetzt. Es wird nicht gespeichert und nicht noch einmal angezeigt.",
    manual: "Von Hand erstellt",
    allows: ({ scopes }) => `Berechtigungen: ${scopes}`,
    allowsNothing: "keine auf dieser Website",
    elsewhere: ({ scopes }) => `Für andere Websites: ${scopes}`,
    createdOn: ({ day }) => `Erstellt am ${day}`,
    neverUsed: "nie benutzt",
    lastUsed: ({ time }) => `zuletzt benutzt: ${time}`,
    unlimited: "gültig bis auf Widerruf",
    expired: ({ day }) => `abgelaufen am ${day}`,
    expires: ({ day }) => `läuft am ${day} ab`,
    expiresUnlessRenewed: ({ day }) => `läuft am ${day} ab, wenn es nicht erneuert wird`,
    rename: "Umbenennen",
    newName: ({ label }) => `Neuer Name für ${label}`,
    revoke: "Widerrufen",
    revokeAll: (tokens) => count(tokens, { other: "Alle # Tokens dieser App widerrufen" }),
    create: "Token erstellen",
    createLead: "Für Skripte und für Apps, die sich nicht anmelden können.",
    name: "Name",
    submit: "Token erstellen",
    faults: {
      label: "Gib einen Namen für das Token ein.",
      scopes: "Wähle mindestens eine Berechtigung.",
      lifetime: "Wähle eine Gültigkeit."
    }
  },
  activity: {
    title: "Aktivität",
    lead: "Anfragen von Apps und Anmeldungen, die neuesten zuerst. Sie werden 30 Tage aufbewahrt. Inhalte und Tokens werden nie gespeichert.",
    lost: (requests) =>
      count(requests, {
        one: "Eine Anfrage fehlt hier: Als sie kam, konnte nicht in die Datenbank geschrieben werden. Sie steht im Zugriffsprotokoll.",
        other:
          "# Anfragen fehlen hier: Als sie kamen, konnte nicht in die Datenbank geschrieben werden. Sie stehen im Zugriffsprotokoll."
      }),
    filter: "Anfragen filtern",
    all: "Alle",
    rejected: "Nur abgelehnte",
    noneRejected: "Keine abgelehnten Anfragen",
    none: "Noch keine Anfragen",
    noneRejectedAdvice: "Abgelehnte Anfragen von Apps erscheinen hier mit dem Grund.",
    noneAdvice:
      "Hier erscheint, wenn sich Apps anmelden, etwas veröffentlichen oder hochladen. Bei abgelehnten Anfragen steht der Grund.",
    connect:
      "Um eine App zu verbinden, gib ihr deine Adresse, {site}. Wenn sie nach dem Micropub-Endpunkt fragt, nimm {endpoint}.",
    from: ({ address }) => `von ${address}`,
    unknownAddress: "einer unbekannten Adresse",
    accepted: "Angenommen",
    failed: "Fehlgeschlagen",
    refused: "Abgelehnt",
    unknownApp: "Eine unbekannte App",
    signIn: "Anmeldung"
  }
}
