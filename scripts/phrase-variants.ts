/**
 * Variants of a phrase for training: other names, other words for the same thing, slips of the keyboard, polite words
 * around it. They teach the classifier what does not matter. Everything follows from the seed.
 */

/** Numbers from 0 up to 1, always the same for one seed. */
export type Random = () => number;

const FIRST_NAMES =
  `Lena Jonas Priya Chidi Aoife Mehmet Olga Tomasz Giulia Sanne Beatriz Astrid Kwame Yuki Fatima Pierre Zoltan Marta
  Hamza Ingrid Paul Grace Viktor Renata Oscar Bianca Dirk Noor Sipho Elif Rasa Hugo`.split(/\s+/u);
const LAST_NAMES =
  `Hartmann Keller Okafor Novak O'Brien Rossi García Yılmaz Lindqvist Bakker Souza Kowalczyk Nguyen Martin Weber Silva
  Haddad Petrov Jansen Moreau Sørensen Costa Ferrari Dubois Schmidt Almeida Wolska Eriksson Mbeki Tanaka Murphy Vogt`.split(
    /\s+/u,
  );

/** Words for the same thing: any of a group may stand for any other. */
const SAME: readonly (readonly string[])[] = [
  [
    'password',
    'pw',
    'pwd',
    'passcode',
    'login',
    'credentials',
    'pass word',
    'passwd',
    'AD password',
    'Windows password',
  ],
  ['Passwort', 'Kennwort', 'PW', 'Zugangspasswort', 'Windows-Kennwort', 'AD-Passwort'],
  ['mot de passe', 'mdp', 'code d’accès', 'mot de passe Windows'],
  ['contraseña', 'clave', 'contrasena', 'clave de acceso', 'contraseña de Windows'],
  ['wachtwoord', 'ww', 'inlogwachtwoord', 'Windows-wachtwoord'],
  ['senha', 'palavra-passe', 'senha de rede', 'password'],
  ['lösenord', 'losenord', 'Windows-lösenord'],
  ['lösenordet', 'losenordet', 'koden'],
  ['hasło', 'haslo', 'hasło do Windows'],
  ['reset', 'change', 'redo', 'renew', 'replace'],
  ['zurücksetzen', 'neu setzen', 'ändern', 'zuruecksetzen'],
  ['réinitialiser', 'changer', 'refaire', 'modifier'],
  ['restablecer', 'cambiar', 'resetear', 'renovar'],
  ['reimpostare', 'cambiare', 'resettare', 'rinnovare'],
  ['redefinir', 'trocar', 'resetar', 'alterar', 'repor'],
  ['printer', 'scanner', 'projector', 'router', 'monitor', 'dishwasher', 'badge reader', 'switch', 'camera', 'tablet'],
  ['Drucker', 'Scanner', 'Beamer', 'Router', 'Bildschirm', 'Kaffeeautomat'],
  ['imprimante', 'scanneur', 'machine', 'caméra'],
  ['impresora', 'pantalla', 'cafetera', 'cámara'],
  ['stampante', 'macchina', 'telecamera', 'lavagna'],
  ['impressora', 'máquina', 'câmera', 'copiadora'],
];

const BEFORE = [
  'sorry, could you',
  'can you',
  'I would like you to',
  'hi',
  'hello team,',
  'hi all.',
  'quick one:',
  's’il vous plaît',
  'por',
  'per',
  'bonjour,',
  'hola,',
  'sorry, but',
  'urgent!',
  'ciao,',
  'olá,',
  'hoi,',
  'hej,',
  'cześć,',
];
const AFTER = [
  ', thx!',
  'por',
  'now',
  'right away',
  'if possible',
  'grazie',
  'obrigado',
  'bedankt',
  'tack',
  'dzięki',
  '. Regards',
  'today',
  '!!!',
];

function pick<T>(random: Random, list: readonly T[]): T | undefined {
  return list[Math.floor(random() * list.length)];
}

/** A name as people write it: in full, first or last name alone, sign-in name, mail address, employee id. */
export function someName(random: Random): string {
  const first = pick(random, FIRST_NAMES) ?? '';
  const last = pick(random, LAST_NAMES) ?? '';
  const short = `${first.slice(0, 1)}${last}`.toLowerCase().replaceAll(/[^a-z]/gu, '');
  const forms = [
    `${first} ${last}`,
    `${first} ${last}`,
    `${first} ${last}`,
    first,
    last,
    short,
    `${short}@fernhill.example`,
  ];
  return pick(random, forms) ?? first;
}

/** One slip of the keyboard in one of the longer words: a sign dropped, doubled, or swapped with the next. */
export function withTypo(random: Random, text: string): string {
  const words = text.split(' ');
  const long = words.flatMap((word, at) => (/^\p{L}{5,}$/u.test(word) ? [at] : []));
  const at = pick(random, long);
  if (at === undefined) return text;
  const signs = Array.from(words[at] ?? '');
  const slip = 1 + Math.floor(random() * (signs.length - 2));
  const kind = random();
  const [one = '', two = ''] = [signs[slip], signs[slip + 1]];
  if (kind < 0.4) signs.splice(slip, 2, two, one);
  else if (kind < 0.75) signs.splice(slip, 1);
  else signs.splice(slip, 0, one);
  words[at] = signs.join('');
  return words.join(' ');
}

/** The same phrase with another word of the same meaning; the phrase itself when it contains none of them. */
function withSynonym(random: Random, text: string): string {
  const fitting = SAME.flatMap((group) =>
    group.filter((word) => wordIn(text, word) !== null).map((word) => ({ group, word })),
  );
  const choice = pick(random, fitting);
  if (choice === undefined) return text;
  const place = wordIn(text, choice.word);
  const other = pick(random, choice.group);
  if (place === null || other === undefined) return text;
  return text.slice(0, place) + other + text.slice(place + choice.word.length);
}

function wordIn(text: string, word: string): number | null {
  const at = text.toLowerCase().indexOf(word.toLowerCase());
  if (at < 0) return null;
  const isEdge = (sign: string | undefined): boolean => sign === undefined || !/[\p{L}\p{N}]/u.test(sign);
  return isEdge(text[at - 1]) && isEdge(text[at + word.length]) ? at : null;
}

/** Variants of a phrase, itself first. `who` is replaced by other names. */
export function variantsOf(random: Random, text: string, who: string | null, count: number): readonly string[] {
  const variants = [text];
  for (let made = 0; made < count; made += 1) {
    let variant = who === null ? text : text.replace(who, () => someName(random));
    if (random() < 0.5) variant = withSynonym(random, variant);
    if (random() < 0.35) variant = withTypo(random, variant);
    const around = random();
    if (around < 0.15) variant = `${pick(random, BEFORE) ?? ''} ${variant}`;
    else if (around < 0.3) variant = `${variant} ${pick(random, AFTER) ?? ''}`;
    variants.push(variant);
  }
  return variants;
}
