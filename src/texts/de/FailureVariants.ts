import { isApplePicture } from "../../errors/Media.js"
import type { MediaUnavailable } from "../../errors/MediaStorage.js"
import { inUnits } from "../../errors/Phrases.js"
import { durations } from "../Amounts.js"
import type { failureVariants as english, Words } from "../en/FailureVariants.js"
import type { Translation } from "../Translation.js"

const duration = durations("de")

const unavailable = ({ operation }: Pick<MediaUnavailable, "operation">): Words => ({
  message:
    operation === "write" ? "Die Datei konnte nicht gespeichert werden" : "Die Datei kann gerade nicht gelesen werden",
  suggestion: "Versuche es später noch einmal",
  troubleshooting: [
    operation === "write"
      ? "Die Datei wurde nicht gespeichert. Dein Text ist nicht betroffen"
      : "Die Datei gibt es noch. Nur dieser Versuch, sie zu lesen, ist gescheitert"
  ]
})

/** Words of failures that depend on the failure's data. */
export const failureVariants: Translation<typeof english> = {
  "auth.code_wrong": ({ reason }) => ({
    message: reason === "used" ? "Dieser Code wurde schon benutzt" : "Dieser Code gilt gerade nicht",
    suggestion:
      reason === "used"
        ? "Warte, bis die App den nächsten Code zeigt. Jeder Code gilt einmal"
        : "Gib die sechs Ziffern ein, die die App jetzt zeigt, oder einen deiner Wiederherstellungscodes",
    troubleshooting: [
      "Wenn kein Code angenommen wird, geht vielleicht die Uhr des Telefons falsch: Schalte die automatische Zeit ein",
      "Jeder Wiederherstellungscode gilt einmal, anstelle eines Codes der App"
    ]
  }),
  "auth.origin_foreign": ({ expected, reason }) => ({
    message: {
      cross_site: "Dieses Formular kam von einer Seite einer anderen Website",
      same_site: "Dieses Formular kam von einem anderen Host dieser Domain",
      opaque: "Dieses Formular kam von einer Seite, die verbirgt, zu welcher Website sie gehört",
      other_origin: "Dieses Formular kam von einer anderen Adresse als der dieser Website"
    }[reason],
    suggestion: `Öffne ${expected} in der Adresszeile und sende das Formular noch einmal`,
    troubleshooting: [
      `Die Adresszeile muss mit ${expected} beginnen. Ein anderer Name oder eine IP-Adresse derselben Website genügt nicht`,
      "Wenn du nichts gesendet hast, wollte eine andere Seite in deinem Namen handeln. Es wurde nichts geändert",
      "Eine Erweiterung, die die Herkunft von Formularen verbirgt, kann diesen Fehler auslösen"
    ]
  }),
  "auth.passkey_refused": ({ reason }) => ({
    message: {
      malformed: "Der Browser hat eine ungültige Antwort gesendet",
      unknown: "Dieser Passkey ist auf dieser Website nicht registriert",
      known: "Dieser Passkey wurde schon hinzugefügt",
      invalid: "Der Passkey konnte nicht geprüft werden"
    }[reason],
    suggestion:
      reason === "known"
        ? "Melde dich damit an"
        : "Versuche es noch einmal, nimm einen anderen Passkey oder die Passphrase",
    troubleshooting: ["Ein Passkey gilt nur an der eingestellten Adresse der Website: Öffne sie dort"]
  }),
  "auth.passphrase_refused": ({ reason }) => ({
    ...{
      too_short: {
        message: "Diese Passphrase ist zu kurz",
        suggestion: "Nimm mindestens 8 Zeichen, zum Beispiel vier oder fünf Wörter ohne Zusammenhang"
      },
      too_long: { message: "Diese Passphrase ist zu lang", suggestion: "Nimm höchstens 1024 Zeichen" },
      differs: {
        message: "Die beiden Passphrasen sind verschieden",
        suggestion: "Gib zweimal dieselbe Passphrase ein"
      },
      unchanged: { message: "Das ist schon deine Passphrase", suggestion: "Wähle eine andere" },
      common: {
        message: "Diese Passphrase ist zu leicht zu erraten",
        suggestion:
          "Ziffern und Zeichen um ein häufiges Wort helfen nicht. Nimm vier oder fünf Wörter ohne Zusammenhang, oder lass einen Passwortmanager eine erzeugen"
      },
      of_site: {
        message: "Diese Passphrase besteht aus Wörtern, die auf dieser Website stehen",
        suggestion:
          "Nimm vier oder fünf Wörter ohne Zusammenhang. Meide die Adresse und den Namen der Website, deinen Namen und „starpunk“"
      }
    }[reason],
    troubleshooting: [
      "Alle Zeichen sind erlaubt, auch Leerzeichen und Emoji. Ziffern und Sonderzeichen sind nicht verlangt"
    ]
  }),
  "auth.setup_link_invalid": ({ reason }) => ({
    message:
      reason === "claimed" ? "Diese Website hat schon einen Eigentümer" : "Dieser Einrichtungslink ist abgelaufen",
    suggestion:
      reason === "claimed"
        ? "Wenn du es bist, melde dich an"
        : "Nimm den neuesten Link. Bei jedem Start wird ein neuer ausgegeben",
    troubleshooting: ["Ein Einrichtungslink gilt einen Tag und einmal, und er endet, wenn ein neuerer ausgegeben wird"]
  }),
  "auth.too_many_attempts": ({ retryAfterSeconds }) => ({
    message: "Zu viele Versuche",
    suggestion: `Warte ${duration(retryAfterSeconds)} und versuche es noch einmal`,
    troubleshooting: [
      "Um dich sofort anzumelden, nimm einen Passkey oder einen Browser, in dem du schon angemeldet warst: Versuche anderer sperren diese nicht"
    ]
  }),
  "editor.autosave_refused": ({ state }) => ({
    message: `Dieser Beitrag wurde inzwischen anderswo ${state === "deleted" ? "gelöscht" : "veröffentlicht"}. Nur Entwürfe werden automatisch gespeichert`,
    suggestion:
      state === "deleted"
        ? "Stelle ihn in der Liste der gelöschten Beiträge wieder her und schreib dann weiter"
        : "Wähle „Aktualisieren“, um deine Änderungen zu veröffentlichen",
    troubleshooting: ["Dieser Browser bewahrt deinen ungespeicherten Text auf"]
  }),
  "http.address_malformed": ({ reason }) => ({
    message: reason === "too_long" ? "Diese Adresse ist zu lang" : "Diese Adresse ist fehlerhaft",
    suggestion: {
      escape: "Schreibe % in Adressen als %25, und kodiere Text als UTF-8 in Prozentschreibweise",
      control_character: "Entferne die Steuerzeichen aus der Adresse",
      traversal: "Entferne die Teile `..` aus der Adresse",
      too_long: "Kürze die Adresse",
      form: "Rufe einen Pfad auf, der mit einem Schrägstrich beginnt"
    }[reason],
    troubleshooting: ["Berichtige die Adresse, oder beginne auf der Startseite"]
  }),
  "http.body_too_large": ({ limitBytes }) => ({
    message: "Das ist zu groß",
    suggestion: limitBytes === undefined ? "Sende weniger auf einmal" : `Sende höchstens ${inUnits(limitBytes)}`,
    troubleshooting: ["Kürze den Text, oder verkleinere die Dateien"]
  }),
  "http.overloaded": ({ retryAfterSeconds }) => ({
    message: "Die Website hat gerade zu viele Besucher",
    suggestion: `Versuche es in ${duration(retryAfterSeconds)} noch einmal`,
    troubleshooting: ["Seiten, die gerade viele lesen, etwa die Startseite, sind vielleicht weiter erreichbar"]
  }),
  "http.rate_limited": ({ limit, retryAfterSeconds }) => ({
    message: {
      requests: "Aus deinem Netz kamen zu viele Anfragen",
      searches: "Aus deinem Netz kamen zu viele Suchen",
      authorizations: "Aus deinem Netz kamen zu viele Anfragen nach Zugriff",
      token_requests: "Aus deinem Netz kamen zu viele Anfragen nach Tokens",
      refused_tokens: "Aus deinem Netz kamen zu viele Anfragen mit ungültigen Tokens",
      health_tokens: "Aus deinem Netz kamen zu viele falsche Tokens der Überwachung",
      writes: "Mit diesem Token kamen zu viele Anfragen"
    }[limit],
    suggestion: `Warte ${duration(retryAfterSeconds)} und versuche es noch einmal`,
    troubleshooting: ["Ein Programm muss so viele Sekunden warten, wie `Retry-After` nennt"]
  }),
  "media.damaged": ({ reason }) => ({
    message: {
      unreadable: "Die Datei ist beschädigt",
      too_many_pixels: "Das Bild hat zu viele Pixel",
      too_many_frames: "Die Animation ist zu groß: Ihre Bilder haben zusammen zu viele Pixel",
      too_complex: "Das Bild ist zu kompliziert",
      empty: "Die Datei ist leer"
    }[reason],
    suggestion:
      reason === "unreadable" || reason === "empty"
        ? "Öffne die Datei auf deinem Gerät, speichere sie in einem üblichen Format und lade sie noch einmal hoch"
        : reason === "too_many_frames"
          ? "Kürze oder verkleinere die Animation, oder lade sie als Video (MP4) hoch"
          : "Verkleinere das Bild und lade es noch einmal hoch",
    troubleshooting: ["Ein abgebrochener Upload kann die Ursache sein: Versuche es noch einmal"]
  }),
  "media.store_refused": unavailable,
  "media.too_large": ({ limitBytes }) => ({
    message: "Diese Datei ist zu groß",
    suggestion: `Nimm Dateien von je höchstens ${inUnits(limitBytes)}`,
    troubleshooting: ["Kürze oder komprimiere ein Video oder eine Aufnahme vor dem Hochladen"]
  }),
  "media.unavailable": unavailable,
  "media.unsupported": ({ accepted, found }) => ({
    message:
      found === undefined
        ? "Diese Art von Datei geht hier nicht"
        : `Dateien der Art ${found.slice(0, 80)} gehen hier nicht`,
    suggestion: isApplePicture(found)
      ? "Speichere das Foto als JPEG und lade es noch einmal hoch. Wähle auf einem iPhone Einstellungen, Kamera, Formate, Maximale Kompatibilität; neue Fotos sind dann JPEG"
      : "Speichere ein Bild als JPEG, PNG, GIF, WebP oder AVIF, ein Video als MP4, WebM oder MOV, eine Aufnahme als MP3, M4A, OGG, FLAC oder WAV",
    troubleshooting: [
      `Diese Arten gehen: ${accepted.join(", ")}`,
      "Die Art wird am Inhalt der Datei erkannt, nicht an ihrem Namen"
    ]
  }),
  "page.path_taken": ({ by, free, path }) => ({
    message: `Die Adresse ${path.slice(0, 80)} gehört ${{ site: "der Website selbst", post: "einem anderen Beitrag", former: "einem Beitrag oder einer Datei deiner früheren Website" }[by]}`,
    suggestion:
      free === undefined ? "Wähle eine andere Adresse" : `Wähle eine andere Adresse. ${free.slice(0, 80)} ist frei`,
    troubleshooting: ["Die Adresse einer Seite hat nur einen Teil, etwa /about. Es wurde nichts geändert"]
  }),
  "search.query_invalid": ({ limit, reason }) => ({
    message: "Diese Suche ist ungültig",
    suggestion: {
      empty: "Gib mindestens ein Wort ein",
      too_long: limit === undefined ? "Kürze die Suche" : `Kürze die Suche auf höchstens ${limit} Zeichen`,
      too_many_terms: limit === undefined ? "Nimm weniger Wörter" : `Nimm höchstens ${limit} Wörter und Ausdrücke`,
      bad_date: "Schreibe ein Datum als JJJJ, JJJJ-MM oder JJJJ-MM-TT, etwa before:2024-05-01",
      only_exclusions:
        'Füge mindestens ein Wort hinzu, das vorkommen muss. Ein Wort, das mit einem Minus beginnt, setze in Anführungszeichen: "--force"',
      bad_page:
        limit === undefined
          ? "Nimm eine ganze, positive Seitenzahl"
          : `Nimm eine ganze, positive Seitenzahl bis ${limit}`
    }[reason],
    troubleshooting: [
      'Wörter finden in jeder Reihenfolge, "Ausdrücke in Anführungszeichen" genau, und ein Minus davor schließt ein Wort aus',
      "tag:name, before:Datum und after:Datum grenzen die Suche ein"
    ]
  }),
  "session.expired": ({ reason }) => ({
    message:
      reason === "idle" ? "Du wurdest abgemeldet, weil du länger nichts getan hast" : "Deine Sitzung ist beendet",
    suggestion: "Melde dich wieder an",
    troubleshooting: [
      "Kopiere, was du gerade schreibst, bevor du diese Seite verlässt",
      "Wenn es sofort nach der Anmeldung geschieht, erlaube Cookies für diese Website"
    ]
  })
}
