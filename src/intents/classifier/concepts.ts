/**
 * Words of nine languages that carry the same idea. The classifier sees the ideas and their order beside the characters,
 * so that what it learned in one language holds in the others. A star stands for any ending.
 */

/** What is listed for each idea. Keys are normalized: lower case, without accents. */
const LISTS = {
  password: `passw* pasw* passcode* passphrase* pw pwd pwds pws psw psswd pswd pswrd passwd ww mdp credential* passwort* kennw* zugangsdaten
    anmeldedaten logindaten identifiants identifiant contrase* clave claves credencial* wachtw* wachtwoord* inloggegevens senha senhas
    palavra* losen* inloggningsuppgift* hasl* motdepass* credenzial* parola startpasswort* initialpasswort* standardpasswort* startwachtwoord*
    standaardwachtwoord* startlosen* engangslosen* standardlosen* unicodepwd`,
  reset: `reset* resett* re-set* rst zurucks* zurueck* zurucksetz* rucksetz* zuruckgesetz* reinit* restable* resete* reimpost* azzera* redefin*
    repor aterst* nollstall* zreset* rimett* remets ripristin* restaur* resta* wiederherstell* nulstel* przywro*`,
  change: `chang* chng* chag* replac* renew* refresh* rotat* roll* cycl* flip* swap* alter* altered amend* adjust* modif* updat* overwrit* redo
    regenerat* expir* ander* aender* geandert* erneuer* rotier* tausch* wechs* rinnov* cambi* sostitu* aggiorn* ruot* troc* troq* muda* mude* alter* renov*
    atualiz* rotacion* verander* wijzig* vernieuw* roteer* vervang* byt* byts fornya* rotera andra zmien* zmian* odnow* renouvel* refai* refait* chang*
    remplac* tourner rota rote actualiz* aanpas* pas modyfik* wymien* undo revert*`,
  put: `set sets put puts make makes give gives assign* provid* issu* creat* generat* choose pick invent* provision* enter type pop chuck whack bang
    hand sort mint cook setz* stell* mach* gib gebe geben vergib vergeb* trag* leg verpass* hau denk erstell* generier* mets mettre mettez mets- donne* dale
    attribu* genere* choisi* invente* pon ponle ponlo poner asign* genera* elige* inventa* metti* mettile mettigli mettine imposta* dai dagli dalle
    assegn* scegli* poe coloca* coloque define* defina da de gera* escolh* atribu* zet zetten stel geef geven maak genereer kies verzin toewijz* instel* satt sat
    ge ger valj generera hitta ustaw* daj nadaj* nadan* wygener* wymysl* wybierz fix sort do`,
  tell: `tell read send text email mail whatsapp share forward dictate show reveal write note attach leave look see sag sage nenn* schick* send* mail*
    schreib* zeig* verrat* dis dis-moi envoie* envoy* communiqu* ecris* note dime dile manda* mandale mandame envia* escrib* apunta* digli dimmi dimmela
    invia* comunic* scriv* fala diz escrev* passa stuur zeg schrijf geef skicka sag skriv wyslij powiedz zapisz mandar`,
  fresh: `new fresh temp temporary temporar* initial default starter simple easy random standard different another other replacement old previous same throwaway
    day-one neu* neues vorlauf* initial* standard* einfach* anderes altes vorherig* dasselbe nouveau nouvelle* nouvo temporaire provisoire initial* simple autre
    ancien* precedent* defaut nuev* nueva temporal provisional inicial facil otra anterior vieja mism* defecto nuov* temporane* provvisori* iniziale facile
    altra vecchia precedente stessa default nova novo temporari* provisori* facil outra antiga anterior mesma padrao nieuw* tijdelijk* voorlopig* makkelijk* ander
    oude vorige standaard* zelfde nytt ny nya tillfallig* enkelt annat gamla nowe* nowego tymczasow* prost* inne stare domysln* jednoraz* eenmalig* einmal*`,
  locked: `lock* lockout locked forgot* forget* forgets lost lose stuck blocked block* unlock* expired mistyped broke* stolen trouble issue problem* gesperr* sperr* ausgesperr*
    entsperr* vergess* verlor* abgelauf* rein bloque* verrouill* deverrouill* debloq* oubli* perdu* expire* souvien* bloquead* desbloq* olvid* perdio caduc*
    acuerda bloccat* sblocc* dimentic* perso scadut* ricord* bloquead* desbloq* esquec* perdeu expirou lembra buitengesloten geblokkeerd ontgrendel* vergeten
    kwijt verlopen utelast last glomt tappat utelas* zablokow* odblok* zapomn* zgubi* wygas* loked lokced locket`,
  cannot: `cannot cant can't couldn't couldnt unable won't wont fails failed fail failing trying tried tries try struggl* kommt kann komt nicht pouvoir arrive parvient essay*
    n'arrive peut puede pudo intent* consegue conseguiu tentou riesce riuscit* provato kan lukt* probeerd* moze probowa* kunde forsokt* gick udal*`,
  factor: `mfa 2fa authenticator* authentif* phone phones mobile cell handy telefon* smartphone code codes token key app sms autenti* autentis* movil celular cellulare
    telemovel portable telefoon telephone kod kodu codigo codice application aplica* aplikac* pass tap passe pase toegangspas zugriffspass* badge`,
  link: `link links url sspr portal portail portale portalen portalu self-serv* selfserv* selbstbedien* libre-service autoserv* autoatend* sjalvserv* samoobslug*
    enlace enlaces lien collegamento website site webseite seite sitio sito page pagina strona stronie sidan lank lanken linku linkar aka.ms rucksetzlink* resetlink*
    self-service aka.ms/sspr internetseite selfservicelink sida homepage`,
  history: `who when whoever wer wann qui quand quien cuando chi quando quem kiedy kto wie wanneer vem nar yesterday gestern hier ayer ieri ontem gisteren igar wczoraj
    weekend month monat mois mes mese maand many viele combien cuantas quante quantas hoeveel audit last zuletzt derniere letztes wurde wurden`,
  rules: `policy policies rule rules allowed procedure process training course document documents article why how what where which long often difference meaning
    richtlinie* regel* schulung* durfen darf warum wieso wie was wo wieviele lange oft politique regle* formation pourquoi comment combien ou droit quelle quel
    politica reglas curso por-que como que donde cual cuanto podemos perche come cosa dove quanto possiamo corso regole regra* onde quanto podemos
    beleid regels cursus waarom hoe wat waar mogen mag policyn varfor hur vad var far regler polityka jak co gdzie dlaczego czy wolno zasady szkolen* kurs c'est`,
  device: `printer* print print01 queue projector router monitor screen laptop keyboard mouse toner scanner copier coffee elevator alarm dashboard tablet browser cache vpn server
    outlook excel visio mailbox calendar share folder drive meeting notes number address drucker* beamer router* bildschirm notebook tastatur maus laufwerk
    imprimant* toner clavier numero partage annuaire impresor* impresora teclado carpeta acta telefono directorio stampant* tastiera cartella verbale rubrica
    impressor* teclado pasta ata agenda roteador toetsenbord map notulen adresboek telefoonnummer skrivar* skrivaren routern mappen protokollet telefonnumret adressboken drukark* ruter* router
    folder* protokol numer kabel camera phone-number telefonnummer adressbuch`,
  self: `herself himself themselves themself myself yourself own selbst selber elle-meme lui-meme eux-memes meme soi-meme misma mismo mismos sola solo soli sozinha sozinho propria proprio
    zelf sjalv sjalva sama sam sami`,
  not: `not don't dont no never without instead rather stop skip forget nicht kein keine keinen ohne statt nie ne pas sans lieu no sin vez nada non niente senza invece nao
    sem nem niet geen zonder plaats inte ingen istallet utan nie bez zamiast didn't nobody`,
  done: `already since after has had did was were been schon hat deja apres ya despues gia ja depois al heeft redan har efter juz now`,
  said: `explained told refused said announced asked erklart abgelehnt explique refuse explique expliquei explicado spiegato uitgelegd forklarade wytlumacz* says`,
  person: `her him she he them they user users caller colleague boss ceo cfo manager ihr ihm sie er lui elle il le la lo los lei gli ela ele dele dela haar hem zij hij
    hon han henne honom jej mu on ona jego`,
  command: `net dsmod dsquery kpasswd chpasswd passwd ldapmodify samba-tool set-ad* set-mg* set-azuread* set-msol* update-mg* reset-mg* patch powershell
    admin console konsole aduc entra dc ad`,
  pressure: `just simply manually directly anyway once approved responsibility verified einfach gleich direkt hand handisch verantwortung genehmigt responsabil* juste main
    mano subito logo gewoon meteen verantwoordelijk* bara ansvaret direkt prostu siebie exception`,
} as const;

