import { counting } from "../Counted.js"
import type { login as english } from "../en/Login.js"
import type { Translation } from "../Translation.js"

const count = counting("nl")

/** Texts of the login, and of the pages about logins and sessions. */
export const login: Translation<typeof english> = {
  title: "Inloggen",
  confirm: "Bevestig dat jij het bent",
  confirmLead:
    "Om logins, sessies en de toegang van apps te wijzigen moet je kort geleden zijn ingelogd. Log opnieuw in om verder te gaan.",
  or: "of",
  passphrase: "Wachtwoordzin",
  newPassphrase: "Nieuwe wachtwoordzin",
  passphraseHint: "Minstens 8 tekens, bijvoorbeeld vier of vijf losse woorden, of een zin uit een wachtwoordbeheerder.",
  repeatPassphrase: "Herhaal de wachtwoordzin",
  usePasskey: "Passkey gebruiken",
  signInWith: ({ host }) => `Inloggen met ${host}`,
  development: "Inloggen zonder wachtwoordzin (ontwikkeling)",
  twoStep: "Inloggen in twee stappen",
  code: "Code uit je authenticator-app",
  codeHint: "Vul de zes cijfers uit de app in, of een herstelcode.",
  startOver: "Opnieuw beginnen",
  noOwner: "Deze site heeft nog geen eigenaar.",
  noOwnerAdvice:
    "Om eigenaar te worden open je de installatielink die de server bij het starten heeft getoond. Voor een nieuwe link voer je `npx starpunk owner setup` uit op de server.",
  ended: {
    idle: "Je bent uitgelogd omdat je niet actief was. Na het inloggen kom je terug op de pagina waar je was.",
    absolute: "Je sessie heeft de maximale duur bereikt. Na het inloggen kom je terug op de pagina waar je was."
  },
  logout: "Uitloggen",
  notLoggedIn: "Je bent niet ingelogd.",
  home: "Naar de homepage",
  stay: "Blijven",
  provider: {
    title: "Verder naar je provider",
    lead: "[Ga verder naar je provider](address) als je browser die niet vanzelf opent: {host}"
  },
  resume: {
    loggedIn: "Je bent ingelogd",
    confirmed: "Bevestigd",
    sendText: "Je tekst is er nog. Verstuur hem nu.",
    confirmAction: "Bevestig de actie.",
    send: "Nu versturen",
    cancel: "Annuleren",
    filesGone: "Bestanden worden niet bewaard. Voeg ze opnieuw toe als je er had gekozen.",
    yourText: "Je tekst",
    kept: "Je tekst is bewaard",
    keptAdvice: "Log hier in, en verstuur hem op de volgende pagina",
    confirmLead: "Log opnieuw in. Op de volgende pagina kun je de actie afmaken.",
    otherWay: "Geen wachtwoordzin of passkey? [Bevestig op een andere manier](address).",
    newTab: "Op een andere manier inloggen, in een nieuw tabblad",
    comeBack: "Kom daarna hier terug en ga verder:",
    continue: "Verder",
    actions: {
      "/admin/security/passkeys/rename": "Naam van de passkey wijzigen",
      "/admin/security/passkeys/remove": "Passkey verwijderen",
      "/admin/security/codes/off": "Inloggen in twee stappen uitzetten",
      "/admin/sessions/end": "Sessie uitloggen",
      "/admin/sessions/end-others": "Alle andere sessies uitloggen",
      "/admin/sessions/end-all": "Overal uitloggen",
      "/admin/tokens": "Token maken"
    }
  },
  setup: {
    title: "Welkom",
    lead: "Kies een wachtwoordzin om eigenaar van deze site te worden.",
    finish: "Installatie afronden",
    next: "Daarna geef je je site een naam. Een passkey en inloggen in twee stappen kun je later instellen.",
    claimed:
      "Ben je de eigenaar en kun je niet inloggen? Voer dan `npx starpunk owner reset` uit op de server. Dat verwijdert alle logins en toont een nieuwe installatielink.",
    expired:
      "Een installatielink werkt één keer, één dag lang, tot er een nieuwere wordt getoond. Voor een nieuwe link herstart je de server of voer je `npx starpunk owner setup` uit op de server."
  },
  codes: {
    setUp: "Inloggen in twee stappen instellen",
    scan: "Scan deze code met een authenticator-app op je telefoon, of [open hem op dit apparaat](address).",
    picture: "QR-code van de sleutel hieronder",
    enter: "Of vul deze sleutel in de app in: {key}",
    code: "Code uit de app",
    turnOn: "Aanzetten",
    notNow: "Niet nu",
    save: "Bewaar je herstelcodes",
    saveLead:
      "Inloggen in twee stappen staat aan. Als je je telefoon kwijtraakt, kun je met elk van deze herstelcodes één keer inloggen. Print ze of bewaar ze in een wachtwoordbeheerder: ze worden niet nog een keer getoond.",
    saved: "Ik heb ze bewaard"
  },
  security: {
    title: "Beveiliging",
    notices: {
      passphrase: "Wachtwoordzin gewijzigd. Alle andere sessies zijn uitgelogd.",
      "passkey-added": "Passkey toegevoegd. Je kunt er nu mee inloggen.",
      "passkey-renamed": "Naam van de passkey gewijzigd.",
      "passkey-removed": "Passkey verwijderd. Je kunt hem ook van je apparaat verwijderen.",
      "codes-off": "Inloggen in twee stappen staat uit."
    },
    toChange: "om hier iets te wijzigen.",
    passkeys: "Passkeys",
    passkeysLead:
      "Een passkey staat op je telefoon, je computer of een beveiligingssleutel. Je logt in met je vingerafdruk, je gezicht of een pincode. Niemand kan hem raden of met phishing stelen.",
    passkeyName: "Naam van de nieuwe passkey",
    passkeyExample: "Telefoon",
    addPasskey: "Passkey toevoegen",
    needsScript: "Sta JavaScript voor deze site toe om een passkey toe te voegen.",
    needsHttps: "Passkeys hebben https en een hostnaam nodig. Deze site is ingesteld als {site}.",
    added: "Toegevoegd: {time}, nog niet gebruikt",
    addedAndUsed: "Toegevoegd: {time}, laatst gebruikt: {used}",
    backedUp: "met back-up",
    elsewhere: ({ host }) =>
      `Gemaakt voor ${host} en hier niet bruikbaar. Verwijder hem, en voeg een passkey voor dit adres toe.`,
    rename: "Naam wijzigen",
    newName: "Nieuwe naam",
    save: "Opslaan",
    remove: "Verwijderen",
    removeNamed: ({ name }) => `${name} verwijderen`,
    codesLead:
      "Na de wachtwoordzin wordt om een code uit een authenticator-app gevraagd. Een gestolen wachtwoordzin is dan niet genoeg. Passkeys met vingerafdruk, gezicht of pincode hebben geen code nodig.",
    codesSince: "Inloggen in twee stappen staat aan sinds {time}.",
    codesLeft: (codes) =>
      codes === 0
        ? "Er zijn geen herstelcodes meer over."
        : count(codes, { one: "Er is nog één herstelcode over.", other: "Er zijn nog # herstelcodes over." }),
    codesAgain: "Opnieuw instellen met nieuwe herstelcodes",
    codesOff: "Inloggen in twee stappen uitzetten",
    noPassphrase:
      "Niet ingesteld. Met een wachtwoordzin kun je inloggen zonder je IndieAuth-provider en zonder passkey.",
    passphraseSince: "Ingesteld: {time}. Een wijziging logt alle andere sessies uit.",
    currentPassphrase: "Huidige wachtwoordzin",
    changePassphrase: "Wachtwoordzin wijzigen",
    setPassphrase: "Wachtwoordzin instellen"
  },
  sessions: {
    title: "Sessies",
    lead: ({ idle, most }) =>
      `Deze browsers zijn ingelogd op je site. Sessies eindigen na ${idle} zonder gebruik, en uiterlijk na ${most}.`,
    units: {
      day: (days) => count(days, { one: "een dag", other: "# dagen" }),
      hour: (hours) => count(hours, { one: "een uur", other: "# uur" }),
      minute: (minutes) => count(minutes, { one: "een minuut", other: "# minuten" }),
      second: (seconds) => count(seconds, { one: "een seconde", other: "# seconden" })
    },
    endOthers: "Alle andere uitloggen",
    endAll: "Overal uitloggen",
    unknown:
      "Herken je er een niet? Log hem uit, en wijzig je wachtwoordzin onder [Beveiliging](/admin/security). Apps gebruiken [tokens](/admin/tokens).",
    unknownBrowser: "Onbekende browser",
    thisDevice: "Dit apparaat",
    from: "Van {address} · sinds {time}",
    unknownAddress: "een onbekend adres",
    lastUsed: "Laatst gebruikt: {time}",
    ends: "Eindigt: {time}",
    endsIfUnused: "Eindigt zonder gebruik: {time}, uiterlijk: {latest}",
    end: "Uitloggen",
    ended: (sessions) =>
      sessions === 0
        ? "Deze sessie was al afgelopen."
        : count(sessions, { one: "Eén sessie is uitgelogd.", other: "# sessies zijn uitgelogd." })
  }
}
