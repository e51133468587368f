/**
 * Phrases made from patterns, to learn from: `(one|other)` is a choice, `{n}` a name, `{m}` a made-up password, `{d}` a
 * device. The patterns only teach. They are never part of what is measured.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { someName, type Random } from './phrase-variants.ts';

const FOLDER = join(import.meta.dirname, 'phrase-patterns');
/** How many phrases are made from one pattern. */
const FROM_EACH = 16;

/** Things that are reset, broken or replaced, and have no password that anybody is asked for. */
const DEVICES: Readonly<Record<string, readonly string[]>> = {
  english:
    `printer, scanner, projector, router, switch, monitor, coffee machine, copier, badge reader, elevator panel, dashboard counter,
    browser cache, print queue, phone system, conference camera, thermostat, dishwasher, server, label printer, docking station, vending machine,
    Excel settings, Outlook profile, calendar, screen resolution, firewall, access point, headset, plotter, barcode reader`.split(
      /,\s+/u,
    ),
  german:
    `Drucker, Scanner, Beamer, Router, Switch, Bildschirm, Kaffeeautomat, Kopierer, Plotter, Server, Etikettendrucker, Zähler, Kalender,
    Browser-Cache, Aufzug, Kartenleser, Thermostat`.split(/,\s+/u),
  french:
    `imprimante, scanner, projecteur, routeur, écran, machine à café, copieur, serveur, compteur, calendrier, lecteur de badges, toner`.split(
      /,\s+/u,
    ),
  spanish:
    `impresora, escáner, proyector, router, pantalla, cafetera, fotocopiadora, servidor, contador, calendario, lector de tarjetas`.split(
      /,\s+/u,
    ),
  italian:
    `stampante, scanner, proiettore, router, schermo, macchina del caffè, fotocopiatrice, server, contatore, calendario`.split(
      /,\s+/u,
    ),
  dutch:
    `printer, scanner, beamer, router, scherm, koffiemachine, kopieermachine, server, teller, agenda, kaartlezer`.split(
      /,\s+/u,
    ),
  portuguese: `impressora, scanner, projetor, roteador, tela, cafeteira, copiadora, servidor, contador, agenda`.split(
    /,\s+/u,
  ),
  swedish:
    `skrivaren, skannern, projektorn, routern, skärmen, kaffemaskinen, kopiatorn, servern, räknaren, kalendern`.split(
      /,\s+/u,
    ),
  polish: `drukarkę, skaner, projektor, router, monitor, ekspres do kawy, kopiarkę, serwer, licznik, kalendarz`.split(
    /,\s+/u,
  ),
};

const MADE_UP =
  `Welcome1 Summer2026 Winter24! Passw0rd Hello123 Sunshine7 Monday2026! Changeme1 Willkommen1 Sommer2025 Bonjour22 Printemps26
  Hola1234 Verano24 Benvenuto1 Roma2026! Welkom123 Zomer25 Lisboa22 Bemvindo1 Sommar26 Witaj123 Krakow22 Abc12345 Fernhill99 P@ssword1`.split(
    /\s+/u,
  );

const MAIL_KINDS = ['manual-reset', 'open-case', 'unknown'];
const MAILS_OF_EACH = 30;

/** A phrase made from a pattern. */
export interface PatternPhrase {
  readonly language: string;
  readonly kind: string;
  readonly text: string;
  readonly who: string | null;
}

/** Phrases made from every pattern, always the same for one state of `random`. */
export function patternPhrases(random: Random): readonly PatternPhrase[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.txt'));
  return files.toSorted().flatMap((file) => {
    const language = file.replace('.txt', '');
    const lines = readFileSync(join(FOLDER, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    return lines.flatMap((line) => {
      const [kind = '', pattern = ''] = line.split(/: (.*)/su);
      const texts = new Map(Array.from({ length: FROM_EACH }, () => filled(random, pattern, DEVICES[language] ?? [])));
      return Array.from(texts, ([text, who]) => ({ language, kind, text, who }));
    });
  });
}

/** Mails: one phrase among sentences that ask for nothing, so that what is said in between does not count. */
export function mails(random: Random, phrases: readonly PatternPhrase[]): readonly PatternPhrase[] {
  const languages = [...new Set(phrases.map((phrase) => phrase.language))];
  return languages.flatMap((language) => {
    const own = phrases.filter((phrase) => phrase.language === language);
    const fillers = own.filter((phrase) => phrase.kind === 'unknown');
    const one = (list: readonly PatternPhrase[]): PatternPhrase | undefined => list[Math.floor(random() * list.length)];
    return MAIL_KINDS.flatMap((kind) =>
      Array.from({ length: MAILS_OF_EACH }, () => {
        const core = one(own.filter((phrase) => phrase.kind === kind));
        const before = Array.from({ length: 1 + Math.floor(random() * 3) }, () => one(fillers)?.text ?? '');
        const after = Array.from({ length: Math.floor(random() * 3) }, () => one(fillers)?.text ?? '');
        const text = [...before, core?.text ?? '', ...after].join(random() < 0.5 ? '. ' : '\n');
        return { language, kind, text, who: core?.who ?? null };
      }),
    );
  });
}

function filled(random: Random, pattern: string, devices: readonly string[]): readonly [string, string | null] {
  const one = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const name = someName(random);
  const text = pattern
    .replaceAll(/\(([^()]*)\)/gu, (_whole, choices: string) => one(choices.split('|')))
    .replaceAll('{n}', name)
    .replaceAll('{m}', () => one(MADE_UP))
    .replaceAll('{d}', () => one(devices))
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return [text, pattern.includes('{n}') ? name : null];
}