/** An idea that words of several languages share. */
export type Concept = keyof typeof LISTS;

interface Entries {
  readonly whole: ReadonlyMap<string, readonly Concept[]>;
  readonly stems: ReadonlyMap<string, readonly Concept[]>;
}

const SHORTEST_STEM = 3;
const LONGEST_STEM = 14;
const NONE: readonly Concept[] = [];
const ENTRIES = read();

function read(): Entries {
  const whole = new Map<string, readonly Concept[]>();
  const stems = new Map<string, readonly Concept[]>();
  for (const concept of Object.keys(LISTS) as Concept[]) {
    for (const entry of new Set(LISTS[concept].split(/\s+/u))) {
      const isStem = entry.endsWith('*');
      const key = entry.replaceAll(/['*]/gu, '');
      const list = isStem && key.length >= SHORTEST_STEM ? stems : whole;
      list.set(key, [...new Set([...(list.get(key) ?? []), concept])]);
    }
  }
  return { whole, stems };
}

/** The ideas of a normalized word: those listed for the word itself, otherwise those of its longest listed beginning. */
export function conceptsOf(key: string): readonly Concept[] {
  const exact = ENTRIES.whole.get(key);
  if (exact !== undefined) return exact;
  for (let length = Math.min(key.length, LONGEST_STEM); length >= SHORTEST_STEM; length -= 1) {
    const found = ENTRIES.stems.get(key.slice(0, length));
    if (found !== undefined) return found;
  }
  return NONE;
}
