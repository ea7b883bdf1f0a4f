import { counting } from "../Counted.js"
import type { apps as english } from "../en/Apps.js"
import type { Translation } from "../Translation.js"

const count = counting("nl")

/** Texts about apps. */
export const apps: Translation<typeof english> = {
  scopes: {
    create: "Nieuwe berichten publiceren. Met `update` ook bestaande berichten publiceren of verbergen",
    draft: "Concepten maken",
    update: "Alle berichten lezen, ook privéberichten en concepten, en ze bewerken",
    delete: "Alle berichten lezen, ook privéberichten en concepten, en ze verwijderen of terugzetten",
    undelete: "Verwijderde berichten terugzetten",
    media: "Foto’s, video’s en opnamen uploaden",
    profile: "Je naam, je foto en het adres van je site zien",
    email: "Je e-mailadres zien, als dat in de instellingen staat"
  },
  lifetime: "Geldigheid",
  lifetimes: {
    unlimited: "Tot het wordt ingetrokken",
    renewed: "30 dagen, verlengd zolang de app wordt gebruikt, hoogstens een jaar",
    month: "30 dagen",
    day: "Eén dag"
  },
  renewal: "Veel apps kunnen een token niet vernieuwen en werken niet meer als het verloopt.",
  permissions: "Rechten",
  consent: {
    title: ({ app }) => `Inloggen bij ${app}`,
    question: "Inloggen bij {app}?",
    app: "App",
    about: "Meer hierover: {address}",
    youAre: "Je logt in als",
    sentTo: "Daarna ga je terug naar",
    unprotected:
      "**Deze app logt in zonder PKCE.** Wie het antwoord onderschept, kan het in plaats van de app gebruiken. Sta dit alleen toe als je zelf net bent begonnen met inloggen, op {host}.",
    allow: "Toestaan",
    deny: "Weigeren",
    notYou: "Ben je niet zelf begonnen met inloggen? Weiger dan.",
    onDevice: "de app op dit apparaat die {protocol} opent",
    onComputer: ", een app op deze computer",
    otherAddress: "Dit is een ander adres dan dat van de app. De app noemt het als eigen adres.",
    identityOnly: "De app controleert alleen wie je bent. Ze krijgt geen toegang tot je site.",
    otherSites: "Voor andere sites",
    otherSitesAdvice:
      "Deze rechten hebben op deze site geen effect. Andere sites die je login vertrouwen, zoals een social reader, gebruiken ze.",
    label: "Naam in de lijst met tokens"
  },
  fault: {
    title: "Deze app kan niet inloggen",
    lead: "{app} ({id}) stuurde een ongeldig verzoek. Er is niets naar de app gestuurd en er is niets gewijzigd.",
    error: "Fout",
    advice:
      "Ben je niet zelf begonnen met inloggen? Sluit dan deze pagina. Ga anders terug naar de app op {app} en stuur haar deze fout."
  },
  tokens: {
    title: "Tokens",
    notCreated: "Het token is niet gemaakt",
    none: "Geen enkele app heeft toegang tot je site. Als je met het adres van je site inlogt bij een app, verschijnt het token hier.",
    created: "Het token {label}",
    copy: "Kopieer het nu. Het wordt niet bewaard en niet nog een keer getoond.",
    manual: "Met de hand gemaakt",
    allows: ({ scopes }) => `Rechten: ${scopes}`,
    allowsNothing: "geen op deze site",
    elsewhere: ({ scopes }) => `Voor andere sites: ${scopes}`,
    createdOn: ({ day }) => `Gemaakt op ${day}`,
    neverUsed: "nooit gebruikt",
    lastUsed: ({ time }) => `laatst gebruikt: ${time}`,
    unlimited: "geldig tot het wordt ingetrokken",
    expired: ({ day }) => `verlopen op ${day}`,
    expires: ({ day }) => `verloopt op ${day}`,
    expiresUnlessRenewed: ({ day }) => `verloopt op ${day} als het niet wordt vernieuwd`,
    rename: "Naam wijzigen",
    newName: ({ label }) => `Nieuwe naam van ${label}`,
    revoke: "Intrekken",
    revokeAll: (tokens) => count(tokens, { other: "Alle # tokens van deze app intrekken" }),
    create: "Token maken",
    createLead: "Voor scripts en voor apps die niet kunnen inloggen.",
    name: "Naam",
    submit: "Token maken",
    faults: {
      label: "Vul een naam voor het token in.",
      scopes: "Kies minstens één recht.",
      lifetime: "Kies een geldigheid."
    }
  },
  activity: {
    title: "Activiteit",
    lead: "Verzoeken van apps en logins, nieuwste eerst. Ze blijven 30 dagen bewaard. Inhoud en tokens worden nooit bewaard.",
    lost: (requests) =>
      count(requests, {
        one: "Er ontbreekt hier een verzoek: toen het kwam, kon er niet in de database worden geschreven. Het staat in het toegangslog.",
        other:
          "Er ontbreken hier # verzoeken: toen ze kwamen, kon er niet in de database worden geschreven. Ze staan in het toegangslog."
      }),
    filter: "Verzoeken filteren",
    all: "Alle",
    rejected: "Alleen geweigerde",
    noneRejected: "Geen geweigerde verzoeken",
    none: "Nog geen verzoeken",
    noneRejectedAdvice: "Geweigerde verzoeken van apps verschijnen hier met de reden.",
    noneAdvice:
      "Verzoeken van apps om in te loggen, te publiceren of te uploaden verschijnen hier. Bij geweigerde verzoeken staat de reden.",
    connect:
      "Om een app te koppelen geef je haar je adres, {site}. Vraagt ze om het Micropub-eindpunt, gebruik dan {endpoint}.",
    from: ({ address }) => `van ${address}`,
    unknownAddress: "een onbekend adres",
    accepted: "Geaccepteerd",
    failed: "Mislukt",
    refused: "Geweigerd",
    unknownApp: "Een onbekende app",
    signIn: "Login"
  }
}
