/**
 * Commands and greetings in languages whose other sentences only the classifier reads: Dutch, Italian, Polish,
 * Portuguese, Swedish.
 */
import type { Phrases } from './phrases.ts';

/** The phrases of the five languages. */
export const MORE_LANGUAGES: Phrases = {
  help: `hulp, help me even, wat kun je, wat kun je doen, wat kun je allemaal, ik heb hulp nodig,
    aiuto, aiutami, cosa sai fare, cosa puoi fare, mi serve aiuto, ho bisogno di aiuto,
    pomoc, pomocy, pomóż, co potrafisz, co umiesz, potrzebuję pomocy,
    ajuda, me ajuda, ajude-me, o que você sabe fazer, o que você faz, preciso de ajuda,
    hjälp, hjälp mig, vad kan du, vad kan du göra, jag behöver hjälp`,
  cases: `mijn zaken, open zaken, mijn open zaken, toon mijn zaken, toon mijn open zaken, laat mijn zaken zien,
    mijn gevallen, mijn open gevallen,
    i miei casi, miei casi, casi aperti, i miei casi aperti, mostra i miei casi, mostra i miei casi aperti, mostrami i miei casi,
    moje sprawy, otwarte sprawy, moje otwarte sprawy, pokaż moje sprawy, pokaż moje otwarte sprawy, moje zgłoszenia,
    meus casos, os meus casos, casos abertos, meus casos abertos, os meus casos abertos, mostra meus casos, mostra os meus casos,
    mostra os meus casos abertos, mostre meus casos, mostrar meus casos,
    mina ärenden, öppna ärenden, mina öppna ärenden, visa mina ärenden, visa mina öppna ärenden`,
  greeting: `hoi, hoi hoi, hallo allemaal, hoi allemaal, goedemorgen, goedemiddag, goedenavond, goedemorgen allemaal,
    goedemiddag allemaal, goedenavond allemaal, goedendag,
    ciao, ciao a tutti, buongiorno, buongiorno a tutti, buonasera, buonasera a tutti, buon pomeriggio, salve, salve a tutti,
    cześć, cześć wszystkim, dzień dobry, dzień dobry wszystkim, dobry wieczór, witam, witam wszystkich, witaj, siema,
    bom dia, bom dia a todos, boa tarde, boa tarde a todos, boa noite, boa noite a todos, olá, olá a todos, oi, oi pessoal,
    olá pessoal,
    hej, hej hej, hej alla, hej allihop, hejsan, god morgon, god morgon alla, god kväll, god eftermiddag, goddag, tjena`,
};
